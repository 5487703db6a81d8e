package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** From when on a badge is awarded: a choice made when it is activated, in the transaction that does it. */
@Component
@NamedInterface("decision")
public class Beginnings {

    private final Verdicts verdicts;

    private final Outlooks outlooks;

    private final HumanDecisions humanDecisions;

    private final Clock clock;

    Beginnings(Verdicts verdicts, Outlooks outlooks, HumanDecisions humanDecisions, Clock clock) {
        this.verdicts = verdicts;
        this.outlooks = outlooks;
        this.humanDecisions = humanDecisions;
        this.clock = clock;
    }

    /**
     * Whoever would get the badge at this moment, or a higher level of it, or have it renewed, is noted and does not by what
     * she has reached; a level beyond it, and a renewal by what happens later, she gets. What a person decided about somebody
     * stays.
     */
    @Transactional
    public void fromNowOn(TenantId tenant, RuleSet ruleSet, long byPerson) {
        withWhatWas(tenant, ruleSet.id(), byPerson);
        Map<Long, Integer> reached = new HashMap<>();
        outlooks.of(tenant, ruleSet, verdicts.preview(tenant, ruleSet.contextId(), ruleSet.rule()))
                .coming()
                .forEach((person, coming) -> reached.put(person, coming.rank()));
        humanDecisions.metEarlier(
                tenant, ruleSet.id(), reached, Award.Level.names(ruleSet.rule()), byPerson, clock.instant());
    }

    /** Whoever met the rule before gets the badge too. */
    @Transactional
    public void withWhatWas(TenantId tenant, long ruleSetId, long byPerson) {
        List<Long> noted = humanDecisions.ofRuleSet(tenant, ruleSetId).stream()
                .filter(decision -> decision.kind() == HumanDecision.Kind.EARLIER)
                .map(HumanDecision::personId)
                .toList();
        humanDecisions.endEarlier(tenant, ruleSetId, noted, byPerson, clock.instant());
    }
}
