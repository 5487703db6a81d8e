package dev.laurel.dashboard.course;

import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The badges that rest on a column, for whoever is about to take it away. */
@Component
public class Resting {

    private final RuleSets ruleSets;

    private final Achievements achievements;

    private final Awards awards;

    private final MessageSource messages;

    Resting(RuleSets ruleSets, Achievements achievements, Awards awards, MessageSource messages) {
        this.ruleSets = ruleSets;
        this.achievements = achievements;
        this.awards = awards;
        this.messages = messages;
    }

    /**
     * @param keeping how many have it and were told of it: they keep it
     * @param losing how many have it and were not told of it yet: without the column it is taken back
     */
    record Badge(RuleSet ruleSet, String name, long keeping, long losing) {}

    /** Those whose rule names one of these columns, drafts included. */
    List<Badge> on(CourseContext course, Set<Long> columns) {
        List<RuleSet> naming = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .filter(ruleSet -> !Collections.disjoint(ruleSet.rule().lineItemIds(), columns))
                .toList();
        Map<Long, String> names = achievements.names(
                course.tenant(), naming.stream().map(RuleSet::achievementId).collect(Collectors.toSet()));
        return naming.stream()
                .map(ruleSet -> badge(course, ruleSet, names.getOrDefault(ruleSet.achievementId(), "")))
                .toList();
    }

    private Badge badge(CourseContext course, RuleSet ruleSet, String name) {
        List<Award> held = awards.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .toList();
        long told = held.stream().filter(award -> award.releasedAt() != null).count();
        return new Badge(ruleSet, name, told, held.size() - told);
    }

    /** In words; empty where no badge rests on any of these columns. */
    public String words(CourseContext course, Set<Long> columns) {
        List<Badge> badges = on(course, columns);
        if (badges.isEmpty()) {
            return "";
        }
        return messages.getMessage(
                "column.resting",
                new Object[] {
                    badges.size(),
                    badges.stream().map(badge -> "“" + badge.name() + "”").collect(Collectors.joining(", ")),
                    badges.stream().mapToLong(Badge::keeping).sum(),
                    badges.stream().mapToLong(Badge::losing).sum()
                },
                LocaleContextHolder.getLocale());
    }
}
