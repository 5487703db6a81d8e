package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Reason;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.award.release.Reinstatements;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person decides about an award whose result fell, in words that its holder reads. */
@Component
@NamedInterface("fall")
public class FallDecisions {

    private final FallRepository falls;

    private final Reinstatements reinstatements;

    private final Revocations revocations;

    private final AwardRepository awards;

    private final AwardHistory history;

    private final Questions questions;

    private final HumanDecisions humanDecisions;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Clock clock;

    FallDecisions(
            FallRepository falls,
            Reinstatements reinstatements,
            Revocations revocations,
            AwardRepository awards,
            AwardHistory history,
            Questions questions,
            HumanDecisions humanDecisions,
            RuleSets ruleSets,
            Verdicts verdicts,
            Clock clock) {
        this.falls = falls;
        this.reinstatements = reinstatements;
        this.revocations = revocations;
        this.awards = awards;
        this.history = history;
        this.questions = questions;
        this.humanDecisions = humanDecisions;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    /**
     * A person decides that the award stays. The machine does not ask again. Where that person read what the student asks
     * about it, the reason is the answer.
     *
     * @param read whether she did
     * @throws AwardNotFoundException where nothing is open
     */
    @Transactional
    public void keep(TenantId tenant, long ruleSetId, long fallId, String reason, long byPerson, boolean read) {
        Instant now = clock.instant();
        Fall fall = lock(tenant, ruleSetId, fallId, now);
        falls.close(tenant, fall.awardId(), FallRepository.State.KEPT, byPerson, now);
        history.add(tenant, List.of(fall.awardId()), AwardMoment.What.KEPT, byPerson, Reason.require(reason), now);
        reinstatements.stay(tenant, awards.find(tenant, List.of(fall.awardId())), byPerson, now);
        if (read) {
            questions.answerAll(tenant, ruleSetId, List.of(fall.personId()), reason, byPerson);
        }
    }

    /**
     * A person approves that the award is taken back. Once the result is back, it can be earned again, also by somebody who
     * had met the rule before the badge was activated. What the student asks about it is answered with the reason.
     *
     * @param read whether that person read that the student asks
     * @throws UnansweredException where the student asks, and that was not read
     * @throws TooEarlyException before the time that the student was told, unless she objected
     * @throws AwardNotFoundException where nothing is open
     */
    @Transactional
    public void revoke(TenantId tenant, long ruleSetId, long fallId, String reason, long byPerson, boolean read) {
        Instant now = clock.instant();
        Fall fall = lock(tenant, ruleSetId, fallId, now);
        List<Award> taken = awards.find(tenant, List.of(fall.awardId()));
        questions.requireRead(tenant, taken.get(0), read);
        if (!fall.mayBeTakenBack(now)) {
            throw new TooEarlyException(fall.awardId());
        }
        revocations.takeBack(tenant, taken, Reason.require(reason), byPerson, now);
        questions.answerAll(tenant, ruleSetId, List.of(fall.personId()), reason, byPerson);
        humanDecisions.endEarlier(tenant, ruleSetId, List.of(fall.personId()), byPerson, now);
        // What is still reached of a badge with tiers, or in another course that gives it, she earns at once.
        verdicts.evaluateWhereGiven(tenant, Revocations.peopleByBadge(taken));
    }

    private Fall lock(TenantId tenant, long ruleSetId, long fallId, Instant now) {
        ruleSets.lock(tenant, ruleSetId);
        return falls.find(tenant, ruleSetId, fallId, now)
                .flatMap(read -> awards.findForUpdate(tenant, read.awardId()))
                .flatMap(award -> falls.lock(tenant, ruleSetId, fallId, now))
                .orElseThrow(() -> new AwardNotFoundException(fallId));
    }
}
