package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.Reason;
import dev.laurel.award.fall.Revocations;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Cases that a person looks at before anybody is told, where the badge asks for that. */
@Component
@NamedInterface("decision")
public class Reviews {

    private final AwardRepository awards;

    private final AwardHistory history;

    private final Releases releases;

    private final Revocations revocations;

    private final RuleSets ruleSets;

    private final SecondLook secondLook;

    private final Clock clock;

    Reviews(
            AwardRepository awards,
            AwardHistory history,
            Releases releases,
            Revocations revocations,
            RuleSets ruleSets,
            SecondLook secondLook,
            Clock clock) {
        this.awards = awards;
        this.history = history;
        this.releases = releases;
        this.revocations = revocations;
        this.ruleSets = ruleSets;
        this.secondLook = secondLook;
        this.clock = clock;
    }

    /** What waits, oldest first. */
    public List<Award> waiting(TenantId tenant, long ruleSetId) {
        return awards.ofRuleSet(tenant, ruleSetId).stream()
                .filter(Reviews::waits)
                .toList();
    }

    private static boolean waits(Award award) {
        return award.waitsFor() == Award.Wait.REVIEW || award.waitsFor() == Award.Wait.SECOND_PERSON;
    }

    /**
     * Those of these that still wait go on to their release; answers how many. What waits for a second person goes on only
     * where this one brought none of the files that it rests on.
     *
     * @param reason in words that the students may read; may be empty
     */
    @Transactional
    public int accept(TenantId tenant, long ruleSetId, Collection<Long> awardIds, String reason, long byPerson) {
        ruleSets.lock(tenant, ruleSetId);
        List<Award> locked = lockWaiting(tenant, ruleSetId, awardIds);
        Set<Long> own = own(tenant, ruleSetId, locked, byPerson);
        List<Long> waiting = locked.stream()
                .filter(award -> award.waitsFor() == Award.Wait.REVIEW || !own.contains(award.personId()))
                .map(Award::id)
                .toList();
        history.add(tenant, waiting, AwardMoment.What.ACCEPTED, byPerson, reason.strip(), clock.instant());
        releases.passOn(tenant, ruleSetId, waiting, Award.Wait.REVIEW, byPerson);
        return waiting.size();
    }

    /**
     * Those of these that still wait are unmade, and no check brings them back; answers how many. What their holders were
     * given by hand stays.
     *
     * @param reason in words that the students may read
     * @throws IllegalArgumentException where it is no {@link Reason}
     */
    @Transactional
    public int decline(TenantId tenant, long ruleSetId, Collection<Long> awardIds, String reason, long byPerson) {
        String words = Reason.require(reason);
        ruleSets.lock(tenant, ruleSetId);
        List<Award> waiting = lockWaiting(tenant, ruleSetId, awardIds);
        revocations.takeBackForGood(tenant, ruleSetId, null, waiting, Map.of(), words, byPerson, clock.instant());
        return waiting.size();
    }

    private Set<Long> own(TenantId tenant, long ruleSetId, List<Award> waiting, long byPerson) {
        List<Long> people = waiting.stream()
                .filter(award -> award.waitsFor() == Award.Wait.SECOND_PERSON)
                .map(Award::personId)
                .toList();
        return people.isEmpty()
                ? Set.of()
                : ruleSets.find(tenant, ruleSetId)
                        .map(ruleSet -> secondLook.broughtBy(tenant, ruleSet, people, byPerson))
                        .orElse(Set.of());
    }

    private List<Award> lockWaiting(TenantId tenant, long ruleSetId, Collection<Long> awardIds) {
        return awardIds.isEmpty()
                ? List.of()
                : awards.findForUpdate(tenant, awardIds).stream()
                        .filter(award -> award.ruleSetId() == ruleSetId && waits(award))
                        .toList();
    }
}
