package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * Something changed for these learners, and they do not meet these rule sets of a course now, or not at the highest tier.
 * How they stood before is not said: it may have been hidden meanwhile, or under another version of the rule. Whether
 * anything follows, only what they were given says. Published once per batch inside the evaluating transaction, before
 * {@link CriteriaMet} of the same.
 *
 * @param ruleSets all of one course
 * @param learners each under one of these rule sets, in the version in force
 */
public record CriteriaNotMet(TenantId tenant, List<RuleSet> ruleSets, List<PersonEvaluation> learners) {}
