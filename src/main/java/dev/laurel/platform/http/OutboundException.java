package dev.laurel.platform.http;

/** No usable answer came from another host: refused address, no connection, time-out, too large, or no token. */
public class OutboundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutboundException(String message) {
        super(message);
    }

    public OutboundException(String message, Throwable cause) {
        super(message, cause);
    }
}
