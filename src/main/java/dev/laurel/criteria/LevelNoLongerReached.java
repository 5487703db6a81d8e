package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * These learners still meet the rule set, but not at the tier at which they met this version of it before. Published once per
 * batch inside the evaluating transaction, before {@link CriteriaMet} of the same. A new version of the rule alone makes
 * nobody fall.
 */
public record LevelNoLongerReached(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
