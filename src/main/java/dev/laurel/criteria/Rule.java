package dev.laurel.criteria;

import java.math.BigDecimal;
import java.util.List;

/**
 * What must be true. Stored as versioned JSON; a rule is data, evaluated by {@code Evaluator} without any side effect.
 */
public sealed interface Rule {

    /** The score on one line item reaches a threshold. */
    record ScoreAtLeast(long lineItemId, BigDecimal threshold, Unit unit) implements Rule {}

    /** Every part is met. */
    record AllOf(List<Rule> parts) implements Rule {}

    /** At least one part is met. */
    record AnyOf(List<Rule> parts) implements Rule {}

    /** At least {@code count} parts are met. */
    record AtLeast(int count, List<Rule> parts) implements Rule {}

    /** What a threshold counts. */
    enum Unit {
        PERCENT,
        POINTS
    }
}
