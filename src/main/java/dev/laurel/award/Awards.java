package dev.laurel.award;

import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.ledger.GroundsReader;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Awards of a tenant. Methods that change one are idempotent. */
@Component
public class Awards {

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final DecisionRecordRepository records;

    private final AwardHistory history;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Awards(
            AwardRepository awards,
            AwardChanges changes,
            DecisionRecordRepository records,
            AwardHistory history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.awards = awards;
        this.changes = changes;
        this.records = records;
        this.history = history;
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

    /** Those of them that this person has or had, oldest first. */
    public List<Award> ofRuleSet(TenantId tenant, long ruleSetId, long personId) {
        return awards.ofRuleSet(tenant, ruleSetId, personId).stream()
                .filter(award -> award.sampleOf() == null)
                .toList();
    }

    /**
     * The newest awards of badges of these issuers, newest first, at most so many; what was taken back and samples are not
     * among them.
     *
     * @param before only what was decided before this award; {@code Long.MAX_VALUE}: the newest of all
     */
    public List<Award> newest(TenantId tenant, Collection<Long> issuerIds, long before, int limit) {
        return issuerIds.isEmpty() ? List.of() : awards.newest(tenant, issuerIds, before, limit);
    }

    /** How many people were told of an award that was not taken back, samples not counted, by rule set. */
    public Map<Long, Integer> counts(TenantId tenant, Collection<Long> ruleSetIds) {
        return ruleSetIds.isEmpty() ? Map.of() : awards.counts(tenant, ruleSetIds);
    }

    /**
     * The holder accepts her badge, also one that she had declined. Again, it only changes what is shown of her name; the
     * moment of the first time stays.
     *
     * @throws AwardNotFoundException where it is not hers, not released, or revoked
     */
    @Transactional
    public Award claim(TenantId tenant, long awardId, long personId, Award.NameShown name) {
        Award before = requireOwn(tenant, awardId, personId);
        if (before.claimedAt() != null && before.nameShown() == name) {
            return before;
        }
        Instant now = clock.instant();
        changes.claim(tenant, awardId, name, now);
        Award after = find(tenant, awardId).orElseThrow(() -> new AwardNotFoundException(awardId));
        if (before.claimedAt() == null) {
            history.add(tenant, List.of(awardId), AwardMoment.What.CLAIMED, personId, "", now);
            events.publishEvent(new AwardClaimed(tenant, after));
        } else {
            history.add(
                    tenant,
                    List.of(awardId),
                    name == Award.NameShown.NONE ? AwardMoment.What.NAME_HIDDEN : AwardMoment.What.NAME_SHOWN,
                    personId,
                    "",
                    now);
        }
        return after;
    }

    /**
     * The holder does not want it. It stays hers to accept later; nothing that tells others of it is sent any more.
     *
     * @throws AwardNotFoundException where it is not hers, not released, revoked, or accepted already
     */
    @Transactional
    public void decline(TenantId tenant, long awardId, long personId) {
        Award award = requireOwn(tenant, awardId, personId);
        if (award.claimedAt() != null) {
            throw new AwardNotFoundException(awardId);
        }
        if (award.declinedAt() != null) {
            return;
        }
        Instant now = clock.instant();
        changes.decline(tenant, awardId, now);
        history.add(tenant, List.of(awardId), AwardMoment.What.DECLINED, personId, "", now);
        events.publishEvent(new AwardDeclined(tenant, awardId));
    }

    private Award requireOwn(TenantId tenant, long awardId, long personId) {
        return awards.findForUpdate(tenant, awardId)
                .filter(award -> award.personId() == personId)
                .filter(award -> award.releasedAt() != null && award.revokedAt() == null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
    }

    /** What happened to it since it was decided, oldest first. */
    public List<AwardMoment> history(TenantId tenant, long awardId) {
        return history.of(tenant, awardId);
    }

    /** When these awards last came into force again, by award; those that always were are not among them. One statement. */
    public Map<Long, Instant> reinstatedAt(TenantId tenant, Collection<Long> awardIds) {
        return awardIds.isEmpty() ? Map.of() : history.last(tenant, awardIds, AwardMoment.What.REINSTATED);
    }

    /** The facts the decision rests on, as JSON. */
    public Optional<String> decisionRecord(TenantId tenant, long awardId) {
        return find(tenant, awardId).flatMap(award -> records.facts(tenant, award.publicId()));
    }

    /** The same of several awards, by public id, as far as they are there. One statement. */
    public Map<UUID, String> decisionRecords(TenantId tenant, Collection<Award> of) {
        return of.isEmpty()
                ? Map.of()
                : records.facts(tenant, of.stream().map(Award::publicId).toList());
    }

    /**
     * SHA-256 of the decision records of these awards as they are exported, hexadecimal, by public id. Records from before
     * there were salts have none. One statement.
     */
    public Map<UUID, String> decisionHashes(TenantId tenant, Collection<Award> of) {
        return of.isEmpty()
                ? Map.of()
                : records.hashes(tenant, of.stream().map(Award::publicId).toList());
    }

    /** What the decisions about these awards rested on, by public id, as far as their records are there. One statement. */
    public Map<UUID, Grounds> grounds(TenantId tenant, Collection<Award> of) {
        Map<UUID, Grounds> grounds = new HashMap<>();
        decisionRecords(tenant, of).forEach((award, facts) -> grounds.put(award, GroundsReader.read(facts)));
        return grounds;
    }

    /** What its holder has and had of the same badge, this one with it, oldest first: an award leaves and a newer one comes. */
    public List<Award> chain(TenantId tenant, Award award) {
        return chains(tenant, List.of(award)).getOrDefault(award.id(), List.of());
    }

    /** The same of each of these, by its number. One statement. */
    public Map<Long, List<Award>> chains(TenantId tenant, Collection<Award> of) {
        Map<Long, List<Award>> chains = new HashMap<>();
        if (!of.isEmpty()) {
            Map<Long, List<Award>> known = awards
                    .chains(
                            tenant,
                            of.stream().map(Award::personId).collect(Collectors.toSet()),
                            of.stream().map(Award::achievementId).collect(Collectors.toSet()))
                    .stream()
                    .collect(Collectors.groupingBy(Award::personId));
            of.forEach(award -> chains.put(
                    award.id(),
                    known.getOrDefault(award.personId(), List.of()).stream()
                            .filter(each -> each.achievementId() == award.achievementId())
                            .toList()));
        }
        return chains;
    }
}
