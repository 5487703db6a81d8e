package dev.laurel.dashboard.explain;

import dev.laurel.award.decision.Outlooks.Outlook;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.rule.Rule;
import java.util.Collection;
import java.util.Set;

/** How many learners of a course are where on the way to a badge. */
public record HeadCount(int earned, int near, int started, int waiting) {

    public int everybody() {
        return earned + near + started + waiting;
    }

    /** What activating a badge would do at this moment: who would get it is counted as earned, and not who has it. */
    static HeadCount of(Rule rule, Collection<PersonEvaluation> learners, Outlook outlook) {
        HeadCount others = of(rule, learners, outlook.holders());
        return new HeadCount(outlook.heads(), others.near(), others.started(), others.waiting());
    }

    /** What is so at this moment: who holds the badge has it, whatever the grades say now. */
    public static HeadCount of(Rule rule, Collection<PersonEvaluation> learners, Set<Long> holders) {
        int[] counts = new int[Closeness.values().length];
        for (PersonEvaluation learner : learners) {
            if (!holders.contains(learner.personId())) {
                counts[Closeness.of(rule, learner.evaluation()).ordinal()]++;
            }
        }
        return new HeadCount(
                counts[Closeness.MET.ordinal()] + holders.size(),
                counts[Closeness.NEAR.ordinal()],
                counts[Closeness.STARTED.ordinal()],
                counts[Closeness.WAITING.ordinal()]);
    }
}
