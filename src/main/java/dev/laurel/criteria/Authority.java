package dev.laurel.criteria;

import dev.laurel.achievement.IssuerGrantChanged;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Badges of the institution's issuers in courses that may speak for one of them, or for none: what a course may not award
 * is paused, and exactly that goes on by itself once it may again. What a person paused stays paused, and so does what could
 * not be activated any more, whose page says why.
 */
@Component
public class Authority {

    private final RuleSetRepository ruleSets;

    private final ColumnHealth columns;

    private final LearnerEvaluator evaluator;

    private final Obstacles obstacles;

    private final EvaluationQueue queue;

    private final Issuers issuers;

    private final Clock clock;

    Authority(
            RuleSetRepository ruleSets,
            ColumnHealth columns,
            LearnerEvaluator evaluator,
            Obstacles obstacles,
            EvaluationQueue queue,
            Issuers issuers,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.columns = columns;
        this.evaluator = evaluator;
        this.obstacles = obstacles;
        this.queue = queue;
        this.issuers = issuers;
        this.clock = clock;
    }

    /**
     * What another issuer does to the badges of a course.
     *
     * @param silenced active ones that pause
     * @param resumed ones that were paused for want of this issuer, and go on
     * @param stuck ones that would, and could not be activated any more: they stay paused until somebody activates them
     */
    public record Change(List<RuleSet> silenced, List<RuleSet> resumed, List<RuleSet> stuck) {}

    /** What would change if the course spoke for this issuer of the institution; {@code null}: for none. */
    public Change change(TenantId tenant, long contextId, @Nullable Long issuerId) {
        List<RuleSet> active = ruleSets.active(tenant, contextId);
        List<RuleSet> silenced = ruleSets.silenced(tenant, contextId);
        Map<Long, Long> speaking = issuers.ofInstitution(
                tenant,
                Stream.concat(active.stream(), silenced.stream())
                        .map(RuleSet::achievementId)
                        .toList());
        List<RuleSet> allowed = silenced.stream()
                .filter(each -> issuerId != null && issuerId.equals(speaking.get(each.achievementId())))
                .toList();
        Set<Long> obstructed = obstacles.of(tenant, contextId, allowed).keySet();
        Map<Boolean, List<RuleSet>> stuck =
                allowed.stream().collect(Collectors.partitioningBy(each -> obstructed.contains(each.id())));
        return new Change(
                active.stream()
                        .filter(each -> speaking.containsKey(each.achievementId())
                                && !Objects.equals(speaking.get(each.achievementId()), issuerId))
                        .toList(),
                stuck.getOrDefault(false, List.of()),
                stuck.getOrDefault(true, List.of()));
    }

    /** Whoever met a rule while it was silent is found then, and columns that came meanwhile are known. */
    @EventListener
    void on(IssuerGrantChanged changed) {
        TenantId tenant = changed.tenant();
        Change change = change(tenant, changed.contextId(), changed.issuerId());
        change.silenced().forEach(each -> ruleSets.silence(tenant, each.id(), clock.instant()));
        change.stuck().forEach(each -> ruleSets.keepPaused(tenant, each.id()));
        for (RuleSet each : change.resumed()) {
            if (ruleSets.resume(tenant, each.id())) {
                CourseFacts facts = evaluator.facts(tenant, changed.contextId(), List.of(each.rule()));
                columns.added(tenant, List.of(each), facts, facts.items().keySet());
                queue.everybodyUnder(tenant, each);
            }
        }
    }
}
