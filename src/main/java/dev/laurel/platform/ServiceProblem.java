package dev.laurel.platform;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.http.TimedOutException;
import dev.laurel.platform.http.TooLargeException;
import dev.laurel.platform.tool.LtiScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service of a platform did not give what was asked for. The message is plain words for staff of a course, without
 * personal data.
 */
public class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int GATEWAY_TIME_OUT = 504;

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration WHILE_NOT_GRANTED = Duration.ofMinutes(15);

    private static final int LONGEST_SAID = 2_000;

    /** What each scope is for; of several that were asked for, the first one here is named. */
    private static final Map<LtiScope, String> PURPOSES = purposes();

    private final int status;

    private final boolean isFinal;

    private final @Nullable Duration retryAfter;

    /** The platform's own words, which may name people: only to be looked at, never to be shown or logged. */
    private String said = "";

    private ServiceProblem(String words, int status, boolean isFinal, @Nullable Duration retryAfter) {
        super(words);
        this.status = status;
        this.isFinal = isFinal;
        this.retryAfter = retryAfter;
    }

    /** The answer was no data: half a page, HTML, a wrong shape. */
    public static ServiceProblem unreadable(String words) {
        return new ServiceProblem(words, 0, false, null);
    }

    /** The request came at a bad moment; nothing is wrong and the same is to be asked again after {@code pause}. */
    public static ServiceProblem tooEarly(String words, Duration pause) {
        return new ServiceProblem(words, 409, false, pause);
    }

    /** The platform does not allow it and only an administrator can change that, so asking again soon is of no use. */
    public static ServiceProblem notAllowed(String words) {
        return new ServiceProblem(words, 403, true, WHILE_NOT_GRANTED);
    }

    /** The same refusal in words that fit what was asked. */
    public ServiceProblem inWords(String words) {
        return new ServiceProblem(words, status, isFinal, retryAfter);
    }

    /** Only an administrator can change that, so asking again soon is of no use. */
    static ServiceProblem notGranted(Set<String> scopes, OutboundException cause) {
        ServiceProblem problem = new ServiceProblem(
                "The LMS does not let Laurel " + purpose(scopes)
                        + ". Its administrator can allow it in the settings of the tool.",
                403,
                true,
                WHILE_NOT_GRANTED);
        problem.initCause(cause);
        return problem;
    }

    private static Map<LtiScope, String> purposes() {
        Map<LtiScope, String> purposes = new LinkedHashMap<>();
        purposes.put(LtiScope.MEMBERSHIP_READ, "read who is in the course");
        purposes.put(LtiScope.RESULT_READ, "read results");
        purposes.put(LtiScope.SCORE, "write grades");
        purposes.put(LtiScope.LINE_ITEM, "add or change columns");
        purposes.put(LtiScope.LINE_ITEM_READ, "read columns");
        return purposes;
    }

    private static String purpose(Set<String> scopes) {
        return PURPOSES.entrySet().stream()
                .filter(purpose -> scopes.contains(purpose.getKey().uri()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("use this service");
    }

    public static ServiceProblem noAnswer(OutboundException cause) {
        ServiceProblem problem = new ServiceProblem(
                "The LMS could not be reached, or would not let Laurel in. Laurel keeps trying.", 0, false, null);
        problem.initCause(cause);
        return problem;
    }

    /** Whether the answer was larger than Laurel takes in at once, so that asking for less may work. */
    public boolean isTooLarge() {
        return getCause() instanceof TooLargeException;
    }

    /** Whether the platform, or what stands before it, gave up making the answer, or did not make it in time. */
    public boolean isTimeOut() {
        return status == GATEWAY_TIME_OUT || getCause() instanceof TimedOutException;
    }

    /** What an answer that is not a success means. */
    public static ServiceProblem of(OutboundResponse response, Instant now) {
        ServiceProblem problem = meaning(response, now);
        String body = response.text();
        problem.said = body.substring(0, Math.min(body.length(), LONGEST_SAID)).toLowerCase(Locale.ROOT);
        return problem;
    }

    private static ServiceProblem meaning(OutboundResponse response, Instant now) {
        int status = response.status();
        Duration pause = retryAfter(response.headers().getFirst("Retry-After"), now);
        if (status == 429 || isThrottled(response)) {
            return new ServiceProblem(
                    "The LMS asks Laurel to slow down. Laurel waits and tries again.",
                    429,
                    false,
                    pause == null ? Duration.ofMinutes(1) : pause);
        }
        return switch (status) {
            case 401 ->
                new ServiceProblem(
                        "The LMS does not accept Laurel's permission for this any more (answer 401). Its administrator can"
                                + " check that the tool is switched on with all its services.",
                        status,
                        false,
                        pause);
            case 403 ->
                new ServiceProblem(
                        "The LMS does not allow Laurel to do this (answer 403). Its administrator can check the tool's"
                                + " services and permissions.",
                        status,
                        true,
                        pause);
            case 404, 410 ->
                new ServiceProblem(
                        "The LMS says that this course or column is not there (answer " + status
                                + "). It may have ended, or been hidden or deleted.",
                        status,
                        true,
                        pause);
            case 412, 422 ->
                new ServiceProblem(
                        "The LMS refuses this (answer " + status
                                + "): the course may have ended, the activity may not be published, or the person may have"
                                + " left.",
                        status,
                        true,
                        pause);
            default ->
                status >= 500
                        ? new ServiceProblem(
                                "The LMS has a fault of its own (answer " + status + "). Laurel keeps trying.",
                                status,
                                false,
                                pause)
                        : new ServiceProblem(
                                "The LMS did not understand or would not accept this (answer " + status + ").",
                                status,
                                true,
                                pause);
        };
    }

    /** Canvas throttles with 403 and these words. */
    private static boolean isThrottled(OutboundResponse response) {
        return response.status() == 403 && response.text().contains("Rate Limit Exceeded");
    }

    private static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        Duration pause;
        try {
            pause = header.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** The HTTP status, 0 where there was none that matters. */
    public int status() {
        return status;
    }

    /** Whether the platform gave this word, in lower case, as a part of its reason. */
    public boolean mentions(String word) {
        return said.contains(word);
    }

    /** Whether asking the same again is useless. */
    public boolean isFinal() {
        return isFinal;
    }

    /** How long the platform asks to wait, at most an hour; {@code null} where it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
