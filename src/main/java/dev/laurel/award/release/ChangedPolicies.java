package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicyChanged;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What becomes of awards that wait for their release when somebody changes how their badge is released. */
@Component
class ChangedPolicies {

    private final Releases releases;

    private final ReleaseRepository waiting;

    private final AwardRepository awards;

    private final Verdicts verdicts;

    private final Clock clock;

    ChangedPolicies(
            Releases releases, ReleaseRepository waiting, AwardRepository awards, Verdicts verdicts, Clock clock) {
        this.releases = releases;
        this.waiting = waiting;
        this.awards = awards;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    /** What waits follows the policy in force as if it had been decided by it, from when its results were seen; what is due by it is released at once. */
    @EventListener
    void on(AwardPolicyChanged changed) {
        TenantId tenant = changed.tenant();
        AwardPolicy policy = changed.policy();
        Instant now = clock.instant();
        List<Long> unreleased = waiting.lockUnreleased(tenant, changed.ruleSetId());
        if (unreleased.isEmpty()) {
            return;
        }
        waiting.waitFor(tenant, changed.ruleSetId(), Releases.after(Award.Wait.REVIEW, policy));
        Map<Long, PersonEvaluation> states = verdicts.ofRuleSet(tenant, changed.ruleSetId()).stream()
                .collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        Map<Long, Instant> moments = new HashMap<>();
        for (Award award : awards.find(tenant, unreleased)) {
            moments.put(award.id(), policy.releaseAt(now, settled(award, states.get(award.personId()), policy, now)));
        }
        releases.follow(tenant, changed.ruleSetId(), moments);
    }

    private static Instant settled(Award award, @Nullable PersonEvaluation state, AwardPolicy policy, Instant now) {
        if (award.passId() == null) {
            return now;
        }
        // Who has left, or is a test student, is not among those whose results are known.
        return state == null
                ? award.decidedAt().plus(policy.settling())
                : policy.settled(state.evaluation()).orElse(now);
    }
}
