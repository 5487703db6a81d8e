package dev.laurel.criteria;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must be true. Stored as versioned JSON (docs/rules.md); a rule is data, evaluated by {@code Evaluator} without any
 * side effect.
 */
public sealed interface Rule {

    /** Every leaf, in the order of the rule: the order of the lines of an {@link Evaluation}. */
    Stream<ScoreAtLeast> leaves();

    /**
     * The same rule over other columns.
     *
     * @param columns for each column of this rule the one to take its place
     * @throws IllegalArgumentException where one has none
     */
    Rule onto(Map<Long, Long> columns);

    /** The columns that this rule looks at. */
    default Set<Long> lineItemIds() {
        Set<Long> ids = new LinkedHashSet<>();
        leaves().forEach(leaf -> ids.add(leaf.lineItemId()));
        return ids;
    }

    /** The score on one line item reaches a threshold. */
    record ScoreAtLeast(long lineItemId, BigDecimal threshold, Unit unit) implements Rule {

        @Override
        public Stream<ScoreAtLeast> leaves() {
            return Stream.of(this);
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            Long column = columns.get(lineItemId);
            if (column == null) {
                throw new IllegalArgumentException("Nothing takes the place of column " + lineItemId);
            }
            return new ScoreAtLeast(column, threshold, unit);
        }
    }

    /** Every part is met. */
    record AllOf(List<Rule> parts) implements Rule {

        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<ScoreAtLeast> leaves() {
            return parts.stream().flatMap(Rule::leaves);
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AllOf(Rule.onto(parts, columns));
        }
    }

    /** At least one part is met. */
    record AnyOf(List<Rule> parts) implements Rule {

        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<ScoreAtLeast> leaves() {
            return parts.stream().flatMap(Rule::leaves);
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AnyOf(Rule.onto(parts, columns));
        }
    }

    /** At least {@code count} parts are met. */
    record AtLeast(int count, List<Rule> parts) implements Rule {

        public AtLeast {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<ScoreAtLeast> leaves() {
            return parts.stream().flatMap(Rule::leaves);
        }

        @Override
        public Rule onto(Map<Long, Long> columns) {
            return new AtLeast(count, Rule.onto(parts, columns));
        }
    }

    private static List<Rule> onto(List<Rule> parts, Map<Long, Long> columns) {
        return parts.stream().map(part -> part.onto(columns)).toList();
    }

    /** What a threshold counts. */
    enum Unit {
        PERCENT,
        POINTS
    }
}
