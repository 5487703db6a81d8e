package dev.laurel.criteria;

import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what rules need for many learners at once: two statements, however many they are. */
@Component
class LearnerEvaluator {

    private final Gradebook gradebook;

    LearnerEvaluator(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    /**
     * What these rules look at.
     *
     * @param people {@code null}: everybody in the course
     */
    Course course(TenantId tenant, long contextId, List<Rule> rules, @Nullable Collection<Long> people) {
        Set<Long> ids = new HashSet<>();
        rules.forEach(rule -> ids.addAll(rule.lineItemIds()));
        Map<Long, Map<Long, Observation>> results = new HashMap<>();
        for (Observation observation : gradebook.latest(tenant, contextId, ids, people)) {
            results.computeIfAbsent(observation.personId(), person -> new HashMap<>())
                    .put(observation.lineItemId(), observation);
        }
        return new Course(items(tenant, contextId), results);
    }

    Map<Long, LineItem> items(TenantId tenant, long contextId) {
        return gradebook.lineItems(tenant, contextId).stream()
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
    }

    /** Columns and results of a course, ready to evaluate one learner after the other. */
    record Course(Map<Long, LineItem> items, Map<Long, Map<Long, Observation>> results) {

        PersonEvaluation evaluate(RuleSet ruleSet, long person, Instant now) {
            return evaluate(ruleSet.id(), ruleSet.version(), ruleSet.rule(), person, now);
        }

        PersonEvaluation evaluate(long ruleSetId, int version, Rule rule, long person, Instant now) {
            Map<Long, Observation> observations = results.getOrDefault(person, Map.of());
            Evaluation evaluation = Evaluator.evaluate(rule, items, observations);
            return new PersonEvaluation(
                    ruleSetId, version, person, evaluation, now, lastThatCounted(rule, observations));
        }

        private static @Nullable Reference lastThatCounted(Rule rule, Map<Long, Observation> observations) {
            Observation last = null;
            for (long item : rule.lineItemIds()) {
                Observation observation = observations.get(item);
                if (observation != null && (last == null || observation.seq() > last.seq())) {
                    last = observation;
                }
            }
            return last == null ? null : last.reference();
        }
    }
}
