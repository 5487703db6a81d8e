package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** How far a learner is on the way to a badge, for counts on staff pages. */
public enum Closeness {
    MET,
    /**
     * At most a twentieth of the maximum, or of what is asked for where there is no maximum, or one letter of the grading
     * scheme: in as many columns as the rule still needs.
     */
    NEAR,
    /** Something is graded. */
    STARTED,
    WAITING;

    private static final BigDecimal TWENTY = BigDecimal.valueOf(20);

    public static Closeness of(Rule rule, Evaluation evaluation) {
        if (evaluation.verdict() == Verdict.MET) {
            return MET;
        }
        if (near(rule, evaluation.lines().iterator())) {
            return NEAR;
        }
        return evaluation.lines().stream().anyMatch(line -> line.value() != null) ? STARTED : WAITING;
    }

    /** Walks the rule in the order of its lines: each leaf takes the next one. */
    private static boolean near(Rule rule, Iterator<Line> lines) {
        if (rule instanceof Rule.Levels levels) {
            return near(levels.levels().get(0).rule(), lines);
        }
        if (!(rule instanceof Rule.Joined joined)) {
            return near(lines.next());
        }
        int near = 0;
        for (Rule part : joined.parts()) {
            near += near(part, lines) ? 1 : 0;
        }
        return near >= joined.needed();
    }

    private static boolean near(Line line) {
        if (line.verdict() == Verdict.MET || line.verdict() == Verdict.IGNORED) {
            return true;
        }
        @Nullable BigDecimal missing = line.missing();
        if (missing == null) {
            return false;
        }
        if (line.unit() == Unit.LETTER) {
            return missing.compareTo(BigDecimal.ONE) <= 0;
        }
        // Sums of points and credits have no maximum.
        @Nullable BigDecimal whole = line.maximum() == null ? line.thresholdPoints() : line.maximum();
        return line.value() != null && whole != null && missing.multiply(TWENTY).compareTo(whole) <= 0;
    }
}
