package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a line together; what is not said stays empty. */
final class LineBuilder {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String type;

    private final String label;

    private final long lineItemId;

    private BigDecimal threshold = BigDecimal.ONE;

    private Unit unit = Unit.DONE;

    private @Nullable String letter;

    private @Nullable BigDecimal value;

    private @Nullable BigDecimal maximum;

    private @Nullable BigDecimal percent;

    private @Nullable BigDecimal counted;

    private @Nullable String shown;

    private @Nullable BigDecimal thresholdPoints;

    private @Nullable BigDecimal missing;

    private String source = "";

    private @Nullable Observation seen;

    private List<Part> parts = List.of();

    private LineBuilder(String type, long lineItemId, String label) {
        this.type = type;
        this.lineItemId = lineItemId;
        this.label = label;
    }

    static LineBuilder of(String type, String label) {
        return new LineBuilder(type, 0, label);
    }

    static LineBuilder of(String type, long lineItemId, @Nullable LineItem item) {
        LineBuilder line = new LineBuilder(type, lineItemId, item == null ? "" : item.label());
        line.source = item == null ? "" : item.source();
        return line;
    }

    LineBuilder asks(BigDecimal threshold, Unit unit) {
        this.threshold = Numbers.plain(threshold);
        this.unit = unit;
        return this;
    }

    LineBuilder asksForLetter(String letter) {
        this.letter = letter;
        this.unit = Unit.LETTER;
        return this;
    }

    LineBuilder inPoints(@Nullable BigDecimal thresholdPoints) {
        this.thresholdPoints = plain(thresholdPoints);
        return this;
    }

    LineBuilder outOf(@Nullable BigDecimal maximum) {
        this.maximum = plain(maximum);
        return this;
    }

    LineBuilder reached(BigDecimal value) {
        this.value = plain(value);
        if (maximum != null && maximum.signum() > 0) {
            // For reading only, so it is rounded, and down: what has not reached 80 % must not read as 80 %.
            percent = plain(value.multiply(HUNDRED).divide(maximum, 2, RoundingMode.FLOOR));
        }
        return this;
    }

    /** What was known before something came that nobody can read; it counts no longer. */
    LineBuilder lastRead(Finding found) {
        Observation last = found.seen();
        if (last == null
                || last.visibility() == Observation.Visibility.HIDDEN
                || !found.reason().equals("unreadable")) {
            return this;
        }
        if (last.score() != null) {
            reached(last.score());
        }
        return shownAs(last.grade());
    }

    LineBuilder countedAs(@Nullable BigDecimal counted) {
        this.counted = plain(counted);
        return this;
    }

    LineBuilder shownAs(@Nullable String shown) {
        this.shown = shown;
        return this;
    }

    LineBuilder missing(BigDecimal missing) {
        this.missing = plain(missing.max(BigDecimal.ZERO));
        return this;
    }

    LineBuilder from(@Nullable Observation seen) {
        this.seen = seen;
        if (seen != null) {
            source = seen.source();
        }
        return this;
    }

    LineBuilder parts(List<Part> parts) {
        this.parts = parts;
        return this;
    }

    Line is(Verdict verdict) {
        return is(verdict, "");
    }

    Line is(Verdict verdict, String reason) {
        return new Line(
                type,
                lineItemId,
                label,
                threshold,
                unit,
                letter,
                value,
                maximum,
                percent,
                counted,
                shown,
                thresholdPoints,
                missing,
                source,
                seen == null ? null : seen.visibility(),
                seen == null ? null : seen.seq(),
                seen == null ? null : seen.recordedAt(),
                seen == null ? null : seen.grader(),
                verdict,
                reason,
                parts);
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null ? null : Numbers.plain(number);
    }
}
