package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * These learners do not meet the rule set, and how they stood before is not known: they left the course, so nothing is kept
 * of them, or what they had was not decidable meanwhile, because it was hidden, handed in once more or cleared before it
 * was graded lower. Whether they met it before that, only what they were given says. Published once per batch inside the
 * evaluating transaction.
 */
public record NotMetAfterUnknown(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
