package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides a rule for one learner: same inputs, same output, always. Three-valued (Kleene): what is not known yet neither
 * helps nor harms, so a verdict is final only where no missing piece could change it. What a learner is excused from, and
 * the rule does without, is not among the parts; then no more of them can be needed than are left.
 */
public final class Evaluator {

    private Evaluator() {}

    public static Evaluation evaluate(Rule rule, Facts learner) {
        List<Line> lines = rule.leaves().map(leaf -> leaf.line(learner)).toList();
        return new Evaluation(verdict(rule, lines), lines);
    }

    /** The verdict that follows from one line per leaf; a reader of an explanation can check it with nothing else. */
    public static Verdict verdict(Rule rule, List<Line> lines) {
        return tiersOrWhole(rule, verdicts(lines)).get(0);
    }

    /** The highest tier reached; empty where the rule has no tiers or none is reached. A tier needs those below it. */
    public static Optional<String> level(Rule rule, List<Line> lines) {
        int reached = reached(tiers(rule, lines));
        return rule instanceof Rule.Levels levels && reached > 0
                ? Optional.of(levels.levels().get(reached - 1).name())
                : Optional.empty();
    }

    /** What is said of each tier by itself, the lowest first; empty where the rule has none. */
    public static List<Verdict> tiers(Rule rule, List<Line> lines) {
        return rule instanceof Rule.Levels ? tiersOrWhole(rule, verdicts(lines)) : List.of();
    }

    /** What follows where the leaves say this: of each tier by itself, the lowest first, or of a rule that has none. */
    public static List<Verdict> tiersOrWhole(Rule rule, List<Verdict> leaves) {
        return rule instanceof Rule.Levels levels
                ? levels(levels, leaves).stream().map(Evaluator::whole).toList()
                : List.of(whole(ofVerdicts(rule, leaves)));
    }

    /** How many tiers are reached without a gap, from the lowest on. */
    public static int reached(List<Verdict> tiers) {
        int reached = 0;
        while (reached < tiers.size() && tiers.get(reached) == Verdict.MET) {
            reached++;
        }
        return reached;
    }

    /** What a part of a rule says, from its own lines only; {@link Verdict#IGNORED} where the rule does without it. */
    public static Verdict ofPart(Rule part, List<Line> lines) {
        return ofVerdicts(part, verdicts(lines));
    }

    /** The same, from one verdict per leaf. */
    public static Verdict ofVerdicts(Rule part, List<Verdict> leaves) {
        return verdict(part, leaves.iterator());
    }

    private static List<Verdict> verdicts(List<Line> lines) {
        return lines.stream().map(Line::verdict).toList();
    }

    /** Whoever is excused from everything has not earned anything. */
    private static Verdict whole(Verdict verdict) {
        return verdict == Verdict.IGNORED ? Verdict.UNDECIDED : verdict;
    }

    private static List<Verdict> levels(Rule.Levels levels, List<Verdict> leaves) {
        Iterator<Verdict> left = leaves.iterator();
        List<Verdict> verdicts = new ArrayList<>();
        levels.levels().forEach(level -> verdicts.add(verdict(level.rule(), left)));
        return verdicts;
    }

    private static Verdict verdict(Rule rule, Iterator<Verdict> leaves) {
        if (!(rule instanceof Rule.Joined joined)) {
            return leaves.next();
        }
        int met = 0;
        int open = 0;
        int parts = 0;
        int audiences = 0;
        for (Rule part : joined.parts()) {
            Verdict verdict = verdict(part, leaves);
            parts += verdict == Verdict.IGNORED ? 0 : 1;
            met += verdict == Verdict.MET ? 1 : 0;
            open += verdict == Verdict.UNDECIDED ? 1 : 0;
            audiences += verdict != Verdict.IGNORED && isAudience(part) ? 1 : 0;
        }
        Verdict verdict = parts == 0 ? Verdict.IGNORED : atLeast(Math.min(joined.needed(), parts), met, open);
        // Being in a section is nothing that anybody earned, where that alone was never to be enough.
        boolean onlyAudience = parts == audiences && audiences < joined.needed();
        return onlyAudience && verdict == Verdict.MET ? Verdict.IGNORED : verdict;
    }

    private static boolean isAudience(Rule rule) {
        return rule instanceof InGroup
                || (rule instanceof Rule.Joined joined
                        && joined.parts().stream().allMatch(Evaluator::isAudience));
    }

    static Verdict atLeast(int needed, int met, int open) {
        if (met >= needed) {
            return Verdict.MET;
        }
        return met + open < needed ? Verdict.NOT_MET : Verdict.UNDECIDED;
    }
}
