package dev.laurel.criteria;

import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.AttemptsAsked;
import dev.laurel.platform.tenant.TenantId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What active badges ask for other than the latest attempt at: the best, the first, one of certain days or one on time. */
@Component
class AttemptsOfRules implements AttemptsAsked {

    private final RuleSetRepository ruleSets;

    AttemptsOfRules(RuleSetRepository ruleSets) {
        this.ruleSets = ruleSets;
    }

    @Override
    public Set<Long> columns(TenantId tenant, long contextId) {
        return ruleSets.active(tenant, contextId).stream()
                .flatMap(ruleSet -> ruleSet.rule().leaves())
                .filter(Rule.Leaf::needsAttempts)
                .map(Rule.Leaf::lineItemIds)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
