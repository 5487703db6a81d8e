package dev.laurel.criteria;

import dev.laurel.context.Contexts;
import dev.laurel.criteria.DueRepository.Due;
import dev.laurel.criteria.DueRepository.What;
import dev.laurel.criteria.EvaluationRepository.Key;
import dev.laurel.criteria.EvaluationRepository.Stored;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that evaluates one course: only learners whose results changed, only rule sets that look at what changed, in
 * chunks of one transaction each. The cursor, the evaluations and whatever follows from them are committed together, so a
 * crash repeats a chunk as if it had never begun.
 */
@Component
class Evaluations {

    private static final Duration BUSY = Duration.ofMillis(200);

    private final DueRepository due;

    private final RuleSetRepository ruleSets;

    private final EvaluationRepository evaluations;

    private final LearnerEvaluator evaluator;

    private final Gradebook gradebook;

    private final Contexts contexts;

    private final EvaluationQueue queue;

    private final ApplicationEventPublisher events;

    private final TransactionTemplate transaction;

    private final StepMetrics metrics;

    private final Clock clock;

    private final int chunk;

    Evaluations(
            DueRepository due,
            RuleSetRepository ruleSets,
            EvaluationRepository evaluations,
            LearnerEvaluator evaluator,
            Gradebook gradebook,
            Contexts contexts,
            EvaluationQueue queue,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            StepMetrics metrics,
            Clock clock,
            CriteriaSettings settings) {
        this.due = due;
        this.ruleSets = ruleSets;
        this.evaluations = evaluations;
        this.evaluator = evaluator;
        this.gradebook = gradebook;
        this.contexts = contexts;
        this.queue = queue;
        this.events = events;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.chunk = settings.chunk();
    }

    private enum Progress {
        DONE,
        MORE,
        BUSY
    }

    /** Evaluates everything that waits in the course. */
    void run(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        Progress progress = Progress.MORE;
        while (progress == Progress.MORE) {
            progress = chunk(tenant, contextId);
        }
        if (progress == Progress.BUSY) {
            queue.again(tenant, contextId, BUSY);
        }
    }

    private Progress chunk(TenantId tenant, long contextId) {
        try {
            List<Duration> waited = new ArrayList<>();
            Progress progress = transaction.execute(status -> chunk(tenant, contextId, waited));
            waited.forEach(duration -> metrics.passed(Step.CRITERIA, duration));
            return progress;
        } catch (RuntimeException e) {
            metrics.failed(Step.CRITERIA);
            throw e;
        }
    }

