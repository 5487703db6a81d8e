package dev.laurel.criteria;

import dev.laurel.context.Contexts;
import dev.laurel.criteria.DueRepository.Due;
import dev.laurel.criteria.DueRepository.What;
import dev.laurel.criteria.EvaluationRepository.Explained;
import dev.laurel.criteria.EvaluationRepository.Key;
import dev.laurel.criteria.EvaluationRepository.Stored;
import dev.laurel.criteria.Workings.Ahead;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LongWork;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
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

    private final DueRepository due;

    private final RuleSetRepository ruleSets;

    private final EvaluationRepository evaluations;

    private final LearnerEvaluator evaluator;

    private final Workings workings;

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
            Workings workings,
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
        this.workings = workings;
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

    /**
     * How a transaction ended, and what the next may find worked out.
     *
     * @param overtaken by results: nothing came of it
     */
    private record Turn(Progress progress, CompletableFuture<@Nullable Ahead> next, boolean overtaken) {

        Turn(Progress progress) {
            this(progress, CompletableFuture.completedFuture(null), false);
        }
    }

    /** Evaluates everything that waits in the course. */
    void run(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        Instant since = clock.instant();
        Turn turn = new Turn(Progress.MORE);
        while (turn.progress() == Progress.MORE) {
            // Nobody waits for this with a connection in hand.
            turn.next().join();
            turn = chunk(tenant, contextId, since, turn);
        }
        if (turn.progress() == Progress.BUSY) {
            queue.again(tenant, contextId);
        }
    }

    private Turn chunk(TenantId tenant, long contextId, Instant since, Turn before) {
        try {
            List<Duration> waited = new ArrayList<>();
            Turn turn = transaction.execute(status -> chunk(tenant, contextId, since, before, waited));
            waited.forEach(duration -> metrics.passed(Step.CRITERIA, duration));
            return turn;
        } catch (RuntimeException e) {
            metrics.failed(Step.CRITERIA);
            throw e;
        }
    }

    private Turn chunk(TenantId tenant, long contextId, Instant since, Turn before, List<Duration> waited) {
        // It may be done twice.
        waited.clear();
        DueRepository.Cursor cursor = due.lockCursor(tenant, contextId).orElse(null);
        if (cursor == null) {
            return new Turn(Progress.BUSY);
        }
        // First what was asked for, then the log: whoever asked had written to the log before.
        List<Due> asked = due.waiting(tenant, contextId, chunk);
        Ahead ahead = before.next().join();
        Ahead next = ahead != null && ahead.after() == cursor.seq() ? ahead : null;
        List<Observation> changes =
                next == null ? gradebook.changesAfter(tenant, contextId, cursor.seq(), chunk) : next.changes();
        if (asked.isEmpty() && changes.isEmpty()) {
            if (cursor.pass() != null) {
                due.passIsOver(tenant, contextId);
            }
            return new Turn(Progress.DONE);
        }
        // What ended by the clock of whoever asked has ended here, too.
        Instant now = asked.stream().map(Due::askedAt).reduce(clock.instant(), (a, b) -> a.isAfter(b) ? a : b);
        Touched touched = touched(tenant, contextId);
        changes.forEach(touched::by);
        Slice slice = take(tenant, contextId, asked, touched);
        boolean moreChanges = changes.size() >= chunk;
        // Whoever is asked for by name is so because of something else than results, which may be newer than what was
        // read.
        boolean forResultsOnly = asked.stream().allMatch(due -> due.what() == What.LOG);
        CompletableFuture<@Nullable Ahead> afterThat = CompletableFuture.completedFuture(null);
        Ahead known = next != null && forResultsOnly && next.touched().equals(touched) ? next : null;
        Earning people = earning(tenant, contextId, touched);
        if (!people.isEmpty()) {
            Map<Long, List<Explained>> explained = known != null
                    ? known.explained()
                    : workings.explain(tenant, contextId, touched, people.all(), changes, now);
            // Results that came since the log was read are in what is said of these people, and of nobody else: what
            // came together is decided together. Once, or they would wait as long as results keep coming.
            if (!forResultsOnly
                    && !moreChanges
                    && !before.overtaken()
                    && gradebook.lastChange(tenant, contextId) > last(cursor, changes)) {
                return new Turn(Progress.MORE, afterThat, true);
            }
            if (moreChanges && forResultsOnly) {
                afterThat = workings.ahead(tenant, contextId, last(cursor, changes), touched);
            }
            Map<Key, Stored> stored =
                    known != null ? known.stored() : evaluations.stored(tenant, touched.ruleSetIds(), people.all());
            List<Explained> changed = conclude(
                    tenant,
                    touched,
                    people,
                    explained,
                    stored,
                    cursor.pass() == null ? since : cursor.pass().since());
            afterThat = afterThat.thenApply(read -> read == null ? null : read.after(changed));
        }

        List<Long> done = asked.stream()
                .filter(due -> due.what() == What.PERSON
                        || (due.what() == What.LOG && !moreChanges)
                        || (slice.left() == 0 && due.equals(slice.of())))
                .map(Due::id)
                .toList();
        if (!done.isEmpty()) {
            due.done(tenant, done);
        }
        if (slice.of() != null && slice.left() > 0) {
            due.doneUpTo(tenant, slice.of().id(), slice.upTo());
        }
        if (!changes.isEmpty()) {
            due.moveCursor(tenant, contextId, last(cursor, changes), now);
        }
        if (moreChanges || done.size() < asked.size() || asked.size() == chunk) {
            goOn(tenant, contextId, cursor, asked, changes, slice, since);
        }
        Instant evaluated = clock.instant();
        changes.forEach(change -> waited.add(Duration.between(change.recordedAt(), evaluated)));
        // Badges that were just given may be what other badges of the course wait for.
        return new Turn(Progress.MORE, afterThat, false);
    }

    /** How far the log was read. */
    private static long last(DueRepository.Cursor cursor, List<Observation> changes) {
        return changes.isEmpty()
                ? cursor.seq()
                : changes.get(changes.size() - 1).seq();
    }

    /** Whoever waits for it is told how far it is; a pass of one transaction is over before anybody looks. */
    private void goOn(
            TenantId tenant,
            long contextId,
            DueRepository.Cursor cursor,
            List<Due> asked,
            List<Observation> changes,
            Slice slice,
            Instant since) {
        LongWork before = cursor.pass() == null ? new LongWork(0, 0, since) : cursor.pass();
        long people = asked.stream().filter(due -> due.what() == What.PERSON).count();
        long ruleSets =
                asked.stream().filter(due -> due.what() == What.RULE_SET).count();
        long done = before.done() + changes.size() + people + slice.people();
        long left = gradebook.lastChange(tenant, contextId) - last(cursor, changes) + slice.left();
        left += Math.max(0, ruleSets - 1) * slice.everybody();
        left += asked.size() < chunk ? 0 : due.count(tenant, contextId);
        due.passGoesOn(tenant, contextId, new LongWork(done, done + left, before.since()));
    }

    /**
     * Some of those who are to be evaluated under one rule set.
     *
     * @param of the entry that asked for everybody
     * @param left how many come later
     * @param upTo the number of the last one
     */
    private record Slice(@Nullable Due of, int people, int left, int everybody, long upTo) {}

    /** Adds the people whom somebody asked for, and a slice of the first rule set that is to be evaluated for everybody. */
    private Slice take(TenantId tenant, long contextId, List<Due> asked, Touched touched) {
        asked.stream().filter(due -> due.what() == What.PERSON).forEach(due -> touched.byPerson(due.subjectId()));
        Due first = asked.stream()
                .filter(due -> due.what() == What.RULE_SET)
                .findFirst()
                .orElse(null);
        if (first == null || !touched.knows(first.subjectId())) {
            return new Slice(first, 0, 0, 0, 0);
        }
        Set<Long> everybody = contexts.evaluated(tenant, contextId);
        List<Long> open = everybody.stream()
                .filter(person -> person > first.afterPerson())
                .sorted()
                .toList();
        List<Long> slice = open.subList(0, Math.min(chunk, open.size()));
        slice.forEach(person -> touched.add(first.subjectId(), person));
        return new Slice(
                first,
                slice.size(),
                open.size() - slice.size(),
                everybody.size(),
                slice.isEmpty() ? 0 : slice.get(slice.size() - 1));
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

    /**
     * Who of those that something happened to can have badges of the course.
     *
     * @param left for them a late grade counts
     */
    private record Earning(Set<Long> here, Set<Long> left) {

        boolean isEmpty() {
            return here.isEmpty() && left.isEmpty();
        }

        Set<Long> all() {
            Set<Long> all = new HashSet<>(here);
            all.addAll(left);
            return all;
        }
    }

    /** Of all others nothing is kept. */
    private Earning earning(TenantId tenant, long contextId, Touched touched) {
        Set<Long> people = touched.people();
        if (people.isEmpty()) {
            return new Earning(Set.of(), Set.of());
        }
        // Never read ahead: whoever is erased meanwhile asks for nothing.
        Set<Long> here = contexts.evaluatedAmong(tenant, contextId, people);
        people.removeAll(here);
        if (people.isEmpty()) {
            return new Earning(here, Set.of());
        }
        evaluations.forget(tenant, touched.ruleSetIds(), people);
        people.retainAll(touched.graded());
        return new Earning(here, contexts.leftAmong(tenant, contextId, people));
    }

    /** Stores what is new, which it answers, and says who meets the criteria and who does not any more. */
    private List<Explained> conclude(
            TenantId tenant,
            Touched touched,
            Earning people,
            Map<Long, List<Explained>> explained,
            Map<Key, Stored> stored,
            Instant since) {
        Set<Long> all = people.all();
        List<Explained> changed = new ArrayList<>();
        List<CriteriaMet> met = new ArrayList<>();
        List<CriteriaNotMet> notMet = new ArrayList<>();
        touched.forEach((ruleSet, persons) -> {
            List<PersonEvaluation> meeting = new ArrayList<>();
            List<PersonEvaluation> below = new ArrayList<>();
            for (Explained each : explained.getOrDefault(ruleSet.id(), List.of())) {
                PersonEvaluation evaluation = each.evaluation();
                if (!all.contains(evaluation.personId())) {
                    continue;
                }
                Stored before = stored.get(new Key(ruleSet.id(), evaluation.personId()));
                boolean here = people.here().contains(evaluation.personId());
                boolean isNew = before == null || !before.says(each);
                // Who left is in no list of the course any more, but may earn by a grade that came late.
                if (here && isNew) {
                    changed.add(each);
                }
                if (evaluation.evaluation().verdict() == Verdict.MET) {
                    meeting.add(evaluation);
                }
                if ((!here || (isNew && maySpeakAgainstAwards(before, evaluation)))
                        && !evaluation.reachesAll(ruleSet.rule())) {
                    below.add(evaluation);
                }
            }
            if (!below.isEmpty()) {
                notMet.add(new CriteriaNotMet(tenant, ruleSet, List.copyOf(below)));
            }
            if (!meeting.isEmpty()) {
                met.add(new CriteriaMet(tenant, ruleSet, List.copyOf(meeting), since));
            }
        });
        if (!changed.isEmpty()) {
            evaluations.save(tenant, changed);
        }
        notMet.forEach(events::publishEvent);
        met.forEach(events::publishEvent);
        return changed;
    }

    /**
     * Of most that are not met yet nothing was ever given, and asking for that costs more than knowing it: nothing graded so
     * far, or not met by the only version there ever was, now as before. Who is not in its audience may have been.
     */
    private static boolean maySpeakAgainstAwards(@Nullable Stored before, PersonEvaluation now) {
        Verdict verdict = now.evaluation().verdict();
        return before == null
                ? verdict != Verdict.UNDECIDED
                : verdict == Verdict.MET
                        || before.verdict() != verdict
                        || now.ruleSetVersion() > 1
                        || now.evaluation().lines().stream()
                                .anyMatch(line -> line.isAudience() && line.verdict() == Verdict.NOT_MET);
    }
}
