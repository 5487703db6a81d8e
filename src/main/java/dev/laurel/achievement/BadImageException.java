package dev.laurel.achievement;

/** An upload that is not a usable picture. The message key says what to tell the instructor. */
public class BadImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A key of the message files, under {@code image.bad.}. */
    public BadImageException(String messageKey) {
        super(messageKey);
    }
}
