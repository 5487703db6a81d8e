package dev.laurel.gradebook.source;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one person in one column.
 *
 * @param account the person as the source names them, see {@link Reading.Naming}
 * @param grade the letter, as the platform shows it
 * @param late {@code null} where the source cannot know
 * @param occurredAt as the source says, UTC
 * @param gradedBy the account of the person who gave the grade; {@code null} where the source does not say or a machine did
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
        @Nullable String gradedBy) {

    /** Nothing is there of this person. */
    public static Result none(String account) {
        return new Result(
                account, Observation.Status.NONE, null, null, null, Observation.Visibility.UNKNOWN, null, null, null);
    }
}
