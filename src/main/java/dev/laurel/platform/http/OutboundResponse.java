package dev.laurel.platform.http;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/** The answer of another host, whatever its status. */
public record OutboundResponse(int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body as UTF-8, which every service that Laurel calls uses. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
