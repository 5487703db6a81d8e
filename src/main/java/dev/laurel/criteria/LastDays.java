package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Badges that are valid until a day that is over: nobody can get them, whatever the rule says. */
@Component
class LastDays {

    private final Achievements achievements;

    private final Contexts contexts;

    private final Clock clock;

    LastDays(Achievements achievements, Contexts contexts, Clock clock) {
        this.achievements = achievements;
        this.contexts = contexts;
        this.clock = clock;
    }

    /** Of those that award, or are to. */
    List<RuleWarning> warnings(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        List<RuleSet> given = ofCourse.stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.PAUSED)
                .toList();
        return over(tenant, contextId, given).stream()
                .map(ruleSet -> new RuleWarning(ruleSet, new Rule.Warning(0, "", "rule.warning.over")))
                .toList();
    }

    /** Those of these rule sets of one course, by number. */
    Set<Long> over(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        Map<AchievementVersion.Key, AchievementVersion> ending =
                achievements
                        .versions(tenant, ofCourse.stream().map(RuleSet::badge).toList())
                        .entrySet()
                        .stream()
                        .filter(each -> each.getValue().validity() != null)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (ending.isEmpty()) {
            return Set.of();
        }
        ZoneId zone = contexts.find(tenant, contextId).map(CourseContext::zone).orElse(ZoneOffset.UTC);
        return ofCourse.stream()
                .filter(ruleSet -> {
                    AchievementVersion version = ending.get(ruleSet.badge());
                    return version != null && version.isOver(clock.instant(), zone);
                })
                .map(RuleSet::id)
                .collect(Collectors.toSet());
    }
}
