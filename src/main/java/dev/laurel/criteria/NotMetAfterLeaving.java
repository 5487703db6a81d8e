package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * These learners left the course and, by a result that came late, do not meet the rule set. No evaluation is kept of who
 * left: whether they met it before, only what they were given says. Published once per batch inside the evaluating
 * transaction.
 */
public record NotMetAfterLeaving(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
