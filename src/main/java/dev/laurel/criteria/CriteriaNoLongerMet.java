package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * These learners met this version of the rule set and do not any more: a grade was corrected, hidden or taken away.
 * Published once per batch inside the evaluating transaction. A new version of the rule alone makes nobody fall.
 */
public record CriteriaNoLongerMet(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
