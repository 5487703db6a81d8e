package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.decision.Beginnings;
import dev.laurel.award.decision.Passes;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Commands that need a badge and its rule to change together or not at all. */
@Component
public class BadgeDesk {

    private final Achievements achievements;

    private final Issuers issuers;

    private final BadgeImages images;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final Beginnings beginnings;

    private final Passes passes;

    BadgeDesk(
            Achievements achievements,
            Issuers issuers,
            BadgeImages images,
            RuleSets ruleSets,
            RuleTexts texts,
            Beginnings beginnings,
            Passes passes) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.images = images;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.beginnings = beginnings;
        this.passes = passes;
    }

    @Transactional
    public RuleSet draft(CourseContext course, AchievementDraft words, Rule rule, long byPerson) {
        Issuer issuer = course.sample()
                ? issuers.sample(course.tenant())
                : issuers.of(course.tenant(), course.id(), course.title());
        AchievementVersion version = achievements.create(course.tenant(), issuer.id(), words, byPerson);
        return ruleSets.create(
                course.tenant(), course.id(), version.achievementId(), version.version(), rule, byPerson);
    }

    /**
     * A draft changes in place; what was ever active gets a next version, which is in force at once. One with another rule
     * would award at once to whoever meets it now, so the badge rests until it is activated again.
     *
     * @param ruleSet as whoever changes it saw it
     * @throws ChangedMeanwhileException where it is another one by now; then nothing is done
     */
    @Transactional
    public RuleSet edit(CourseContext course, RuleSet ruleSet, AchievementDraft words, Rule rule, long byPerson) {
        RuleSet now = ruleSets.lock(course.tenant(), ruleSet.id());
        if (now.version() != ruleSet.version()) {
            throw new ChangedMeanwhileException();
        }
        if (now.status() == RuleSet.Status.ACTIVE && !now.rule().equals(rule)) {
            ruleSets.pause(course.tenant(), ruleSet.id(), byPerson);
        }
        AchievementVersion version = achievements.edit(course.tenant(), ruleSet.badge(), words, byPerson);
        if (now.status() != RuleSet.Status.DRAFT) {
            achievements.activate(course.tenant(), version.achievementId(), version.version(), byPerson);
        }
        return ruleSets.edit(course.tenant(), ruleSet.id(), version.version(), rule, byPerson);
    }

    /**
     * Another rule for a badge that stays as it is; its criteria text follows where it only said the rule.
     *
     * @throws ChangedMeanwhileException as {@link #edit}
     */
    @Transactional
    public RuleSet changeRule(CourseContext course, RuleSet ruleSet, Rule rule, long byPerson) {
        AchievementVersion words = achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
        boolean follows = texts.says(course.tenant(), course.id(), ruleSet.rule(), words.criteria());
        boolean drawn = images.find(course.tenant(), words.imageId())
                .map(image -> image.svg() != null)
                .orElse(true);
        AchievementDraft draft = new AchievementDraft(
                words.name(),
                words.description(),
                follows ? texts.sentence(course.tenant(), course.id(), rule) : words.criteria(),
                words.colour(),
                drawn ? null : words.imageId());
        return edit(course, ruleSet, draft, rule, byPerson);
    }

    /**
     * @param ruleSet as whoever activates it saw it
     * @param alsoBefore whether those who meet the rule already get it too; otherwise it is noted that they did, and only
     *     what comes from now on counts
     * @param heads how many that are, as she was told
     * @return false where somebody else activated or changed it meanwhile; then nothing is done
     */
    @Transactional
    public boolean activate(CourseContext course, RuleSet ruleSet, boolean alsoBefore, int heads, long byPerson) {
        RuleSet now = ruleSets.lock(course.tenant(), ruleSet.id());
        if (now.status() == RuleSet.Status.ACTIVE || now.version() != ruleSet.version()) {
            return false;
        }
        if (alsoBefore) {
            beginnings.withWhatWas(course.tenant(), ruleSet.id(), byPerson);
        } else {
            beginnings.fromNowOn(course.tenant(), ruleSet, byPerson);
        }
        // The brake lets as many through as whoever activates it was told of.
        passes.confirmHeadCount(course.tenant(), ruleSet.id(), alsoBefore ? heads : 0, byPerson);
        achievements.activate(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion(), byPerson);
        ruleSets.activate(course.tenant(), ruleSet.id(), byPerson);
        return true;
    }
}
