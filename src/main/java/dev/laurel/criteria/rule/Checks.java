package dev.laurel.criteria.rule;

import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What leaves check in common before a rule is saved, and watch afterwards. */
final class Checks {

    private Checks() {}

    /** The column, which this course has, Laurel can read, and which measures one of these. */
    static LineItem column(CourseFacts course, long lineItemId, String place, LineItem.Kind... kinds) {
        LineItem item = course.item(lineItemId);
        if (item == null) {
            throw new BadRuleException(place, "rule.bad.foreign-column");
        }
        String obstacle = obstacle(course, lineItemId);
        if (!obstacle.isEmpty()) {
            throw new BadRuleException(place, "rule.bad." + obstacle);
        }
        if (!List.of(kinds).contains(item.kind())) {
            throw new BadRuleException(place, "rule.bad.other-kind");
        }
        return item;
    }

    static void threshold(BigDecimal threshold, Rule.Unit unit, @Nullable BigDecimal maximum, String place) {
        positive(threshold, place);
        if (unit == Rule.Unit.PERCENT) {
            if (threshold.compareTo(Numbers.hundred()) > 0) {
                throw new BadRuleException(place, "rule.bad.more-than-hundred");
            }
            if (maximum != null && maximum.signum() <= 0) {
                throw new BadRuleException(place, "rule.bad.no-maximum");
            }
        } else if (maximum != null && threshold.compareTo(maximum) > 0) {
            throw new BadRuleException(place, "rule.bad.more-than-maximum");
        }
    }

    /** A percentage is asked only of what is out of something. */
    static void threshold(LineItem item, BigDecimal threshold, Rule.Unit unit, String place) {
        if (unit == Rule.Unit.PERCENT && item.isWithoutMaximum()) {
            throw new BadRuleException(place, "rule.bad.no-maximum");
        }
        threshold(threshold, unit, item.scoreMaximum(), place);
    }

    static void positive(BigDecimal number, String place) {
        if (number.signum() <= 0) {
            throw new BadRuleException(place, "rule.bad.not-positive");
        }
        if (Numbers.plain(number).scale() > 6 || number.precision() - number.scale() > 14) {
            throw new BadRuleException(place, "rule.bad.number");
        }
    }

    static void terms(Terms terms, BigDecimal threshold, String place) {
        Integer decimals = terms.decimals();
        if (decimals == null) {
            return;
        }
        if (decimals < 0 || decimals > 4) {
            throw new BadRuleException(place + "/decimals", "rule.bad.decimals");
        }
        if (Numbers.plain(threshold).scale() > decimals) {
            throw new BadRuleException(place + "/atLeast", "rule.bad.finer-than-rounded");
        }
    }

    static void nothingToRound(Terms terms, String place) {
        if (terms.decimals() != null) {
            throw new BadRuleException(place + "/decimals", "rule.bad.decimals");
        }
    }

    static void period(Period period, String place) {
        if (period.isBackwards()) {
            throw new BadRuleException(place + "/until", "rule.bad.backwards");
        }
    }

    /** Why a column says nothing, for staff: of one that is gone what became of it, as far as its source tells. */
    private static String obstacle(CourseFacts course, long lineItemId) {
        LineItem item = course.item(lineItemId);
        if (item != null && item.stillThere() != null) {
            return item.stillThere() == LineItem.StillThere.UNPUBLISHED ? "unpublished-column" : "over-ags-column";
        }
        return item != null && item.isRemoved() ? "removed-column" : Finding.obstacle(course, lineItemId);
    }

    static List<Rule.Warning> column(CourseFacts course, long lineItemId) {
        String obstacle = obstacle(course, lineItemId);
        return obstacle.isEmpty()
                ? List.of()
                : List.of(new Rule.Warning(lineItemId, course.label(lineItemId), "rule.warning." + obstacle));
    }

    static List<Rule.Warning> column(CourseFacts course, long lineItemId, BigDecimal threshold, Rule.Unit unit) {
        List<Rule.Warning> warnings = column(course, lineItemId);
        LineItem item = course.item(lineItemId);
        if (!warnings.isEmpty() || item == null) {
            return warnings;
        }
        if (unit == Rule.Unit.PERCENT && item.isWithoutMaximum()) {
            return List.of(new Rule.Warning(lineItemId, item.label(), "rule.warning.no-maximum"));
        }
        if (item.scoreMaximum() == null) {
            return warnings;
        }
        BigDecimal maximum = item.scoreMaximum();
        String key = null;
        if (unit == Rule.Unit.PERCENT && maximum.signum() <= 0) {
            key = "rule.warning.no-maximum";
        } else if (unit == Rule.Unit.POINTS && threshold.compareTo(maximum) > 0) {
            key = "rule.warning.out-of-reach";
        }
        return key == null ? List.of() : List.of(new Rule.Warning(lineItemId, item.label(), key));
    }

    static List<Rule.Warning> group(CourseFacts course, String group, LineItem.Kind kind, int count) {
        int there = course.group(group, kind).size();
        if (there >= count) {
            return List.of();
        }
        return List.of(
                new Rule.Warning(0, group, there == 0 ? "rule.warning.empty-group" : "rule.warning.small-group"));
    }

    static void group(CourseFacts course, String group, LineItem.Kind kind, int count, String place) {
        if (count < 1) {
            throw new BadRuleException(place + "/count", "rule.bad.count");
        }
        int there = course.group(group, kind).size();
        if (there == 0) {
            throw new BadRuleException(place + "/group", "rule.bad.empty-group");
        }
    }
}
