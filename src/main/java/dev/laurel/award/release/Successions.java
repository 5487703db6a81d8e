package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What becomes of awards when others of the same badges and holders are released. */
@Component
class Successions {

    private final ReleaseRepository releases;

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final AwardHistory history;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Successions(
            ReleaseRepository releases,
            AwardRepository awards,
            AwardChanges changes,
            AwardHistory history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.releases = releases;
        this.awards = awards;
        this.changes = changes;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Nobody was told of what these take the place of: that is unmade, and if it is one of these.
     *
     * @param going the same, or others that are released already
     * @return those of these that are left
     */
    List<Long> withoutUntold(TenantId tenant, List<Long> awardIds, List<Award> going) {
        List<Long> again = again(going);
        if (again.isEmpty()) {
            return awardIds;
        }
        List<Award> untold = lock(tenant, releases.replaced(tenant, again)).stream()
                .filter(award -> award.releasedAt() == null)
                .toList();
        if (untold.isEmpty()) {
            return awardIds;
        }
        changes.unmake(tenant, untold);
        Set<Long> unmade = untold.stream().map(Award::id).collect(Collectors.toSet());
        return awardIds.stream().filter(award -> !unmade.contains(award)).toList();
    }

    /** What these take the place of leaves; it is never edited. */
    void supersede(TenantId tenant, List<Award> released) {
        List<Long> again = again(released);
        Map<Long, Long> replaced = again.isEmpty() ? Map.of() : releases.replaced(tenant, again);
        List<Long> ids = lock(tenant, replaced).stream()
                .filter(award -> award.releasedAt() != null)
                .map(Award::id)
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        replaced.keySet().retainAll(ids);
        Instant now = clock.instant();
        releases.supersede(tenant, replaced, now);
        history.add(tenant, ids, AwardMoment.What.SUPERSEDED, null, "", now);
        events.publishEvent(new AwardsSuperseded(tenant, awards.find(tenant, ids)));
    }

    /** Those that still stand, in the order of their numbers: a join would lock them in its own. */
    private List<Award> lock(TenantId tenant, Map<Long, Long> replaced) {
        return replaced.isEmpty()
                ? List.of()
                : awards.findForUpdate(tenant, replaced.keySet()).stream()
                        .filter(award -> award.revokedAt() == null)
                        .toList();
    }

    private static List<Long> again(List<Award> awards) {
        return awards.stream()
                .filter(award -> award.occurrence() > 1)
                .map(Award::id)
                .toList();
    }
}
