package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** What is decided and its holders are not to be told yet. */
@Component
@NamedInterface("release")
public class Unreleased {

    private final ReleaseRepository releases;

    private final AwardRepository awards;

    private final AwardPolicies policies;

    private final Clock clock;

    Unreleased(ReleaseRepository releases, AwardRepository awards, AwardPolicies policies, Clock clock) {
        this.releases = releases;
        this.awards = awards;
        this.policies = policies;
        this.clock = clock;
    }

    /** What waits for the instructor of a badge, oldest first: samples only where nothing else does. */
    public List<Award> waiting(TenantId tenant, long ruleSetId) {
        List<Long> ids = releases.waiting(tenant, ruleSetId, Award.Wait.INSTRUCTOR);
        List<Award> all = ids.isEmpty() ? List.of() : awards.find(tenant, ids);
        List<Award> real =
                all.stream().filter(award -> award.sampleOf() == null).toList();
        return real.isEmpty() ? all : real;
    }

    /**
     * Rule sets of whose state this person is to be told nothing yet: something is decided and not released, or a result
     * has not settled, whether it is enough or not. A result that misses the rule might be the one that is not posted.
     *
     * @param states of this person
     */
    public Set<Long> notFinal(TenantId tenant, long personId, Collection<PersonEvaluation> states) {
        Set<Long> notFinal = new HashSet<>(releases.unreleasedOf(tenant, personId));
        List<PersonEvaluation> unknown = states.stream()
                .filter(state -> state.evaluation().lastOfUnknownVisibility().isPresent())
                .toList();
        Map<Long, AwardPolicy> inForce = policies.of(
                tenant, unknown.stream().map(PersonEvaluation::ruleSetId).toList());
        Instant now = clock.instant();
        unknown.stream()
                .filter(state -> Optional.ofNullable(inForce.get(state.ruleSetId()))
                        .flatMap(policy -> policy.settled(state.evaluation()))
                        .filter(now::isBefore)
                        .isPresent())
                .map(PersonEvaluation::ruleSetId)
                .forEach(notFinal::add);
        return notFinal;
    }
}
