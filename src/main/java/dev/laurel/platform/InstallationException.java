package dev.laurel.platform;

/** Laurel cannot start with these settings. The message is the one sentence that says what to set. */
class InstallationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InstallationException(String message) {
        super(message);
    }

    InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
