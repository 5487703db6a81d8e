package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.human.Granted;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes awards back. What nobody was told of is unmade; what was released is revoked, with who and why. */
@Component
public class Revocations {

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final AwardHistory history;

    private final FallRepository falls;

    private final HumanDecisions humanDecisions;

    private final RuleSets ruleSets;

    private final ApplicationEventPublisher events;

    Revocations(
            AwardRepository awards,
            AwardChanges changes,
            AwardHistory history,
            FallRepository falls,
            HumanDecisions humanDecisions,
            RuleSets ruleSets,
            ApplicationEventPublisher events) {
        this.awards = awards;
        this.changes = changes;
        this.history = history;
        this.falls = falls;
        this.humanDecisions = humanDecisions;
        this.ruleSets = ruleSets;
        this.events = events;
    }

    /**
     * Within a transaction that has locked them, and with them what is decided for the same people and not released yet, as
     * a higher tier is. No check gives these people the badge again, until a person allows it. Whoever loses no more than what
     * goes beyond what she was given by hand keeps that, and no check gives her more.
     *
     * @param passId where all that a pass gave is taken; {@code null}: decided about these people alone
     * @param had by award what its holder has again without it
     */
    public void takeBackForGood(
            TenantId tenant,
            long ruleSetId,
            @Nullable Long passId,
            List<Award> taken,
            Map<Long, Award> had,
            String reason,
            long byPerson,
            Instant now) {
        takeBack(tenant, taken, reason, byPerson, now);
        Set<Long> people = taken.stream().map(Award::personId).collect(Collectors.toSet());
        Granted granted = humanDecisions.granted(tenant, ruleSetId, people);
        Set<Long> keeping = taken.stream()
                .filter(award -> granted.isBeyond(award, had.get(award.id())))
                .map(Award::personId)
                .collect(Collectors.toSet());
        List<Award> waiting = awards.lockUnreleased(tenant, ruleSetId, people).stream()
                .filter(award -> !keeping.contains(award.personId()) || granted.isBeyond(award, null))
                .toList();
        if (!waiting.isEmpty()) {
            changes.unmake(tenant, waiting);
        }
        humanDecisions.noMore(tenant, ruleSetId, keeping, passId, byPerson);
        people.removeAll(keeping);
        humanDecisions.withhold(tenant, ruleSetId, people, reason, passId, byPerson, now);
    }

    /** Within a transaction that has locked them. The badge may be earned again. */
    public void takeBack(TenantId tenant, List<Award> taken, String reason, long byPerson, Instant now) {
        List<Award> untold =
                taken.stream().filter(award -> award.releasedAt() == null).toList();
        if (!untold.isEmpty()) {
            changes.unmake(tenant, untold);
        }
        List<Long> told = taken.stream()
                .filter(award -> award.releasedAt() != null && award.revokedAt() == null)
                .map(Award::id)
                .toList();
        if (told.isEmpty()) {
            return;
        }
        changes.revoke(tenant, told, now);
        falls.close(tenant, told, FallRepository.State.REVOKED, byPerson, now);
        history.add(tenant, told, AwardMoment.What.REVOKED, byPerson, reason, now);
        List<Award> revoked = awards.find(tenant, told);
        ruleSets.recordHeld(
                tenant,
                revoked.stream()
                        .map(award -> award.held(HeldAchievement.Standing.REVOKED))
                        .toList());
        events.publishEvent(new AwardsRevoked(tenant, revoked));
    }

    static Map<Long, Set<Long>> peopleByBadge(List<Award> awards) {
        return awards.stream()
                .collect(Collectors.groupingBy(
                        Award::achievementId, Collectors.mapping(Award::personId, Collectors.toSet())));
    }
}
