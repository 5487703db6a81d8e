package dev.laurel.criteria.rule;

import java.util.List;

/** Whether a rule can be saved for a course: every column is one it can read, and nothing asked for is impossible. */
public final class RuleCheck {

    private static final int MOST_LEAVES = 100;

    private static final int LONGEST_NAME = 60;

    private final CourseFacts course;

    private RuleCheck(CourseFacts course) {
        this.course = course;
    }

    /**
     * @param course with the columns of this course and no other
     * @throws BadRuleException for the first fault, with its place
     */
    public static void check(Rule rule, CourseFacts course) {
        if (rule.leaves().limit(MOST_LEAVES + 1).count() > MOST_LEAVES) {
            throw new BadRuleException("", "rule.bad.too-large");
        }
        RuleCheck check = new RuleCheck(course);
        if (rule instanceof Rule.Levels levels) {
            check.levels(levels);
        } else {
            check.check(rule, "/rule", 1);
        }
    }

    private void levels(Rule.Levels levels) {
        if (levels.levels().size() < 2) {
            throw new BadRuleException("/rule/of", "rule.bad.one-level");
        }
        long names =
                levels.levels().stream().map(Rule.Levels.Level::name).distinct().count();
        if (names < levels.levels().size()) {
            throw new BadRuleException("/rule/of", "rule.bad.same-level");
        }
        for (int i = 0; i < levels.levels().size(); i++) {
            Rule.Levels.Level level = levels.levels().get(i);
            if (level.name().length() > LONGEST_NAME) {
                throw new BadRuleException("/rule/of/" + i + "/name", "rule.bad.text");
            }
            check(level.rule(), "/rule/of/" + i + "/rule", 2);
        }
    }

    private void check(Rule rule, String place, int depth) {
        if (depth > RuleJson.DEEPEST) {
            throw new BadRuleException(place, "rule.bad.too-deep");
        }
        if (rule instanceof Rule.Leaf leaf) {
            leaf.check(course, place);
        } else if (rule instanceof Rule.Joined joined) {
            parts(joined.parts(), place, depth);
            if (joined.needed() < 1) {
                throw new BadRuleException(place + "/count", "rule.bad.count");
            }
            if (joined.needed() > joined.parts().size()) {
                throw new BadRuleException(place + "/count", "rule.bad.more-than-there-are");
            }
        } else {
            throw new BadRuleException(place, "rule.bad.levels-inside");
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
}
