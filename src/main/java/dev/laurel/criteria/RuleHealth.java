package dev.laurel.criteria;

import dev.laurel.gradebook.LineItem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a column after a rule was saved. */
final class RuleHealth {

    private RuleHealth() {}

    static Optional<String> warning(Rule.ScoreAtLeast leaf, @Nullable LineItem item) {
        if (item == null || item.deleted()) {
            return Optional.of("rule.warning.deleted-column");
        }
        if (item.output()) {
            return Optional.of("rule.warning.own-column");
        }
        if (!item.readable()) {
            return Optional.of("rule.warning.unreadable-column");
        }
        boolean noMaximum = item.scoreMaximum() != null && item.scoreMaximum().signum() <= 0;
        if (leaf.unit() == Rule.Unit.PERCENT && noMaximum) {
            return Optional.of("rule.warning.no-maximum");
        }
        boolean outOfReach = leaf.unit() == Rule.Unit.POINTS
                && item.scoreMaximum() != null
                && leaf.threshold().compareTo(item.scoreMaximum()) > 0;
        return outOfReach ? Optional.of("rule.warning.out-of-reach") : Optional.empty();
    }
}
