package dev.laurel.dashboard.template;

import dev.laurel.achievement.Achievements;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.template.RuleSetImports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which badge of ours a badge of a file is. */
@Component
class BadgeIds {

    private final Achievements achievements;

    private final RuleSets ruleSets;

    private final RuleSetImports imports;

    BadgeIds(Achievements achievements, RuleSets ruleSets, RuleSetImports imports) {
        this.achievements = achievements;
        this.ruleSets = ruleSets;
        this.imports = imports;
    }

    /** The badges of the file that the course has: its own, and those that came from a file before. By their numbers. */
    Map<Long, RuleSet> here(CourseContext course, BadgeSet set) {
        List<RuleSet> ofCourse = ruleSets.ofContext(course.tenant(), course.id());
        Map<Long, RuleSet> byId = ofCourse.stream().collect(Collectors.toMap(RuleSet::id, Function.identity()));
        Map<Long, RuleSet> byBadge = ofCourse.stream()
                .collect(Collectors.toMap(RuleSet::achievementId, Function.identity(), (one, other) -> one));
        Map<UUID, Long> made = imports.into(course.tenant(), course.id());
        Map<UUID, Long> own = achievements.byPublicIds(
                course.tenant(), set.badges().stream().map(BadgeSet.Badge::id).toList());
        Map<Long, RuleSet> here = new HashMap<>();
        for (BadgeSet.Badge badge : set.badges()) {
            Long ruleSet = made.get(badge.id());
            Long achievement = own.get(badge.id());
            RuleSet found = ruleSet != null ? byId.get(ruleSet) : achievement == null ? null : byBadge.get(achievement);
            if (found != null) {
                here.put(badge.number(), found);
            }
        }
        return here;
    }

    /**
     * Ours for each badge that rules of the file ask for and that is here: in the course, in the institution, or chosen.
     *
     * @param chosen by number, where nothing else is found
     */
    Map<Long, Long> known(CourseContext course, BadgeSet set, Map<Long, Long> chosen) {
        Map<Long, Long> known = new HashMap<>(chosen);
        known.keySet()
                .retainAll(set.others().stream().map(BadgeSet.Other::number).toList());
        Map<UUID, Long> own = achievements.byPublicIds(
                course.tenant(), set.others().stream().map(BadgeSet.Other::id).toList());
        Map<UUID, Long> made = imports.into(course.tenant(), course.id());
        Map<Long, Long> badges = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .collect(Collectors.toMap(RuleSet::id, RuleSet::achievementId));
        for (BadgeSet.Other other : set.others()) {
            Long imported = made.containsKey(other.id()) ? badges.get(made.get(other.id())) : null;
            Long found = imported == null ? own.get(other.id()) : imported;
            if (found != null) {
                known.put(other.number(), found);
            }
        }
        here(course, set).forEach((number, ruleSet) -> known.put(number, ruleSet.achievementId()));
        return known;
    }
}
