package dev.laurel.credential.holder;

/** What a wallet sent proves nothing. The message may be told to the wallet; it names nobody. */
public class BadProofException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadProofException(String message) {
        super(message);
    }

    BadProofException(String message, Throwable cause) {
        super(message, cause);
    }
}
