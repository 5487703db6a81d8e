package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * These learners, who earn in the course or left it, meet their criteria; published once per batch inside the evaluating
 * transaction. It may come again for a learner who has the badge already.
 */
public record CriteriaMet(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
