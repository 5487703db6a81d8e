package lms;

import java.time.Duration;

/**
 * A way in which a platform fails.
 *
 * @param reason what a short error says
 * @param after how many good answers come first
 * @param times how often it fails then, before it is well again
 */
public record Fault(Kind kind, int status, String reason, Duration retryAfter, int after, int times) {

    enum Kind {
        STATUS,
        THROTTLED,
        HTML,
        CLOSED,
        SILENT,
        CUT_OFF,
        HALF_BODY,
        LOOP
    }

    private static Fault of(Kind kind, int status) {
        return new Fault(kind, status, "set by a test", null, 0, Integer.MAX_VALUE);
    }

    /** Answers 401, 403, 404, 500 and the like with a short JSON error. */
    public static Fault status(int status) {
        return of(Kind.STATUS, status);
    }

    /** The same, with a reason of one's own. */
    public static Fault status(int status, String reason) {
        return new Fault(Kind.STATUS, status, reason, null, 0, Integer.MAX_VALUE);
    }

    /** Answers 429 with {@code Retry-After}. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return status(429).retryAfter(retryAfter);
    }

    /** Answers 503 with {@code Retry-After}, as a platform that is down for maintenance. */
    public static Fault unavailable(Duration retryAfter) {
        return status(503).retryAfter(retryAfter);
    }

    private Fault retryAfter(Duration pause) {
        return new Fault(kind, status, reason, pause, after, times);
    }

    /** Answers 403 with the sentence by which Canvas means "slow down". */
    public static Fault throttled() {
        return of(Kind.THROTTLED, 403);
    }

    /** Answers 200 with a page for people, as a proxy or a log-in page in between does. */
    public static Fault html() {
        return of(Kind.HTML, 200);
    }

    /** Closes the connection without a word. */
    public static Fault closesConnection() {
        return of(Kind.CLOSED, 0);
    }

    /** Takes the request and never answers, until the faults are cleared. */
    public static Fault neverAnswers() {
        return of(Kind.SILENT, 0);
    }

    /** Announces the whole answer and closes the connection halfway through it. */
    public static Fault cutOff() {
        return of(Kind.CUT_OFF, 200);
    }

    /** Answers the first half of the body as if it were all. */
    public static Fault halfBody() {
        return of(Kind.HALF_BODY, 200);
    }

    /** Names each page as the one that comes after it. */
    public static Fault loop() {
        return of(Kind.LOOP, 200);
    }

    public Fault after(int goodAnswers) {
        return new Fault(kind, status, reason, retryAfter, goodAnswers, times);
    }

    public Fault times(int count) {
        return new Fault(kind, status, reason, retryAfter, after, count);
    }
}
