package lms;

import java.util.Map;
import java.util.Optional;

/** A request of a tool to a service, as it came. Header names are in lower case. */
public record Heard(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    static Heard of(Call call) {
        return new Heard(call.method(), call.path(), call.query(), call.headers(), call.body());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as a form. */
    public Map<String, String> form() {
        return Call.parameters(body);
    }
}
