package dev.laurel.credential.proof;

/** These bytes cannot be a credential that Laurel signs or accepts. The message names no personal data. */
public class BadCredentialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadCredentialException(String message) {
        super(message);
    }

    public BadCredentialException(String message, Throwable cause) {
        super(message, cause);
    }
}
