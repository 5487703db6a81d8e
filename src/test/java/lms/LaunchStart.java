package lms;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form that the LMS sends a browser with to begin a launch.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#step-1-third-party-initiated-login">Third-party
 *     initiated login</a>
 */
public record LaunchStart(URI loginUrl, Map<String, String> parameters) {

    /** The same as one URL, for tools that are started by GET. */
    public URI asUri() {
        return URI.create(loginUrl + (loginUrl.getQuery() == null ? "?" : "&") + encode(parameters));
    }

    LaunchStart with(String parameter, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new LaunchStart(loginUrl, more);
    }

    public String messageHint() {
        return parameters.get("lti_message_hint");
    }

    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
