package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what it says of one learner, as a tree that a page can show and that knows the next step.
 *
 * @param join {@code null} for a leaf
 * @param count how many of {@code parts} are needed
 * @param line {@code null} for a node with parts
 */
public record Explanation(
        Rules.@Nullable Join join, int count, @Nullable Line line, List<Explanation> parts) {

    private static final BigDecimal UNKNOWN = BigDecimal.valueOf(1_000);

    private static final BigDecimal OUT_OF_REACH = BigDecimal.valueOf(1_000_000);

    public static Explanation of(Rule rule, Evaluation evaluation) {
        return of(rule, evaluation.lines().iterator());
    }

    private static Explanation of(Rule rule, Iterator<Line> lines) {
        if (rule instanceof Rule.Leaf) {
            return new Explanation(null, 0, lines.next(), List.of());
        }
        if (rule instanceof Rule.Levels levels) {
            // The badge is earned with the lowest tier; the lines of the others follow after it.
            return of(levels.levels().get(0).rule(), lines);
        }
        List<Explanation> parts = new ArrayList<>();
        for (Rule part : Rules.parts(rule)) {
            parts.add(of(part, lines));
        }
        int needed = rule instanceof Rule.Joined joined ? joined.needed() : parts.size();
        return new Explanation(Rules.join(rule), needed, null, parts);
    }

    public boolean isMet() {
        return line != null ? line.verdict() == Verdict.MET : !isIgnored() && stillNeeded() <= 0;
    }

    /** What the learner is excused from is neither met nor needed. */
    public boolean isIgnored() {
        return line != null ? line.verdict() == Verdict.IGNORED : parts.stream().allMatch(Explanation::isIgnored);
    }

    private long stillNeeded() {
        long there = parts.stream().filter(part -> !part.isIgnored()).count();
        return Math.min(count, there)
                - parts.stream().filter(Explanation::isMet).count();
    }

    /** The shortest way to this badge: the lines that are still needed, the easiest ones where there is a choice. */
    public List<Line> nextSteps() {
        if (isMet()) {
            return List.of();
        }
        if (line != null) {
            return List.of(line);
        }
        return parts.stream()
                .filter(part -> !part.isMet() && !part.isIgnored())
                .sorted(Comparator.comparing(Explanation::effort))
                .limit(Math.max(0, stillNeeded()))
                .flatMap(part -> part.nextSteps().stream())
                .toList();
    }

    private BigDecimal effort() {
        return nextSteps().stream().map(Explanation::effort).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal effort(Line line) {
        if (line.missing() != null && line.value() != null) {
            return line.missing();
        }
        return line.reason().endsWith("-column") ? OUT_OF_REACH : UNKNOWN;
    }
}
