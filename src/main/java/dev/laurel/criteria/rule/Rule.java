package dev.laurel.criteria.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be true. Stored as versioned JSON (docs/rules.md); a rule is data, evaluated by {@link Evaluator} without any
 * side effect.
 */
public sealed interface Rule {

    /** Every leaf, in the order of the rule: the order of the lines of an {@link Evaluation}. */
    Stream<Leaf> leaves();

    /** Whether it asks that something came about on certain days. */
    default boolean isDated() {
        return leaves().anyMatch(leaf -> !leaf.period().isAlways());
    }

    /**
     * The same rule over other columns.
     *
     * @param columns for each column of this rule the one to take its place
     * @throws IllegalArgumentException where one has none
     */
    Rule onto(Map<Long, Long> columns);

    /**
     * The same rule asking for other badges.
     *
     * @param badges for each badge of this rule the one to take its place
     * @throws IllegalArgumentException where one has none
     */
    Rule ontoBadges(Map<Long, Long> badges);

    /** The columns that this rule names. */
    default Set<Long> lineItemIds() {
        Set<Long> ids = new LinkedHashSet<>();
        leaves().forEach(leaf -> ids.addAll(leaf.lineItemIds()));
        return ids;
    }

    /** The columns that this rule looks at in a course: those it names, and those of the groups and totals it names. */
    default Set<Long> looksAt(CourseFacts course) {
        Set<Long> ids = new LinkedHashSet<>();
        leaves().forEach(leaf -> ids.addAll(leaf.looksAt(course)));
        return ids;
    }

    /** The badges whose holding this rule asks for. */
    default Set<Long> badgeIds() {
        Set<Long> ids = new LinkedHashSet<>();
        leaves().forEach(leaf -> ids.addAll(leaf.badgeIds()));
        return ids;
    }

    /** One thing asked for. A new kind of it is one new class: docs/rules.md walks through one. */
    non-sealed interface Leaf extends Rule {

        @Override
        default Stream<Leaf> leaves() {
            return Stream.of(this);
        }

        @Override
        Set<Long> lineItemIds();

        @Override
        default Set<Long> looksAt(CourseFacts course) {
            return lineItemIds();
        }

        @Override
        default Set<Long> badgeIds() {
            return Set.of();
        }

        @Override
        default Rule onto(Map<Long, Long> columns) {
            return this;
        }

        @Override
        default Rule ontoBadges(Map<Long, Long> badges) {
            return this;
        }

        /** When what counts must have come about. */
        default Period period() {
            return Period.ALWAYS;
        }

        /** Whether more than the latest result of each column is needed. */
        default boolean needsHistory() {
            return false;
        }

        /** Whether an attempt before the last one may decide, so that a source must be asked for all of them. */
        default boolean needsAttempts() {
            return needsHistory();
        }

        /** What becomes of results that are not plain ones; {@code null} where it asks for no result. */
        default @Nullable Terms terms() {
            return null;
        }

        /** The group that it counts columns of; {@code null} where it counts none. */
        default @Nullable Group counted() {
            return null;
        }

        /** Whether it asks for more than one thing, so that it can do without some. */
        default boolean asksForSeveral() {
            return false;
        }

        /** What it says of one learner, and why. */
        Evaluation.Line line(Facts learner);

        /**
         * Whether it can be asked for in a course.
         *
         * @throws BadRuleException with its place
         */
        void check(CourseFacts course, String place);

        /** A verb phrase without a full stop: {@code score at least 80 % in Essay 1}. */
        String phrase(Words words, CourseFacts course);

        /** Its fields, {@code type} first. */
        void write(RuleFields.Writer fields);

        /** What keeps it from being worked out in this course as it is now, as a key of the message files. */
        default List<Warning> warnings(CourseFacts course) {
            return List.of();
        }
    }

    /** @param messageKey under {@code rule.warning.}, with the label of the column as its argument */
    record Warning(long lineItemId, String label, String messageKey) {}

    /** Several parts, of which so many are needed. */
    sealed interface Joined extends Rule {

        List<Rule> parts();

        /** How many of the parts must be met. */
        int needed();

        @Override
        default Stream<Leaf> leaves() {
            return parts().stream().flatMap(Rule::leaves);
        }
    }

    /** Every part is met. */
    record AllOf(List<Rule> parts) implements Joined {

        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public int needed() {
            return parts.size();
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AllOf(Rule.onto(parts, columns));
        }

        @Override
        public Rule ontoBadges(Map<Long, Long> badges) {
            return new AllOf(Rule.ontoBadges(parts, badges));
        }
    }

    /** At least one part is met. */
    record AnyOf(List<Rule> parts) implements Joined {

        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public int needed() {
            return 1;
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AnyOf(Rule.onto(parts, columns));
        }

        @Override
        public Rule ontoBadges(Map<Long, Long> badges) {
            return new AnyOf(Rule.ontoBadges(parts, badges));
        }
    }

    /** At least {@code count} parts are met. */
    record AtLeast(int count, List<Rule> parts) implements Joined {

        public AtLeast {
            parts = List.copyOf(parts);
        }

        @Override
        public int needed() {
            return count;
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AtLeast(count, Rule.onto(parts, columns));
        }

        @Override
        public Rule ontoBadges(Map<Long, Long> badges) {
            return new AtLeast(count, Rule.ontoBadges(parts, badges));
        }
    }

    /**
     * Tiers of one badge, the lowest first: proficient, mastered. The badge is earned with the lowest; which tier is
     * reached is {@link Evaluator#level}. Only a whole rule can be one.
     */
    record Levels(List<Level> levels) implements Rule {

        public Levels {
            levels = List.copyOf(levels);
        }

        /** @param name as the badge shows it */
        public record Level(String name, Rule rule) {}

        @Override
        public Stream<Leaf> leaves() {
            return levels.stream().flatMap(level -> level.rule().leaves());
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new Levels(levels.stream()
                    .map(level -> new Level(level.name(), level.rule().onto(columns)))
                    .toList());
        }

        @Override
        public Rule ontoBadges(Map<Long, Long> badges) {
            return new Levels(levels.stream()
                    .map(level -> new Level(level.name(), level.rule().ontoBadges(badges)))
                    .toList());
        }
    }

    private static List<Rule> onto(List<Rule> parts, Map<Long, Long> columns) {
        return parts.stream().map(part -> part.onto(columns)).toList();
    }

    private static List<Rule> ontoBadges(List<Rule> parts, Map<Long, Long> badges) {
        return parts.stream().map(part -> part.ontoBadges(badges)).toList();
    }

    /** What takes the place of a badge. */
    static long ontoBadge(long achievementId, Map<Long, Long> badges) {
        Long badge = badges.get(achievementId);
        if (badge == null) {
            throw new IllegalArgumentException("Nothing takes the place of badge " + achievementId);
        }
        return badge;
    }

    /** What takes the place of a column. */
    static long onto(long lineItemId, Map<Long, Long> columns) {
        Long column = columns.get(lineItemId);
        if (column == null) {
            throw new IllegalArgumentException("Nothing takes the place of column " + lineItemId);
        }
        return column;
    }

    /** @param count how many of its columns are asked for */
    record Group(String name, int count) {}

    /** What a threshold counts. */
    enum Unit {
        PERCENT,
        POINTS
    }
}
