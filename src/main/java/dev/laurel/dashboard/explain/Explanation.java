package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what it says of one learner, as a tree that a page can show and that knows the way to the badge.
 *
 * @param join {@code null} for a leaf
 * @param count how many of {@code parts} are needed
 * @param leaf what is asked for; {@code null} for a node with parts
 * @param line what is so; {@code null} for a node with parts
 * @param end why this leaf cannot be reached any more; {@code null} while it can
 * @param verdict the evaluator's own, of this part
 */
public record Explanation(
        Rules.@Nullable Join join,
        int count,
        Rule.@Nullable Leaf leaf,
        @Nullable Line line,
        @Nullable End end,
        Verdict verdict,
        List<Explanation> parts) {

    /** Why something cannot be reached any more, whatever the learner does. */
    public enum End {
        /** The last day on which it counted is over. */
        OVER,
        LATE,
        /** Only the first result counts. */
        FIRST,
        /** It is for other sections or groups. */
        OTHERS
    }

    private static final BigDecimal UNKNOWN = BigDecimal.valueOf(1_000);

    private static final BigDecimal STUCK = BigDecimal.valueOf(1_000_000);

    /** What is on its way without the learner. */
    private static final Set<String> WAITING = Set.of("provisional", "submitted", "hidden");

    /** What no learner can do anything about, and staff can. */
    private static final Set<String> UNREADABLE = Set.of(
            "own-column-in-total",
            "no-total",
            "no-scheme",
            "no-mastery",
            "empty-group",
            "no-maximum",
            "no-points",
            "late-unknown",
            "unreadable",
            "earlier-attempt");

    /** @param today in the time zone of the course */
    public static Explanation of(Rule rule, Evaluation evaluation, LocalDate today) {
        return of(rule, evaluation.lines().iterator(), today);
    }

    /** Takes from the lines those of this rule: each leaf the next one. */
    static Explanation of(Rule rule, Iterator<Line> lines, LocalDate today) {
        if (rule instanceof Rule.Leaf leaf) {
            Line line = lines.next();
            return new Explanation(null, 0, leaf, line, end(leaf, line, today), line.verdict(), List.of());
        }
        if (rule instanceof Rule.Levels levels) {
            // The badge is earned with the lowest tier; the lines of the others follow after it.
            return of(levels.levels().get(0).rule(), lines, today);
        }
        List<Explanation> parts = new ArrayList<>();
        for (Rule part : Rules.parts(rule)) {
            parts.add(of(part, lines, today));
        }
        int needed = rule instanceof Rule.Joined joined ? joined.needed() : parts.size();
        List<Line> own = parts.stream()
                .flatMap(Explanation::leaves)
                .flatMap(leaf -> Stream.ofNullable(leaf.line()))
                .toList();
        return new Explanation(Rules.join(rule), needed, null, null, null, Evaluator.ofPart(rule, own), parts);
    }

    private static @Nullable End end(Rule.Leaf leaf, Line line, LocalDate today) {
        boolean isOpen = WAITING.contains(line.reason()) || isStuck(line);
        if (line.verdict() == Verdict.MET || line.verdict() == Verdict.IGNORED || isOpen) {
            return null;
        }
        if (line.reason().equals("late")) {
            return End.LATE;
        }
        if (line.reason().equals("other-group")) {
            return End.OTHERS;
        }
        LocalDate until = leaf.period().until();
        if (until != null && until.isBefore(today)) {
            return End.OVER;
        }
        boolean first = leaf instanceof Score score && score.take() == Score.Take.FIRST;
        return first && line.value() != null ? End.FIRST : null;
    }

    public boolean isMet() {
        return verdict == Verdict.MET;
    }

    /** What the learner is excused from is neither met nor needed. */
    public boolean isIgnored() {
        return verdict == Verdict.IGNORED;
    }

    /** Nothing that can still happen to this learner's results leads there. */
    public boolean isOver() {
        if (line != null) {
            return end != null;
        }
        return !isIgnored() && ways().size() < stillNeeded();
    }

    /** It waits for others: the work is done and not graded yet, or not to be seen yet. */
    public boolean isWaiting() {
        return line != null && WAITING.contains(line.reason());
    }

    /** It cannot be worked out as things are in the gradebook; staff is told. */
    public boolean isStuck() {
        return line != null && isStuck(line);
    }

    private static boolean isStuck(Line line) {
        return line.verdict() != Verdict.MET
                && (line.reason().endsWith("-column") || UNREADABLE.contains(line.reason()));
    }

    /** How many parts are missing; what one is excused from lowers what is asked for only where too few would be left. */
    public int stillNeeded() {
        int there = (int) parts.stream().filter(part -> !part.isIgnored()).count();
        return Math.min(count, there)
                - (int) parts.stream().filter(Explanation::isMet).count();
    }

    /** The parts that can still be reached, the nearest first. */
    public List<Explanation> ways() {
        return parts.stream()
                .filter(part -> !part.isMet() && !part.isIgnored() && !part.isOver())
                .sorted(Comparator.comparing(Explanation::effort))
                .toList();
    }

    /** The shortest way to this badge: the leaves still needed, the nearest ones where there is a choice. */
    public List<Explanation> nextSteps() {
        if (isMet() || isIgnored()) {
            return List.of();
        }
        return line != null
                ? List.of(this)
                : ways().stream()
                        .limit(Math.max(0, stillNeeded()))
                        .flatMap(part -> part.nextSteps().stream())
                        .toList();
    }

    /** What stands in the way for good; empty while it can be reached. */
    public List<Explanation> ends() {
        if (!isOver()) {
            return List.of();
        }
        return line != null
                ? List.of(this)
                : parts.stream().flatMap(part -> part.ends().stream()).toList();
    }

    public Stream<Explanation> leaves() {
        return line != null ? Stream.of(this) : parts.stream().flatMap(Explanation::leaves);
    }

    /** How many leaves there are, for a page that has little room. */
    public long size() {
        return leaves().count();
    }

    public long reached() {
        return leaves().filter(Explanation::isMet).count();
    }

    private BigDecimal effort() {
        return nextSteps().stream().map(Explanation::alone).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal alone() {
        if (isStuck() || line == null) {
            return STUCK;
        }
        // A letter is worth a different amount of work in each scheme.
        boolean known = line.value() != null && line.unit() != Evaluation.Unit.LETTER;
        return line.missing() != null && known ? line.missing() : UNKNOWN;
    }
}
