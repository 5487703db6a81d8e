package dev.laurel.platform.http;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** A request to another host. Header names are sent as given; set exactly one {@code Accept} for LTI services. */
public record OutboundRequest(HttpMethod method, URI uri, Map<String, String> headers, byte @Nullable [] body) {

    public static OutboundRequest get(URI uri, String accept) {
        return new OutboundRequest(HttpMethod.GET, uri, Map.of("Accept", accept), null);
    }
}
