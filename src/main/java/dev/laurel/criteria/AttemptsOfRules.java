package dev.laurel.criteria;

import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.AttemptsAsked;
import dev.laurel.platform.tenant.TenantId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What active badges ask for other than the latest result of: the best, the first, or one of certain days. */
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
                .filter(leaf -> leaf instanceof Score && leaf.needsHistory())
                .map(Rule.Leaf::lineItemIds)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
