package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.template.RuleSetImports;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.copy.ColumnChoices;
import dev.laurel.dashboard.copy.CourseWords;
import dev.laurel.dashboard.copy.SectionChoices;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes drafts of badges of a file, each whole or not at all. */
@Component
class ImportDesk {

    private final BadgeDesk badges;

    private final BadgeImages images;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final AwardPolicies policies;

    private final RuleSetImports imports;

    private final CourseWords courseWords;

    private final SectionChoices sectionChoices;

    private final Clock clock;

    ImportDesk(
            BadgeDesk badges,
            BadgeImages images,
            RuleSets ruleSets,
            RuleTexts texts,
            AwardPolicies policies,
            RuleSetImports imports,
            CourseWords courseWords,
            SectionChoices sectionChoices,
            Clock clock) {
        this.badges = badges;
        this.images = images;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.policies = policies;
        this.imports = imports;
        this.courseWords = courseWords;
        this.sectionChoices = sectionChoices;
        this.clock = clock;
    }

    /**
     * Makes a draft of one badge.
     *
     * @param from the course that the file is of, as its words name it
     * @param columns for each column of its rule the one of this course to take its place
     * @param known for each badge that its rule asks for one of this institution
     * @param sections for sections that it is for those that take their place, as {@link Audience#onto} takes them
     * @throws BadRuleException where one of these is missing, or the rule cannot be one here
     * @throws org.springframework.dao.DuplicateKeyException where it is here already
     */
    @Transactional
    public RuleSet take(
            CourseContext course,
            String from,
            BadgeSet.Badge badge,
            Map<Long, Long> columns,
            Map<Long, Long> known,
            Map<String, String> sections,
            long byPerson) {
        ColumnChoices.require(badge.rule(), columns);
        if (!known.keySet().containsAll(badge.rule().badgeIds())) {
            throw new BadRuleException("", "set.bad.needed");
        }
        if (sectionChoices.isLeftToChance(course, badge.rule(), sections)) {
            throw new BadRuleException("", "set.bad.section");
        }
        Rule rule = Audience.onto(badge.rule().onto(columns).ontoBadges(known), sections);
        ruleSets.check(course.tenant(), course.id(), 0, rule);
        String criteria = badge.criteria();
        BadgeSet.Picture picture = badge.picture();
        AchievementDraft words = new AchievementDraft(
                badge.name(),
                courseWords.moved(badge.description(), from, course.title()),
                criteria == null ? texts.sentence(course.tenant(), course.id(), rule) : criteria,
                badge.colour(),
                picture == null ? null : images.upload(course.tenant(), course.id(), picture.png(), picture.altText()),
                badge.worth().inAnotherCourse(clock.instant(), course.zone()));
        RuleSet draft = badges.draft(course, words, rule, byPerson);
        imports.record(course.tenant(), course.id(), badge.id(), draft.id(), byPerson);
        BadgeSet.Award award = badge.award();
        if (award != null) {
            policies.put(course.tenant(), draft.id(), award.policy(clock.instant()), byPerson);
        }
        return draft;
    }
}
