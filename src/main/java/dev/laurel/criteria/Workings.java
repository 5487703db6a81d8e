package dev.laurel.criteria;

import dev.laurel.criteria.EvaluationRepository.Explained;
import dev.laurel.criteria.EvaluationRepository.Key;
import dev.laurel.criteria.EvaluationRepository.Stored;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Works out what rules say of people, and how that is written down. It changes nothing, so many are worked out on all
 * processors at once, and those of the next transaction while the database still writes what came of the last.
 */
@Component
class Workings {

    /** Fewer are worked out before others could help. */
    private static final int MANY = 500;

    private final LearnerEvaluator evaluator;

    private final Gradebook gradebook;

    private final EvaluationRepository evaluations;

    private final Clock clock;

    private final int chunk;

    private final SimpleAsyncTaskExecutor aside = new SimpleAsyncTaskExecutor("criteria-ahead-");

    Workings(
            LearnerEvaluator evaluator,
            Gradebook gradebook,
            EvaluationRepository evaluations,
            Clock clock,
            CriteriaSettings settings) {
        this.evaluator = evaluator;
        this.gradebook = gradebook;
        this.evaluations = evaluations;
        this.clock = clock;
        this.chunk = settings.chunk();
        aside.setDaemon(true);
    }

    /**
     * As many changes as one transaction looks at, and what rules say of whom they are about.
     *
     * @param after the number of the change before them
     * @param stored what was said of them before
     */
    record Ahead(
            long after,
            List<Observation> changes,
            Touched touched,
            Map<Long, List<Explained>> explained,
            Map<Key, Stored> stored) {

        /** What the transaction before it stored may have been read too early. */
        Ahead after(List<Explained> changed) {
            Map<Key, Stored> now = new HashMap<>(stored);
            changed.stream().map(Stored::of).forEach(each -> now.put(each.key(), each));
            return new Ahead(after, changes, touched, explained, now);
        }
    }

    /**
     * What follows from the changes after this number, begun now and done beside the caller's transaction. Whatever changes
     * once it was read stands in the log after these changes or is asked for by itself, so all that is needed is that the
     * caller has read before. Nothing, where fewer are there than one transaction looks at, or where it failed: then the
     * transaction does it itself.
     */
    CompletableFuture<@Nullable Ahead> ahead(TenantId tenant, long contextId, long after, Touched rules) {
        return CompletableFuture.<@Nullable Ahead>supplyAsync(
                        () -> {
                            List<Observation> changes = gradebook.changesAfter(tenant, contextId, after, chunk);
                            if (changes.size() < chunk) {
                                return null;
                            }
                            Touched touched = rules.untouched();
                            changes.forEach(touched::by);
                            Collection<Long> people = touched.people();
                            return new Ahead(
                                    after,
                                    changes,
                                    touched,
                                    explain(tenant, contextId, touched, people, changes, clock.instant()),
                                    evaluations.stored(tenant, touched.ruleSetIds(), people));
                        },
                        aside)
                .exceptionally(failure -> null);
    }

    /**
     * By rule set, in the order of the people.
     *
     * @param people those whose facts are read; of others nothing is said
     * @param changes which were read already
     */
    Map<Long, List<Explained>> explain(
            TenantId tenant,
            long contextId,
            Touched touched,
            Collection<Long> people,
            List<Observation> changes,
            Instant now) {
        LearnerEvaluator.Course course =
                evaluator.course(tenant, contextId, touched.course(), touched.rules(), people, changes, now);
        Map<Long, List<Explained>> explained = new HashMap<>();
        touched.forEach((ruleSet, persons) -> {
            List<Long> those = new ArrayList<>(persons);
            those.retainAll(people);
            Stream<Long> each = those.size() < MANY ? those.stream() : those.parallelStream();
            explained.put(
                    ruleSet.id(),
                    each.map(person -> Explained.of(course.evaluate(ruleSet, person, now)))
                            .toList());
        });
        return explained;
    }
}