    private Progress chunk(TenantId tenant, long contextId, List<Duration> waited) {
        Optional<Long> cursor = due.lockCursor(tenant, contextId);
        if (cursor.isEmpty()) {
            return Progress.BUSY;
        }
        // First what was asked for, then the log: whoever asked had written to the log before.
        List<Due> asked = due.waiting(tenant, contextId, chunk);
        List<Observation> changes = gradebook.changesAfter(tenant, contextId, cursor.get(), chunk);
        if (asked.isEmpty() && changes.isEmpty()) {
            return Progress.DONE;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Touched touched = touched(tenant, contextId);
        changes.forEach(touched::by);
        Optional<Due> wholeRuleSet = take(tenant, contextId, asked, touched);
        evaluate(tenant, contextId, touched, now);

        boolean moreChanges = changes.size() >= chunk;
        List<Long> done = asked.stream()
                .filter(due -> due.what() == What.PERSON
                        || (due.what() == What.LOG && !moreChanges)
                        || (wholeRuleSet.isPresent() && wholeRuleSet.get().equals(due)))
                .map(Due::id)
                .toList();
        if (!done.isEmpty()) {
            due.done(tenant, done);
        }
        if (!changes.isEmpty()) {
            due.moveCursor(tenant, contextId, changes.get(changes.size() - 1).seq(), now);
        }
        Instant evaluated = clock.instant();
        changes.forEach(change -> waited.add(Duration.between(change.recordedAt(), evaluated)));
        // Badges that were just given may be what other badges of the course wait for.
        return Progress.MORE;
    }

    /**
     * Adds the people whom somebody asked for, and a slice of the first rule set that is to be evaluated for everybody.
     *
     * @return that rule set's entry where this slice was its last
     */
    private Optional<Due> take(TenantId tenant, long contextId, List<Due> asked, Touched touched) {
        asked.stream().filter(due -> due.what() == What.PERSON).forEach(due -> touched.byPerson(due.subjectId()));
        Optional<Due> first =
                asked.stream().filter(due -> due.what() == What.RULE_SET).findFirst();
        if (first.isEmpty() || !touched.knows(first.get().subjectId())) {
            return first;
        }
        List<Long> everybody = contexts.evaluated(tenant, contextId).stream()
                .filter(person -> person > first.get().afterPerson())
                .sorted()
                .toList();
        List<Long> slice = everybody.subList(0, Math.min(chunk, everybody.size()));
        slice.forEach(person -> touched.add(first.get().subjectId(), person));
        if (slice.size() == everybody.size()) {
            return first;
        }
        due.doneUpTo(tenant, first.get().id(), slice.get(slice.size() - 1));
        return Optional.empty();
    }

    /** Whoever pauses a badge or edits it waits for us, so that nothing recorded after that is evaluated under it. */
    private Touched touched(TenantId tenant, long contextId) {
        List<RuleSet> active = ruleSets.lockActive(tenant, contextId);
        return new Touched(
                active,
                active.isEmpty()
                        ? CourseFacts.ofColumns(Map.of())
                        : evaluator.facts(
                                tenant,
                                contextId,
                                active.stream().map(RuleSet::rule).toList()));
    }

    private void evaluate(TenantId tenant, long contextId, Touched touched, Instant now) {
        Set<Long> people = touched.people();
        if (people.isEmpty()) {
            return;
        }
        Set<Long> earners = contexts.evaluatedAmong(tenant, contextId, people);
        people.removeAll(earners);
        Set<Long> evaluated = new HashSet<>(earners);
        if (!people.isEmpty()) {
            evaluations.forget(tenant, touched.ruleSetIds(), people);
            people.retainAll(touched.graded());
            evaluated.addAll(contexts.leftAmong(tenant, contextId, people));
        }
        if (evaluated.isEmpty()) {
            return;
        }
        Map<Key, Stored> stored = evaluations.stored(tenant, touched.ruleSetIds(), evaluated);
        LearnerEvaluator.Course course =
                evaluator.course(tenant, contextId, touched.course(), touched.rules(), evaluated, now);
        List<PersonEvaluation> changed = new ArrayList<>();
        List<CriteriaMet> met = new ArrayList<>();
        List<CriteriaNoLongerMet> noLongerMet = new ArrayList<>();
        touched.forEach((ruleSet, persons) -> {
            List<PersonEvaluation> meeting = new ArrayList<>();
            List<PersonEvaluation> fallen = new ArrayList<>();
            for (long person : persons) {
                if (!evaluated.contains(person)) {
                    continue;
                }
                PersonEvaluation evaluation = course.evaluate(ruleSet, person, now);
                Stored before = stored.get(new Key(ruleSet.id(), person));
                // Who left is in no list of the course any more, but may earn by a grade that came late.
                if (earners.contains(person)
                        && (before == null
                                || !before.says(evaluation, ExplanationJson.write(evaluation.evaluation())))) {
                    changed.add(evaluation);
                }
                if (evaluation.evaluation().verdict() == Verdict.MET) {
                    meeting.add(evaluation);
                } else if (before != null && before.metVersion(evaluation.ruleSetVersion())) {
                    fallen.add(evaluation);
                }
            }
            if (!fallen.isEmpty()) {
                noLongerMet.add(new CriteriaNoLongerMet(tenant, ruleSet, List.copyOf(fallen)));
            }
            if (!meeting.isEmpty()) {
                met.add(new CriteriaMet(tenant, ruleSet, List.copyOf(meeting)));
            }
        });
        if (!changed.isEmpty()) {
            evaluations.save(tenant, changed);
        }
        noLongerMet.forEach(events::publishEvent);
        met.forEach(events::publishEvent);
    }

    /** Which people to evaluate under which active rule set. */
    private static final class Touched {

        private final CourseFacts course;

        private final Map<Long, RuleSet> active = new LinkedHashMap<>();

        private final Map<Long, List<RuleSet>> byItem = new HashMap<>();

        private final Map<Long, Set<Long>> people = new LinkedHashMap<>();

        private final Set<Long> graded = new HashSet<>();

        Touched(List<RuleSet> active, CourseFacts course) {
            this.course = course;
            for (RuleSet ruleSet : active) {
                this.active.put(ruleSet.id(), ruleSet);
                ruleSet.rule()
                        .looksAt(course)
                        .forEach(item -> byItem.computeIfAbsent(item, key -> new ArrayList<>())
                                .add(ruleSet));
            }
        }

        CourseFacts course() {
            return course;
        }

        void by(Observation change) {
            graded.add(change.personId());
            byItem.getOrDefault(change.lineItemId(), List.of())
                    .forEach(ruleSet -> add(ruleSet.id(), change.personId()));
        }

        /** Those for whom something came in that the log had not yet. */
        Set<Long> graded() {
            return graded;
        }

        void byPerson(long person) {
            active.keySet().forEach(ruleSet -> add(ruleSet, person));
        }

        void add(long ruleSetId, long person) {
            people.computeIfAbsent(ruleSetId, key -> new TreeSet<>()).add(person);
        }

        boolean knows(long ruleSetId) {
            return active.containsKey(ruleSetId);
        }

        Set<Long> people() {
            Set<Long> all = new TreeSet<>();
            people.values().forEach(all::addAll);
            return all;
        }

        Set<Long> ruleSetIds() {
            return people.keySet();
        }

        List<Rule> rules() {
            List<Rule> rules = new ArrayList<>();
            forEach((ruleSet, persons) -> rules.add(ruleSet.rule()));
            return rules;
        }

        void forEach(java.util.function.BiConsumer<RuleSet, Set<Long>> action) {
            people.forEach((id, persons) -> {
                RuleSet ruleSet = active.get(id);
                if (ruleSet != null) {
                    action.accept(ruleSet, persons);
                }
            });
        }
    }
}
