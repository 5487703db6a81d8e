package dev.laurel.platform.http;

/** An answer was larger than Laurel takes in at once: asking for less of it may work, asking again does not. */
public final class TooLargeException extends OutboundException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
