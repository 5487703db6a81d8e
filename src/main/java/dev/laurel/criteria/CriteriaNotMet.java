package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * Something changed for these learners, and they do not meet the version of the rule set that is in force, or not at its
 * highest tier. How they stood before is not said: it may have been hidden meanwhile, or under another version. Whether
 * anything follows, only what they were given says. Published once per batch inside the evaluating transaction, before any
 * {@link CriteriaMet}.
 */
public record CriteriaNotMet(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {}
