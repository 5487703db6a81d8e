package dev.laurel.dashboard.copy;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import java.util.List;

/**
 * The badges of one course that another one does not have yet.
 *
 * @param alreadyHere how many of the source's badges are in the course
 */
record Proposal(CourseContext source, List<Offer> offers, int alreadyHere) {

    /**
     * One badge.
     *
     * @param needed badges that it asks for
     * @param namesOther whether its words name the course that it comes from and will go on to
     * @param over whether it is valid until a day that is over, and will be here
     */
    record Offer(
            RuleSet ruleSet,
            AchievementVersion version,
            String sentence,
            List<Criterion> criteria,
            List<NeededBadges.Needed> needed,
            boolean namesOther,
            boolean over) {}
}
