package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsStay;
import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Awards that stay although a result fell: by a person's word, or because it is back. */
@Component
public class Reinstatements {

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final AwardHistory history;

    private final RuleSets ruleSets;

    private final ApplicationEventPublisher events;

    Reinstatements(
            AwardRepository awards,
            AwardChanges changes,
            AwardHistory history,
            RuleSets ruleSets,
            ApplicationEventPublisher events) {
        this.awards = awards;
        this.changes = changes;
        this.history = history;
        this.ruleSets = ruleSets;
        this.events = events;
    }

    /** These stay, whatever fell; those of them that are suspended count again. */
    public void stay(TenantId tenant, List<Award> kept, @Nullable Long byPerson, Instant now) {
        events.publishEvent(new AwardsStay(tenant, kept));
        List<Award> suspended =
                kept.stream().filter(award -> award.suspendedAt() != null).toList();
        if (suspended.isEmpty()) {
            return;
        }
        List<Long> ids = suspended.stream().map(Award::id).toList();
        changes.suspend(tenant, ids, null);
        history.add(tenant, ids, AwardMoment.What.REINSTATED, byPerson, "", now);
        List<Award> reinstated = awards.find(tenant, ids).stream()
                .filter(award -> award.releasedAt() != null)
                .toList();
        if (!reinstated.isEmpty()) {
            ruleSets.recordHeld(
                    tenant,
                    reinstated.stream()
                            .map(award -> award.held(HeldAchievement.Standing.HELD))
                            .toList());
            events.publishEvent(new AwardsReinstated(tenant, reinstated));
        }
    }
}
