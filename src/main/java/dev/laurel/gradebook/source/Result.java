package dev.laurel.gradebook.source;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one person in one column.
 *
 * @param sub the person as the platform names them
 * @param grade the letter, as the platform shows it
 * @param late {@code null} where the source cannot know
 * @param occurredAt as the source says, UTC
 */
public record Result(
        String sub,
        Observation.Status status,
        @Nullable BigDecimal score,
        @Nullable BigDecimal scoreMaximum,
        @Nullable String grade,
        Observation.Visibility visibility,
        @Nullable Boolean late,
        @Nullable Instant occurredAt) {}
