package dev.laurel.criteria;

import dev.laurel.criteria.Evaluation.Line;
import dev.laurel.criteria.Evaluation.Verdict;
import dev.laurel.criteria.Rule.ScoreAtLeast;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides a rule for one learner: same inputs, same output, always. Three-valued (Kleene): what is not known yet neither
 * helps nor harms, so a verdict is final only where no missing piece could change it. Exact decimals throughout.
 */
final class Evaluator {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Evaluator() {}

    /**
     * @param items columns of the course by number
     * @param observations the learner's latest observation of each column
     */
    static Evaluation evaluate(Rule rule, Map<Long, LineItem> items, Map<Long, Observation> observations) {
        List<Line> lines = rule.leaves()
                .map(leaf -> line(leaf, items.get(leaf.lineItemId()), observations.get(leaf.lineItemId())))
                .toList();
        return new Evaluation(verdict(rule, lines), lines);
    }

    /** The verdict that follows from one line per leaf; a reader of an explanation can check it with nothing else. */
    static Verdict verdict(Rule rule, List<Line> lines) {
        return verdict(rule, lines.iterator());
    }

    private static Verdict verdict(Rule rule, Iterator<Line> lines) {
        if (rule instanceof Rule.AllOf all) {
            return atLeast(all.parts().size(), all.parts(), lines);
        }
        if (rule instanceof Rule.AnyOf any) {
            return atLeast(1, any.parts(), lines);
        }
        if (rule instanceof Rule.AtLeast some) {
            return atLeast(some.count(), some.parts(), lines);
        }
        return lines.next().verdict();
    }

    private static Verdict atLeast(int count, List<Rule> parts, Iterator<Line> lines) {
        int met = 0;
        int open = 0;
        for (Rule part : parts) {
            Verdict verdict = verdict(part, lines);
            met += verdict == Verdict.MET ? 1 : 0;
            open += verdict == Verdict.UNDECIDED ? 1 : 0;
        }
        if (met >= count) {
            return Verdict.MET;
        }
        return met + open < count ? Verdict.NOT_MET : Verdict.UNDECIDED;
    }

    private static Line line(ScoreAtLeast leaf, @Nullable LineItem item, @Nullable Observation seen) {
        BigDecimal maximum = maximum(item, seen);
        String reason = undecided(leaf, item, seen, maximum);
        BigDecimal score = seen == null || !reason.isEmpty() ? null : seen.score();
        BigDecimal threshold = thresholdPoints(leaf, maximum);
        Verdict verdict = Verdict.UNDECIDED;
        BigDecimal missing = null;
        if (score != null && threshold != null) {
            verdict = score.compareTo(threshold) >= 0 ? Verdict.MET : Verdict.NOT_MET;
            missing = plain(threshold.subtract(score).max(BigDecimal.ZERO));
        }
        return new Line(
                leaf.lineItemId(),
                item == null ? "" : item.label(),
                Numbers.plain(leaf.threshold()),
                leaf.unit(),
                plain(score),
                plain(maximum),
                percent(score, maximum),
                plain(threshold),
                missing,
                seen != null ? seen.source() : item != null ? item.source() : "",
                seen == null ? null : seen.seq(),
                seen == null ? null : seen.recordedAt(),
                verdict,
                reason);
    }

    /** Why this leaf cannot be decided now; empty where it can. */
    private static String undecided(
            ScoreAtLeast leaf, @Nullable LineItem item, @Nullable Observation seen, @Nullable BigDecimal maximum) {
        if (item == null || item.deleted()) {
            return "deleted-column";
        }
        if (item.output()) {
            return "own-column";
        }
        if (!item.readable()) {
            return "unreadable-column";
        }
        if (seen == null) {
            return "no-score";
        }
        String waiting = waiting(seen);
        if (waiting.isEmpty() && leaf.unit() == Rule.Unit.PERCENT && (maximum == null || maximum.signum() <= 0)) {
            return "no-maximum";
        }
        return waiting;
    }

    private static String waiting(Observation seen) {
        String reason = switch (seen.status()) {
            case NONE -> "no-score";
            case SUBMITTED -> "submitted";
            case PROVISIONAL -> "provisional";
            case EXCUSED -> "excused";
            case GRADED -> seen.score() == null ? "no-score" : "";
        };
        // A score that the student may not see yet must not show through a badge or through what is missing.
        return reason.isEmpty() && seen.visibility() == Observation.Visibility.HIDDEN ? "hidden" : reason;
    }

    private static @Nullable BigDecimal maximum(@Nullable LineItem item, @Nullable Observation seen) {
        if (seen != null && seen.scoreMaximum() != null) {
            return seen.scoreMaximum();
        }
        return item == null ? null : item.scoreMaximum();
    }

    /** Exact: a division by one hundred only moves the point. */
    private static @Nullable BigDecimal thresholdPoints(ScoreAtLeast leaf, @Nullable BigDecimal maximum) {
        if (leaf.unit() == Rule.Unit.POINTS) {
            return leaf.threshold();
        }
        if (maximum == null || maximum.signum() <= 0) {
            return null;
        }
        return leaf.threshold().multiply(maximum).movePointLeft(2);
    }

    /** For reading only, so it is rounded, and down: what has not reached 80 % must not read as 80 %. */
    private static @Nullable BigDecimal percent(@Nullable BigDecimal score, @Nullable BigDecimal maximum) {
        if (score == null || maximum == null || maximum.signum() <= 0) {
            return null;
        }
        return plain(score.multiply(HUNDRED).divide(maximum, 2, RoundingMode.FLOOR));
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null ? null : Numbers.plain(number);
    }
}
