package dev.laurel.dashboard.copy;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSetCopies;
import dev.laurel.criteria.rule.BadRuleException;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes badges over, each with its rule or not at all. */
@Component
class CopyDesk {

    private final Achievements achievements;

    private final Issuers issuers;

    private final RuleSetCopies copies;

    CopyDesk(Achievements achievements, Issuers issuers, RuleSetCopies copies) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.copies = copies;
    }

    /**
     * Makes a draft of another course's badge. Where this course may speak for the badge's issuer it is the same badge;
     * otherwise one of this course's own issuer that says the same.
     *
     * @param columns for each column of the rule the one of this course to take its place
     * @throws BadRuleException where a column is missing, stands for two, or does not fit
     * @throws org.springframework.dao.DuplicateKeyException where it is here already
     */
    @Transactional
    public RuleSet take(CourseContext course, RuleSet source, Map<Long, Long> columns, long byPerson) {
        ColumnChoices.require(source.rule(), columns);
        return copies.copy(course.tenant(), source, course.id(), badge(course, source, byPerson), columns, byPerson);
    }

    private AchievementVersion.Key badge(CourseContext course, RuleSet source, long byPerson) {
        AchievementVersion original = achievements
                .version(course.tenant(), source.achievementId(), source.achievementVersion())
                .orElseThrow(() -> new BadRuleException("", "copy.bad.gone"));
        // Two courses that shared a draft would each change it under the other's eyes.
        if (original.activatedAt() != null
                && issuers.maySpeak(course.tenant(), original.achievementId(), course.id())) {
            return original.key();
        }
        long issuer = issuers.of(course.tenant(), course.id(), course.title()).id();
        return achievements
                .copy(course.tenant(), original.key(), issuer, byPerson)
                .key();
    }
}
