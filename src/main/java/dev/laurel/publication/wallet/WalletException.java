package dev.laurel.publication.wallet;

import org.springframework.http.HttpStatus;

/**
 * A wallet is told no, in the words of its protocol.
 *
 * @see <a href="https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-8.3.1">OpenID4VCI 1.0, 8.3.1</a>
 */
public class WalletException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    private final String error;

    /** @param description for who builds wallets; it names nobody */
    WalletException(HttpStatus status, String error, String description) {
        super(description);
        this.status = status;
        this.error = error;
    }

    /** The usual refusal: status 400 with this OAuth error code. */
    public static WalletException badRequest(String error, String description) {
        return new WalletException(HttpStatus.BAD_REQUEST, error, description);
    }

    HttpStatus status() {
        return status;
    }

    String error() {
        return error;
    }
}
