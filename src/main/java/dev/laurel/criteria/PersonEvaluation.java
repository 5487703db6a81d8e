package dev.laurel.criteria;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.road.Reference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current evaluation of one learner under one rule set. */
public record PersonEvaluation(
        long ruleSetId,
        int ruleSetVersion,
        long personId,
        Evaluation evaluation,
        Instant evaluatedAt,
        @Nullable Reference reference) {

    /** Whether the rule is met, at the highest tier where it has tiers. */
    boolean reachesAll(Rule rule) {
        return evaluation.verdict() == Verdict.MET
                && Evaluator.tiers(rule, evaluation.lines()).stream().allMatch(Verdict.MET::equals);
    }
}
