package dev.laurel.criteria;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule says of one learner, with one line per leaf in the order of the rule. */
public record Evaluation(Verdict verdict, List<Line> lines) {

    public enum Verdict {
        MET,
        NOT_MET,
        /** Not known yet: nothing graded, or the column is gone or cannot be read. */
        UNDECIDED
    }

    /**
     * One leaf explained.
     *
     * @param value points reached, {@code null} where there is no score
     * @param maximum points possible
     * @param percent value as percent of maximum, {@code null} where there is none
     * @param thresholdPoints the threshold in points, {@code null} where the maximum is not known
     * @param missingPoints how many points are missing, zero or {@code null} when met or not known
     * @param reason why it is undecided, or empty: {@code no-score}, {@code provisional}, {@code excused}, {@code deleted-column}, {@code unreadable-column}, {@code own-column}
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
            @Nullable Instant seenAt,
            Verdict verdict,
            String reason) {}
}
