package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The badges of a course to choose from, without those that are no longer given. */
@Component
class BadgeList {

    private final RuleSets ruleSets;

    private final Achievements achievements;

    BadgeList(RuleSets ruleSets, Achievements achievements) {
        this.ruleSets = ruleSets;
        this.achievements = achievements;
    }

    record Entry(RuleSet ruleSet, AchievementVersion version) {}

    List<Entry> of(CourseContext course) {
        List<RuleSet> all = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .filter(ruleSet -> !ruleSet.isRetired())
                .toList();
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                course.tenant(), all.stream().map(RuleSet::badge).toList());
        return all.stream()
                .filter(ruleSet -> versions.containsKey(ruleSet.badge()))
                .map(ruleSet -> new Entry(ruleSet, Objects.requireNonNull(versions.get(ruleSet.badge()))))
                .toList();
    }
}
