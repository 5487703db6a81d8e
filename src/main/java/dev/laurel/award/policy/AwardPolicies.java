package dev.laurel.award.policy;

import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The policy of each badge, with its history. */
@Component
public class AwardPolicies {

    private static final int SHOWN = 50;

    private final AwardPolicyRepository policies;

    private final AwardSettings settings;

    private final RuleSets ruleSets;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    AwardPolicies(
            AwardPolicyRepository policies,
            AwardSettings settings,
            RuleSets ruleSets,
            ApplicationEventPublisher events,
            Clock clock) {
        this.policies = policies;
        this.settings = settings;
        this.ruleSets = ruleSets;
        this.events = events;
        this.clock = clock;
    }

    public record Version(int version, AwardPolicy policy, long changedBy, Instant changedAt) {}

    /** The one in force; the installation's where staff chose nothing. */
    public AwardPolicy of(TenantId tenant, long ruleSetId) {
        return policies.versions(tenant, ruleSetId, 1).stream()
                .findFirst()
                .map(Version::policy)
                .orElseGet(settings::standard);
    }

    /** The same for several badges, in one statement. */
    public Map<Long, AwardPolicy> of(TenantId tenant, Collection<Long> ruleSetIds) {
        Map<Long, AwardPolicy> inForce = new HashMap<>(policies.inForce(tenant, ruleSetIds));
        ruleSetIds.forEach(ruleSet -> inForce.putIfAbsent(ruleSet, settings.standard()));
        return inForce;
    }

    /** What staff chose for these badges; those for which nobody did are missing. One statement. */
    public Map<Long, AwardPolicy> chosen(TenantId tenant, Collection<Long> ruleSetIds) {
        return policies.inForce(tenant, ruleSetIds);
    }

    /** Every choice that was made, newest first. */
    public List<Version> history(TenantId tenant, long ruleSetId) {
        return policies.versions(tenant, ruleSetId, SHOWN);
    }

    /** Which of them is in force, for {@link #put(TenantId, long, int, AwardPolicy, long)}; 0 where staff chose nothing. */
    public int version(TenantId tenant, long ruleSetId) {
        return policies.versions(tenant, ruleSetId, 1).stream()
                .findFirst()
                .map(Version::version)
                .orElse(0);
    }

    /**
     * Puts a policy in force, for awards that wait to be released too. The same once more is no new version.
     *
     * @throws PolicyChangedException where somebody else does at the same time
     */
    @Transactional
    public void put(TenantId tenant, long ruleSetId, AwardPolicy policy, long byPerson) {
        put(tenant, ruleSetId, version(tenant, ruleSetId), policy, byPerson);
    }

    /**
     * The same by whoever read what was in force.
     *
     * @param read which version that was
     * @throws PolicyChangedException where another one is in force by now that says something else
     */
    @Transactional
    public void put(TenantId tenant, long ruleSetId, int read, AwardPolicy policy, long byPerson) {
        if (policy.equals(of(tenant, ruleSetId))) {
            return;
        }
        ruleSets.lock(tenant, ruleSetId);
        if (version(tenant, ruleSetId) != read
                || !policies.add(tenant, ruleSetId, read + 1, policy, byPerson, clock.instant())) {
            throw new PolicyChangedException();
        }
        events.publishEvent(new AwardPolicyChanged(tenant, ruleSetId, policy));
    }

    /** Of a rule set that is deleted. */
    @Transactional
    public void forget(TenantId tenant, long ruleSetId) {
        policies.forget(tenant, ruleSetId);
    }
}
