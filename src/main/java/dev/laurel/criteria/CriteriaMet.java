package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * These learners, who earn in the course or left it, meet their criteria; published once per batch inside the evaluating
 * transaction. It may come again for a learner who has the badge already.
 *
 * @param since when the pass of evaluation began that this batch is a part of
 */
public record CriteriaMet(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners, Instant since) {}
