package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a learner is on the way to a badge, for counts on staff pages. */
public enum Closeness {
    MET,
    /**
     * Short of what is asked for by at most a twentieth of that, or by one letter of the grading scheme, but not the lowest,
     * which all have who failed: in as many columns as the rule still needs. Or one of several things, however far, where the
     * rest is there.
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
        // What the learner is excused from is no nearer than anything else, so the evaluator counts: with near for met.
        Rule lowest =
                rule instanceof Rule.Levels levels ? levels.levels().get(0).rule() : rule;
        List<Verdict> near = evaluation.lines().stream().map(Closeness::near).toList();
        return switch (Evaluator.ofVerdicts(lowest, near)) {
            case MET -> NEAR;
            case IGNORED -> WAITING;
            default ->
                isOneShort(lowest, evaluation)
                        ? NEAR
                        : evaluation.lines().stream().anyMatch(line -> line.value() != null) ? STARTED : WAITING;
        };
    }

    private static boolean isOneShort(Rule rule, Evaluation evaluation) {
        List<Verdict> verdicts =
                new ArrayList<>(evaluation.lines().stream().map(Line::verdict).toList());
        if (!verdicts.contains(Verdict.MET)) {
            return false;
        }
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict was = verdicts.get(i);
            if (was == Verdict.NOT_MET || was == Verdict.UNDECIDED) {
                verdicts.set(i, Verdict.MET);
                if (Evaluator.ofVerdicts(rule, verdicts) == Verdict.MET) {
                    return true;
                }
                verdicts.set(i, was);
            }
        }
        return false;
    }

    private static Verdict near(Line line) {
        if (line.verdict() == Verdict.MET || line.verdict() == Verdict.IGNORED) {
            return line.verdict();
        }
        return isNear(line) ? Verdict.MET : Verdict.NOT_MET;
    }

    private static boolean isNear(Line line) {
        @Nullable BigDecimal missing = line.missing();
        if (missing == null) {
            return false;
        }
        if (line.unit() == Unit.LETTER) {
            return missing.compareTo(BigDecimal.ONE) <= 0;
        }
        @Nullable BigDecimal asked = line.thresholdPoints();
        return line.value() != null && asked != null && missing.multiply(TWENTY).compareTo(asked) <= 0;
    }
}
