package dev.laurel.dashboard.copy;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSetCopies;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes badges over, each with its rule or not at all. */
@Component
class CopyDesk {

    private final Achievements achievements;

    private final Issuers issuers;

    private final RuleSets ruleSets;

    private final RuleSetCopies copies;

    private final RuleTexts texts;

    private final CourseWords courseWords;

    private final AwardPolicies policies;

    private final Clock clock;

    CopyDesk(
            Achievements achievements,
            Issuers issuers,
            RuleSets ruleSets,
            RuleSetCopies copies,
            RuleTexts texts,
            CourseWords courseWords,
            AwardPolicies policies,
            Clock clock) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.ruleSets = ruleSets;
        this.copies = copies;
        this.texts = texts;
        this.courseWords = courseWords;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * Makes a draft of another course's badge. Where this course may speak for the badge's issuer it is the same badge;
     * otherwise one of this course's own issuer that says the same of this course. It is awarded as it was there.
     *
     * @param from the course of {@code source}
     * @param columns for each column of the rule the one of this course to take its place
     * @param badges for each badge that the rule asks for the one that counts here
     * @param sections for sections that it is for those that take their place, as {@link Audience#onto} takes them
     * @throws BadRuleException where a column or badge is missing, a column stands for two, or does not fit
     * @throws org.springframework.dao.DuplicateKeyException where it is here already
     */
    @Transactional
    public RuleSet take(
            CourseContext course,
            CourseContext from,
            RuleSet source,
            Map<Long, Long> columns,
            Map<Long, Long> badges,
            Map<String, String> sections,
            long byPerson) {
        ColumnChoices.require(source.rule(), columns);
        if (!badges.keySet().containsAll(source.rule().badgeIds())) {
            throw new BadRuleException("", "copy.bad.needed");
        }
        Rule rule = Audience.onto(source.rule().onto(columns).ontoBadges(badges), sections);
        ruleSets.check(course.tenant(), course.id(), 0, rule);
        AchievementVersion.Key badge = badge(course, from, source, rule, byPerson);
        RuleSet draft = copies.copy(course.tenant(), source, course.id(), badge, rule, byPerson);
        AwardPolicy chosen =
                policies.chosen(course.tenant(), List.of(source.id())).get(source.id());
        if (chosen != null) {
            policies.put(course.tenant(), draft.id(), chosen.inAnotherCourse(clock.instant()), byPerson);
        }
        return draft;
    }

    /** Whether it would be the very same badge here. Two courses that shared a draft would change it under each other's eyes. */
    boolean isShared(CourseContext course, AchievementVersion original) {
        return original.activatedAt() != null
                && issuers.maySpeak(course.tenant(), original.achievementId(), course.id());
    }

    /** Whether it is valid until a day that is over, also here: the very same badge is not changed by taking it over. */
    boolean staysOver(CourseContext course, AchievementVersion original) {
        return original.isOver(clock.instant(), course.zone()) && isShared(course, original);
    }

    private AchievementVersion.Key badge(
            CourseContext course, CourseContext from, RuleSet source, Rule rule, long byPerson) {
        AchievementVersion original = achievements
                .version(course.tenant(), source.achievementId(), source.achievementVersion())
                .orElseThrow(() -> new BadRuleException("", "copy.bad.gone"));
        if (isShared(course, original)) {
            return original.key();
        }
        long issuer = issuers.of(course.tenant(), course.id(), course.title()).id();
        // What only says the rule says it of this course.
        boolean follows = texts.says(course.tenant(), from.id(), source.rule(), original.criteria());
        return achievements
                .copy(
                        course.tenant(),
                        original.key(),
                        issuer,
                        words -> new AchievementDraft(
                                words.name(),
                                courseWords.moved(words.description(), from.title(), course.title()),
                                follows ? texts.sentence(course.tenant(), course.id(), rule) : words.criteria(),
                                words.colour(),
                                words.imageId(),
                                words.worth() == null
                                        ? null
                                        : words.worth().inAnotherCourse(clock.instant(), course.zone())),
                        byPerson)
                .key();
    }
}
