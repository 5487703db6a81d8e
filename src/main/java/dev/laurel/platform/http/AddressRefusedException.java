package dev.laurel.platform.http;

/** Laurel does not call this address: no https, or a private network that the operator did not allow. */
public class AddressRefusedException extends OutboundException {

    private static final long serialVersionUID = 1L;

    AddressRefusedException(String message) {
        super(message);
    }
}
