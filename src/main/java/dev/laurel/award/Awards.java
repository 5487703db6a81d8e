package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Awards of a tenant. Methods that change one are idempotent. */
@Component
public class Awards {

    private final AwardRepository awards;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Awards(AwardRepository awards, ApplicationEventPublisher events, Clock clock) {
        this.awards = awards;
        this.events = events;
        this.clock = clock;
    }

    public Optional<Award> find(TenantId tenant, long awardId) {
        return awards.find(tenant, List.of(awardId)).stream().findFirst();
    }

    /** Those of these that there are, in the order of their numbers. */
    public List<Award> find(TenantId tenant, Collection<Long> awardIds) {
        return awardIds.isEmpty() ? List.of() : awards.find(tenant, awardIds);
    }

    /** Released awards of a person, newest first. */
    public List<Award> ofPerson(TenantId tenant, long personId) {
        return awards.releasedOf(tenant, personId);
    }

    /** Every award of a rule set, oldest first, revoked ones included; samples of it not. */
    public List<Award> ofRuleSet(TenantId tenant, long ruleSetId) {
        return awards.ofRuleSet(tenant, ruleSetId);
    }

    /** How many were awarded and not revoked, samples not counted, by rule set of this course. */
    public Map<Long, Integer> counts(TenantId tenant, long contextId) {
        return awards.counts(tenant, contextId);
    }

    /**
     * The holder accepts her badge. Again, it only changes whether her name is shown; the moment of the first time stays.
     *
     * @throws AwardNotFoundException where it is not hers, not released, or revoked
     */
    @Transactional
    public Award claim(TenantId tenant, long awardId, long personId, boolean showDisplayName) {
        Award before = awards.findForUpdate(tenant, awardId)
                .filter(award -> award.personId() == personId)
                .filter(award -> award.releasedAt() != null && award.revokedAt() == null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
        if (before.claimedAt() != null && before.displayNameShown() == showDisplayName) {
            return before;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        awards.claim(tenant, awardId, showDisplayName, now);
        Award after = find(tenant, awardId).orElseThrow(() -> new AwardNotFoundException(awardId));
        if (before.claimedAt() == null) {
            awards.remember(tenant, awardId, "CLAIMED", personId, now);
            events.publishEvent(new AwardClaimed(tenant, after));
        } else {
            awards.remember(tenant, awardId, showDisplayName ? "NAME_SHOWN" : "NAME_HIDDEN", personId, now);
        }
        return after;
    }

    /** The facts the decision rests on, as JSON. */
    public Optional<String> decisionRecord(TenantId tenant, long awardId) {
        return find(tenant, awardId).flatMap(award -> awards.facts(tenant, award.publicId()));
    }
}
