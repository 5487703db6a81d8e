package dev.laurel.dashboard.course;

import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.platform.wording.Wording;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The badges that rest on a column, or on the letters of the course, for whoever is about to take it away. */
@Component
public class Resting {

    private final RuleSets ruleSets;

    private final Achievements achievements;

    private final Awards awards;

    private final Wording wording;

    Resting(RuleSets ruleSets, Achievements achievements, Awards awards, Wording wording) {
        this.ruleSets = ruleSets;
        this.achievements = achievements;
        this.awards = awards;
        this.wording = wording;
    }

    /**
     * @param keeping how many have it and were told of it: they keep it
     * @param losing how many have it and were not told of it yet: without the column it is taken back
     */
    record Badge(RuleSet ruleSet, String name, long keeping, long losing) {}

    /** Those whose rule names one of these columns, drafts included. */
    List<Badge> on(CourseContext course, Set<Long> columns) {
        return badges(course, naming(course, columns));
    }

    private List<RuleSet> naming(CourseContext course, Set<Long> columns) {
        return ruleSets.ofContext(course.tenant(), course.id()).stream()
                .filter(ruleSet -> !Collections.disjoint(ruleSet.rule().lineItemIds(), columns))
                .toList();
    }

    /** Those whose rule counts one of these columns among others of its group, such as a session, and names none. */
    private List<RuleSet> counting(CourseContext course, Set<Long> columns) {
        return ruleSets.ofContext(course.tenant(), course.id()).stream()
                .filter(ruleSet -> ruleSet.rule().leaves().anyMatch(leaf -> leaf.counted() != null)
                        && Collections.disjoint(ruleSet.rule().lineItemIds(), columns)
                        && !Collections.disjoint(ruleSets.looksAt(course.tenant(), ruleSet), columns))
                .toList();
    }

    /** Those whose rule asks for a letter of the course, drafts included. */
    List<Badge> onLetters(CourseContext course) {
        return badges(
                course,
                ruleSets.ofContext(course.tenant(), course.id()).stream()
                        .filter(ruleSet -> !ruleSet.isRetired()
                                && ruleSet.rule()
                                        .leaves()
                                        .anyMatch(leaf -> leaf instanceof CourseTotal total && total.letter() != null))
                        .toList());
    }

    private List<Badge> badges(CourseContext course, List<RuleSet> some) {
        Map<Long, String> names = achievements.names(
                course.tenant(), some.stream().map(RuleSet::achievementId).collect(Collectors.toSet()));
        return some.stream()
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
        return Stream.of(
                        words("column.resting", on(course, columns)),
                        words("column.counting", badges(course, counting(course, columns))))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** In words; empty where there are none. */
    String words(String key, List<Badge> badges) {
        return badges.isEmpty()
                ? ""
                : wording.say(
                        key,
                        badges.size(),
                        badges.stream().map(badge -> "“" + badge.name() + "”").collect(Collectors.joining(", ")),
                        badges.stream().mapToLong(Badge::keeping).sum(),
                        badges.stream().mapToLong(Badge::losing).sum());
    }
}
