package dev.laurel.gradebook;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A final score for one learner.
 *
 * @param given {@code null} takes away what Laurel gave
 * @param at later than that of any earlier score of this learner in this column, by a second at least and never in the
 *     future: platforms refuse others
 * @param submittedAt when it was earned; without it a platform takes the time of sending, and may call it late
 */
public record OutgoingScore(
        long personId, @Nullable BigDecimal given, BigDecimal maximum, Instant at, Instant submittedAt) {}
