package dev.laurel.platform.http;

import org.springframework.stereotype.Component;

/**
 * The one way out: refuses private addresses unless the operator allows the host, follows no redirect to another host,
 * and limits time and size.
 */
@Component
public class OutboundHttp {

    /** Answers of any status are returned. Logs nothing of headers or bodies. */
    public OutboundResponse send(OutboundRequest request) throws OutboundException {
        throw new UnsupportedOperationException();
    }
}
