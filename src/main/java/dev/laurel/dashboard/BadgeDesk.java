package dev.laurel.dashboard;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Commands that need a badge and its rule to change together or not at all. */
@Component
class BadgeDesk {

    private final Achievements achievements;

    private final RuleSets ruleSets;

    BadgeDesk(Achievements achievements, RuleSets ruleSets) {
        this.achievements = achievements;
        this.ruleSets = ruleSets;
    }

    @Transactional
    public RuleSet draft(CourseContext course, AchievementDraft words, Rule rule, long byPerson) {
        Issuer issuer = course.sample()
                ? achievements.sampleIssuer(course.tenant())
                : achievements.issuerFor(course.tenant(), course.id(), course.title());
        AchievementVersion version = achievements.create(course.tenant(), issuer.id(), words, byPerson);
        return ruleSets.create(
                course.tenant(), course.id(), version.achievementId(), version.version(), rule, byPerson);
    }

    /**
     * A draft changes in place; what was ever active gets a next version, which is in force at once. One with another rule
     * would award at once to whoever meets it now, so the badge rests until it is activated again.
     */
    @Transactional
    public RuleSet edit(CourseContext course, RuleSet ruleSet, AchievementDraft words, Rule rule, long byPerson) {
        if (ruleSet.status() == RuleSet.Status.ACTIVE && !ruleSet.rule().equals(rule)) {
            ruleSets.pause(course.tenant(), ruleSet.id(), byPerson);
        }
        AchievementVersion version = achievements.edit(course.tenant(), ruleSet.badge(), words, byPerson);
        if (ruleSet.status() != RuleSet.Status.DRAFT) {
            achievements.activate(course.tenant(), version.achievementId(), version.version(), byPerson);
        }
        return ruleSets.edit(course.tenant(), ruleSet.id(), version.version(), rule, byPerson);
    }

    @Transactional
    public void activate(CourseContext course, RuleSet ruleSet, long byPerson) {
        achievements.activate(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion(), byPerson);
        ruleSets.activate(course.tenant(), ruleSet.id(), byPerson);
    }
}
