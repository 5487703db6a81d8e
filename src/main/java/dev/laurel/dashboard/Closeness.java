package dev.laurel.dashboard;

import dev.laurel.criteria.Evaluation;
import dev.laurel.criteria.Evaluation.Line;
import dev.laurel.criteria.Evaluation.Verdict;
import dev.laurel.criteria.Rule;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a learner is on the way to a badge, for counts on staff pages. */
enum Closeness {
    MET,
    /** A few points, at most a twentieth of the maximum, in as many columns as the rule still needs. */
    NEAR,
    /** Something is graded. */
    STARTED,
    WAITING;

    private static final BigDecimal TWENTY = BigDecimal.valueOf(20);

    static Closeness of(Rule rule, Evaluation evaluation) {
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
        if (rule instanceof Rule.AllOf all) {
            return nearParts(all.parts(), lines) == all.parts().size();
        }
        if (rule instanceof Rule.AnyOf any) {
            return nearParts(any.parts(), lines) >= 1;
        }
        if (rule instanceof Rule.AtLeast some) {
            return nearParts(some.parts(), lines) >= some.count();
        }
        return near(lines.next());
    }

    private static int nearParts(List<Rule> parts, Iterator<Line> lines) {
        int near = 0;
        for (Rule part : parts) {
            if (near(part, lines)) {
                near++;
            }
        }
        return near;
    }

    private static boolean near(Line line) {
        if (line.verdict() == Verdict.MET) {
            return true;
        }
        @Nullable BigDecimal missing = line.missingPoints();
        return missing != null
                && line.value() != null
                && line.maximum() != null
                && missing.multiply(TWENTY).compareTo(line.maximum()) <= 0;
    }
}
