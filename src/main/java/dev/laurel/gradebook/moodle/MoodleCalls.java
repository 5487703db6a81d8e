package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * Calls to the web services of one Moodle with one key. The key goes only into the body of a POST to its own address.
 *
 * @see <a href="https://docs.moodle.org/dev/Creating_a_web_service_client">Moodle, web service clients</a>
 */
final class MoodleCalls {

    private static final String PATH = "/webservice/rest/server.php";

    /** One Moodle that takes its time must hold up neither the other sources of its course nor the jobs of all others. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded");

    private final ServiceReader services;

    private final long registrationId;

    private final ReadingKey key;

    private final Clock clock;

    private final Runnable asking;

    private final Instant latest;

    private @Nullable Instant began;

    private int requests;

    /**
     * For one look, which begins now.
     *
     * @param asking runs before each call
     */
    MoodleCalls(ServiceReader services, long registrationId, ReadingKey key, Clock clock, Runnable asking) {
        this.services = services;
        this.registrationId = registrationId;
        this.key = key;
        this.clock = clock;
        this.asking = asking;
        this.latest = clock.instant().plus(LONGEST);
    }

    /** Whether it took so long that the rest is for the next look. */
    boolean isLate() {
        return clock.instant().isAfter(latest);
    }

    /** Whether it took so much of its time that parts which can wait are for the next look. */
    boolean isHalfLate() {
        return clock.instant().isAfter(latest.minus(LONGEST.dividedBy(2)));
    }

    /** When the first answer came, by Moodle's own clock, or by ours where its answers bear no date. */
    Instant began() {
        return Objects.requireNonNullElseGet(began, clock::instant);
    }

    /** How many calls were made. */
    int requests() {
        return requests;
    }

    /**
     * @param parameters names and values by turns; {@code name[0][key]} for what is nested
     * @throws MoodleRefusal where Moodle answers with an error
     * @throws ServiceProblem where no answer of Moodle's came
     */
    JsonNode call(MoodleFunction function, Object... parameters) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("wstoken", key.secret());
        form.put("wsfunction", function.wire());
        form.put("moodlewsrestformat", "json");
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i].toString(), parameters[i + 1].toString());
        }
        requests++;
        asking.run();
        OutboundResponse response = services.sendWithoutToken(
                registrationId, new OutboundRequest(HttpMethod.POST, address(), HEADERS, encoded(form)));
        if (began == null) {
            began = date(response.headers());
        }
        JsonNode answer = services.read(response);
        if (answer.isObject() && (answer.has("exception") || answer.has("errorcode"))) {
            throw new MoodleRefusal(function, answer.path("errorcode").asString(""));
        }
        return answer;
    }

    private Instant date(HttpHeaders headers) {
        try {
            long date = headers.getDate();
            return date < 0 ? clock.instant() : Instant.ofEpochMilli(date);
        } catch (IllegalArgumentException e) {
            return clock.instant();
        }
    }

    /** The list of this name in an answer. */
    static JsonNode list(JsonNode answer, String name) {
        return list(answer.path(name));
    }

    static JsonNode list(JsonNode answer) {
        if (!answer.isArray()) {
            throw ServiceProblem.unreadable(
                    "Moodle’s answer has not the form that it should have. Nothing was changed.");
        }
        return answer;
    }

    private URI address() {
        String base = key.address().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH);
    }

    private static byte[] encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
