package dev.laurel.platform.http;

/** No whole answer came in time. */
public final class TimedOutException extends OutboundException {

    private static final long serialVersionUID = 1L;

    TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
