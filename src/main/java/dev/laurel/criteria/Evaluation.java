package dev.laurel.criteria;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule says of one learner, with one line per leaf in the order of the rule. */
public record Evaluation(Verdict verdict, List<Line> lines) {

    public Evaluation {
        lines = List.copyOf(lines);
    }

    public enum Verdict {
        MET,
        NOT_MET,
        /** Not known yet: nothing graded, or the column is gone or cannot be read. */
        UNDECIDED
    }

    /**
     * One leaf explained.
     *
     * @param value points reached, {@code null} where there is no score that counts
     * @param maximum points possible
     * @param percent value as percent of maximum, rounded down to two places (79.999 never reads as 80), {@code null} where
     *     there is none
     * @param thresholdPoints the threshold in points, {@code null} where the maximum is not known
     * @param missingPoints how many points are missing, zero when met, {@code null} when not known
     * @param seq the observation that counted, in the change log of the course
     * @param seenAt when that was recorded, UTC
     * @param reason why it is undecided, or empty: {@code no-score}, {@code submitted}, {@code provisional}, {@code excused},
     *     {@code hidden}, {@code no-maximum}, {@code deleted-column}, {@code unreadable-column}, {@code own-column}
     */
    public record Line(
            long lineItemId,
            String label,
            BigDecimal threshold,
            Rule.Unit unit,
            @Nullable BigDecimal value,
            @Nullable BigDecimal maximum,
            @Nullable BigDecimal percent,
            @Nullable BigDecimal thresholdPoints,
            @Nullable BigDecimal missingPoints,
            String source,
            @Nullable Long seq,
            @Nullable Instant seenAt,
            Verdict verdict,
            String reason) {}
}
