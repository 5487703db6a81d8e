package dev.laurel.dashboard.copy;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import java.util.List;

/**
 * The badges of one course that another one does not have yet.
 *
 * @param alreadyHere how many of the badges that the source gives are in the course
 * @param allHere whether these are all that it gives
 */
record Proposal(CourseContext source, List<Offer> offers, int alreadyHere, boolean allHere) {

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
