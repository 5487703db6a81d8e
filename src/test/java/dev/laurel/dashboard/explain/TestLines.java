package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.CountInGroup;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Submission;
import dev.laurel.criteria.rule.Terms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules with what they say of one learner beside each leaf, so that a test reads as the page does. */
final class TestLines {

    private final Map<Rule.Leaf, Line> lines = new LinkedHashMap<>();

    private int columns;

    /** 80 % of a column worth 100. */
    Rule score(String label, @Nullable String value) {
        return score(label, value, "", Period.ALWAYS, Score.Take.LATEST);
    }

    Rule score(String label, @Nullable String value, String reason) {
        return score(label, value, reason, Period.ALWAYS, Score.Take.LATEST);
    }

    Rule until(LocalDate day, String label, @Nullable String value) {
        return score(label, value, "", new Period(null, day), Score.Take.LATEST);
    }

    Rule until(LocalDate day, String label, String reason, Score.Take take) {
        return score(label, null, reason, new Period(null, day), take);
    }

    Rule first(String label, String value) {
        return score(label, value, "", Period.ALWAYS, Score.Take.FIRST);
    }

    private Rule score(String label, @Nullable String value, String reason, Period period, Score.Take take) {
        Score leaf = new Score(++columns, new BigDecimal(80), Rule.Unit.PERCENT, take, period, Terms.STANDARD);
        BigDecimal reached = value == null ? null : new BigDecimal(value);
        BigDecimal missing =
                reached == null ? null : new BigDecimal(80).subtract(reached).max(BigDecimal.ZERO);
        Verdict verdict = reason.equals("excused") ? Verdict.IGNORED : Verdict.UNDECIDED;
        if (missing != null) {
            verdict = missing.signum() == 0 ? Verdict.MET : Verdict.NOT_MET;
        }
        return put(
                leaf,
                line(
                        "score",
                        label,
                        new BigDecimal(80),
                        Unit.PERCENT,
                        reached,
                        missing,
                        verdict,
                        reason.isEmpty() && value == null ? "no-score" : reason));
    }

    Rule submission(String label, boolean done) {
        return put(
                new Submission(++columns, Period.ALWAYS, Terms.STANDARD),
                line(
                        "submission",
                        label,
                        BigDecimal.ONE,
                        Unit.DONE,
                        null,
                        null,
                        done ? Verdict.MET : Verdict.UNDECIDED,
                        done ? "" : "no-submission"));
    }

    Rule confirmation(String label) {
        return put(
                new Done(Done.What.CONFIRMATION, ++columns, Period.ALWAYS, Terms.STANDARD),
                line("confirmation", label, BigDecimal.ONE, Unit.DONE, null, null, Verdict.UNDECIDED, "no-score"));
    }

    Rule badge(String name) {
        return put(
                new HeldBadge(++columns),
                line("badge", name, BigDecimal.ONE, Unit.DONE, null, null, Verdict.NOT_MET, "not-held"));
    }

    Rule group(String label, int count, int reached) {
        return put(
                new CountInGroup(label, count, new BigDecimal(80), Rule.Unit.PERCENT, Terms.STANDARD),
                line(
                        "countInGroup",
                        label,
                        new BigDecimal(count),
                        Unit.ITEMS,
                        new BigDecimal(reached),
                        new BigDecimal(count - reached),
                        Verdict.UNDECIDED,
                        ""));
    }

    Rule otherGroup() {
        return put(
                new InGroup(List.of("17")),
                line("inGroup", "17", BigDecimal.ONE, Unit.DONE, null, null, Verdict.NOT_MET, "other-group"));
    }

    private Rule put(Rule.Leaf leaf, Line line) {
        lines.put(leaf, line);
        return leaf;
    }

    private static Line line(
            String type,
            String label,
            BigDecimal threshold,
            Unit unit,
            @Nullable BigDecimal value,
            @Nullable BigDecimal missing,
            Verdict verdict,
            String reason) {
        return new Line(
                type,
                1,
                label,
                threshold,
                unit,
                null,
                value,
                new BigDecimal(100),
                null,
                null,
                null,
                threshold,
                missing,
                "ags",
                null,
                null,
                null,
                null,
                verdict,
                reason,
                List.of());
    }

    Evaluation of(Rule rule) {
        List<Line> ofRule = new ArrayList<>(rule.leaves().map(lines::get).toList());
        return new Evaluation(Evaluator.verdict(rule, ofRule), ofRule);
    }
}
