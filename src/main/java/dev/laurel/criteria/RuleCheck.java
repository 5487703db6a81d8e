package dev.laurel.criteria;

import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Whether a rule can be saved for a course: every column is one it can read, and nothing asked for is impossible. */
final class RuleCheck {

    private static final int MOST_LEAVES = 100;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<Long, LineItem> items;

    private RuleCheck(Map<Long, LineItem> items) {
        this.items = items;
    }

    /**
     * @param items the columns of this course and no other
     * @throws BadRuleException for the first fault, with its place
     */
    static void check(Rule rule, Map<Long, LineItem> items) {
        if (rule.leaves().limit(MOST_LEAVES + 1).count() > MOST_LEAVES) {
            throw new BadRuleException("", "rule.bad.too-large");
        }
        new RuleCheck(items).check(rule, "/rule", 1);
    }

    private void check(Rule rule, String place, int depth) {
        if (depth > RuleJson.DEEPEST) {
            throw new BadRuleException(place, "rule.bad.too-deep");
        }
        if (rule instanceof Rule.ScoreAtLeast leaf) {
            score(leaf, place);
        } else if (rule instanceof Rule.AllOf all) {
            parts(all.parts(), place, depth);
        } else if (rule instanceof Rule.AnyOf any) {
            parts(any.parts(), place, depth);
        } else if (rule instanceof Rule.AtLeast some) {
            parts(some.parts(), place, depth);
            if (some.count() < 1) {
                throw new BadRuleException(place + "/count", "rule.bad.count");
            }
            if (some.count() > some.parts().size()) {
                throw new BadRuleException(place + "/count", "rule.bad.more-than-there-are");
            }
        }
    }

    private void parts(List<Rule> parts, String place, int depth) {
        if (parts.isEmpty()) {
            throw new BadRuleException(place + "/of", "rule.bad.empty");
        }
        for (int i = 0; i < parts.size(); i++) {
            check(parts.get(i), place + "/of/" + i, depth + 1);
        }
    }

    private void score(Rule.ScoreAtLeast leaf, String place) {
        LineItem item = items.get(leaf.lineItemId());
        if (item == null) {
            throw new BadRuleException(place + "/lineItem", "rule.bad.foreign-column");
        }
        if (item.deleted()) {
            throw new BadRuleException(place + "/lineItem", "rule.bad.deleted-column");
        }
        if (item.output()) {
            throw new BadRuleException(place + "/lineItem", "rule.bad.own-column");
        }
        if (!item.readable()) {
            throw new BadRuleException(place + "/lineItem", "rule.bad.unreadable-column");
        }
        threshold(leaf, item, place + "/atLeast");
    }

    private static void threshold(Rule.ScoreAtLeast leaf, LineItem item, String place) {
        BigDecimal threshold = leaf.threshold();
        if (threshold.signum() <= 0) {
            throw new BadRuleException(place, "rule.bad.not-positive");
        }
        if (Numbers.plain(threshold).scale() > 6 || threshold.precision() - threshold.scale() > 14) {
            throw new BadRuleException(place, "rule.bad.number");
        }
        if (leaf.unit() == Rule.Unit.PERCENT) {
            if (threshold.compareTo(HUNDRED) > 0) {
                throw new BadRuleException(place, "rule.bad.more-than-hundred");
            }
            if (item.scoreMaximum() != null && item.scoreMaximum().signum() <= 0) {
                throw new BadRuleException(place, "rule.bad.no-maximum");
            }
        } else if (item.scoreMaximum() != null && threshold.compareTo(item.scoreMaximum()) > 0) {
            throw new BadRuleException(place, "rule.bad.more-than-maximum");
        }
    }
}
