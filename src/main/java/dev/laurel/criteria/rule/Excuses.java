package dev.laurel.criteria.rule;

/** Whether being excused from something can help to earn a badge: then its sentence has to say so. */
final class Excuses {

    private Excuses() {}

    /** Whether anybody can earn it with less than all that it asks for, because the rest is ignored. */
    static boolean canHelp(Rule rule) {
        if (rule instanceof Rule.Levels levels) {
            return levels.levels().stream().anyMatch(level -> canHelp(level.rule()));
        }
        if (rule instanceof Rule.Joined joined) {
            boolean fewer = joined.needed() > 1 && joined.parts().stream().anyMatch(Excuses::canBeIgnored);
            return fewer || joined.parts().stream().anyMatch(Excuses::canHelp);
        }
        return rule instanceof Rule.Leaf leaf && leaf.asksForSeveral() && canBeIgnored(leaf);
    }

    private static boolean canBeIgnored(Rule rule) {
        if (rule instanceof Rule.Joined joined) {
            return joined.parts().stream().allMatch(Excuses::canBeIgnored);
        }
        return rule instanceof Rule.Leaf leaf
                && leaf.terms() != null
                && leaf.terms().excused() == Terms.Excused.IGNORED;
    }
}
