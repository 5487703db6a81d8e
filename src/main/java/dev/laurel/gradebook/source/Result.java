package dev.laurel.gradebook.source;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one person in one column.
 *
 * @param account the person as the source names them, see {@link Reading.Naming}
 * @param grade the letter, as the platform shows it
 * @param late {@code null} where the source cannot know
 * @param occurredAt as the source says, UTC
 * @param gradedBy the account of the person who gave the grade; {@code null} where the source does not say or a machine did
 * @param attempt which attempt it is of, from 1; {@code null} where the source does not say; see {@link #withoutWork}
 * @param handedInAt of a grade: when the work was handed in that it is of, UTC, to the microsecond as it is kept;
 *     {@code null} where the source does not say. Of work that waits: the same, where it is worth noting that it was handed in
 *     again
 * @param grader of a grade: what gave it; {@code null} where the source does not say
 * @param earlier what the source tells of the attempts before this one; empty where nobody asked
 */
public record Result(
        String account,
        Observation.Status status,
        @Nullable BigDecimal score,
        @Nullable BigDecimal scoreMaximum,
        @Nullable String grade,
        Observation.Visibility visibility,
        @Nullable Boolean late,
        @Nullable Instant occurredAt,
        @Nullable String gradedBy,
        @Nullable Integer attempt,
        @Nullable Instant handedInAt,
        Observation.@Nullable Grader grader,
        List<Result> earlier) {

    public Result {
        handedInAt = handedInAt == null ? null : handedInAt.truncatedTo(ChronoUnit.MICROS);
        earlier = List.copyOf(earlier);
    }

    /** Of a source that knows neither attempts nor when graded work was handed in. */
    public Result(
            String account,
            Observation.Status status,
            @Nullable BigDecimal score,
            @Nullable BigDecimal scoreMaximum,
            @Nullable String grade,
            Observation.Visibility visibility,
            @Nullable Boolean late,
            @Nullable Instant occurredAt,
            @Nullable String gradedBy) {
        this(
                account,
                status,
                score,
                scoreMaximum,
                grade,
                visibility,
                late,
                occurredAt,
                gradedBy,
                null,
                null,
                null,
                List.of());
    }

    /** The same, of this attempt. */
    public Result ofAttempt(@Nullable Integer number, List<Result> before) {
        return with(number, handedInAt, grader, before);
    }

    /** The same grade, given by a person or a tool. */
    public Result by(Observation.@Nullable Grader who) {
        return with(attempt, handedInAt, who, earlier);
    }

    /** The same grade or work, handed in then. */
    public Result handedIn(@Nullable Instant at) {
        return with(attempt, at, grader, earlier);
    }

    /** The same grade, for work that is missing as the source says: so it is of no attempt. */
    public Result withoutWork() {
        return with(Observation.WITHOUT_WORK, null, null, List.of());
    }

    private Result with(
            @Nullable Integer number,
            @Nullable Instant handedIn,
            Observation.@Nullable Grader who,
            List<Result> before) {
        return new Result(
                account,
                status,
                score,
                scoreMaximum,
                grade,
                visibility,
                late,
                occurredAt,
                gradedBy,
                number,
                handedIn,
                who,
                before);
    }

    /** Something is there that nobody can read, where nothing was known. */
    public static Result unreadable() {
        return new Result(
                "", Observation.Status.UNREADABLE, null, null, null, Observation.Visibility.UNKNOWN, null, null, null);
    }

    /** Something is there that nobody can read. @param last what was known before */
    public static Result unreadable(Observation last) {
        return new Result(
                "",
                Observation.Status.UNREADABLE,
                last.score(),
                last.scoreMaximum(),
                last.grade(),
                last.visibility(),
                last.late(),
                last.occurredAt(),
                null,
                last.attempt(),
                last.handedInAt(),
                null,
                List.of());
    }

    /** Nothing is there of this person. */
    public static Result none(String account) {
        return new Result(
                account, Observation.Status.NONE, null, null, null, Observation.Visibility.UNKNOWN, null, null, null);
    }
}
