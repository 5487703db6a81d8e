package dev.laurel.award.decision;

import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** From when on a badge is awarded: a choice made when it is activated, in the transaction that does it. */
@Component
@NamedInterface("decision")
public class Beginnings {

    private final Verdicts verdicts;

    private final AwardRepository awards;

    private final HumanDecisions humanDecisions;

    private final Clock clock;

    Beginnings(Verdicts verdicts, AwardRepository awards, HumanDecisions humanDecisions, Clock clock) {
        this.verdicts = verdicts;
        this.awards = awards;
        this.humanDecisions = humanDecisions;
        this.clock = clock;
    }

    /**
     * Whoever meets the rule at this moment is noted and does not get the badge by it. What a person decided about somebody
     * stays.
     */
    @Transactional
    public void fromNowOn(TenantId tenant, RuleSet ruleSet, long byPerson) {
        withWhatWas(tenant, ruleSet.id(), byPerson);
        Set<Long> people = verdicts.preview(tenant, ruleSet.contextId(), ruleSet.rule()).stream()
                .filter(learner -> learner.evaluation().verdict() == Verdict.MET)
                .map(PersonEvaluation::personId)
                .collect(Collectors.toCollection(HashSet::new));
        awards.ofRuleSet(tenant, ruleSet.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .forEach(award -> people.remove(award.personId()));
        humanDecisions.ofRuleSet(tenant, ruleSet.id()).forEach(decision -> people.remove(decision.personId()));
        humanDecisions.decide(
                tenant, ruleSet.id(), people, HumanDecision.Kind.EARLIER, "", null, null, false, byPerson, now());
    }

    /** Whoever met the rule before gets the badge too. */
    @Transactional
    public void withWhatWas(TenantId tenant, long ruleSetId, long byPerson) {
        List<Long> noted = humanDecisions.ofRuleSet(tenant, ruleSetId).stream()
                .filter(decision -> decision.kind() == HumanDecision.Kind.EARLIER)
                .map(HumanDecision::personId)
                .toList();
        humanDecisions.end(tenant, ruleSetId, noted, "", byPerson, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
