package dev.laurel.criteria;

import dev.laurel.criteria.rule.Evaluation;
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
        @Nullable Reference reference) {}
