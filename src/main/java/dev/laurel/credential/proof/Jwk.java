package dev.laurel.credential.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.text.ParseException;

/**
 * The public key of what signs JWTs, as JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
public final class Jwk {

    private Jwk() {}

    /** @throws BadCredentialException where it is no RSA or EC key */
    public static PublicKey publicKey(String json) {
        try {
            JWK jwk = JWK.parse(json);
            return jwk instanceof RSAKey rsa
                    ? rsa.toRSAPublicKey()
                    : jwk.toECKey().toECPublicKey();
        } catch (ParseException | JOSEException | ClassCastException e) {
            throw new BadCredentialException("Not a key of a JWT", e);
        }
    }
}
