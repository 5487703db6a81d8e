package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.ags.AgsWriter;
import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is known of a course's columns and results, and the ways to ask for more. */
@Component
public class Gradebook {

    private final Contexts contexts;

    private final LineItemRepository lineItems;

    private final ObservationRepository observations;

    private final GradingSchemeRepository schemes;

    private final SyncRepository syncs;

    private final SourceLookRepository looks;

    private final SyncJob sync;

    private final Recorder recorder;

    private final AgsWriter ags;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Gradebook(
            Contexts contexts,
            LineItemRepository lineItems,
            ObservationRepository observations,
            GradingSchemeRepository schemes,
            SyncRepository syncs,
            SourceLookRepository looks,
            SyncJob sync,
            Recorder recorder,
            AgsWriter ags,
            ApplicationEventPublisher events,
            Clock clock) {
        this.contexts = contexts;
        this.lineItems = lineItems;
        this.observations = observations;
        this.schemes = schemes;
        this.syncs = syncs;
        this.looks = looks;
        this.sync = sync;
        this.recorder = recorder;
        this.ags = ags;
        this.events = events;
        this.clock = clock;
    }

    /** Columns of the course, deleted ones included (rules may still name them). */
    public List<LineItem> lineItems(TenantId tenant, long contextId) {
        return lineItems.ofContext(tenant, contextId).stream()
                .map(LineItemRepository.Row::item)
                .toList();
    }

    public Optional<LineItem> lineItem(TenantId tenant, long lineItemId) {
        return lineItems.find(tenant, lineItemId).map(LineItemRepository.Row::item);
    }

    /** A column that Laurel writes and the platform has shown, by the {@code resourceId} of {@link #outputResourceId}. */
    public Optional<LineItem> outputColumn(TenantId tenant, long contextId, String resourceId) {
        return lineItems.ofContext(tenant, contextId).stream()
                .filter(row ->
                        resourceId.equals(row.resourceId()) && !row.item().deleted())
                .map(LineItemRepository.Row::item)
                .findFirst();
    }

    /** How many learners have a graded result, by line item. */
    public Map<Long, Integer> gradedCounts(TenantId tenant, long contextId) {
        return observations.gradedCounts(tenant, contextId);
    }

    /** Whether the platform shows Laurel its columns of the course and their results. */
    public boolean canReadColumns(TenantId tenant, long contextId) {
        return contexts.find(tenant, contextId).filter(ags::canRead).isPresent();
    }

    /** The {@code resourceId} that marks a column as one that Laurel writes. */
    public static String outputResourceId(String resourceId) {
        return resourceId.startsWith(LineItemRepository.OUTPUT_PREFIX)
                ? resourceId
                : LineItemRepository.OUTPUT_PREFIX + resourceId;
    }

    /** Whether the platform lets Laurel add columns to this course. */
    public boolean canAddColumns(TenantId tenant, long contextId) {
        return contexts.find(tenant, contextId).filter(ags::canCreate).isPresent();
    }

    /** Whether the platform takes a column and scores in it from Laurel. */
    public boolean canWriteScores(TenantId tenant, long contextId) {
        return contexts.find(tenant, contextId)
                .filter(course -> ags.canCreate(course) && ags.canScore(course))
                .isPresent();
    }

    /**
     * Creates a column in the LMS (HTTP: never inside a transaction) that an instructor grades there, or that Laurel
     * writes ({@code output}). The same {@code resourceId} again gives the same column.
     *
     * @throws GradebookException where the platform refuses, with plain words for the instructor
     */
    public LineItem createColumn(
            TenantId tenant, long contextId, String label, BigDecimal scoreMaximum, boolean output, String resourceId) {
        CourseContext course = contexts.find(tenant, contextId)
                .orElseThrow(() -> new GradebookException("This course is not known to Laurel.", true));
        if (!ags.canCreate(course)) {
            throw new GradebookException(
                    "The LMS does not let Laurel add columns to this course. Its administrator can allow the tool to"
                            + " manage columns.",
                    true);
        }
        String marked = output ? outputResourceId(resourceId) : resourceId;
        Column column;
        try {
            column = ags.create(course, label, scoreMaximum, marked);
        } catch (ServiceProblem problem) {
            throw new GradebookException(problem);
        }
        lineItems.save(tenant, contextId, LineItem.AGS, List.of(column), output, true, clock.instant());
        LineItem created = lineItems
                .byExternalId(tenant, contextId, LineItem.AGS, column.externalId())
                .map(LineItemRepository.Row::item)
                .orElseThrow(() -> new IllegalStateException("The column just written is not there"));
        events.publishEvent(new ColumnsChanged(tenant, contextId, Set.of(created.id())));
        return created;
    }

    /** The change log after {@code afterSeq}, oldest first, at most {@code limit}. */
    public List<Observation> changesAfter(TenantId tenant, long contextId, long afterSeq, int limit) {
        return observations.after(tenant, contextId, afterSeq, limit);
    }

    /** What was observed under this number, in whatever course of the tenant. */
    public Optional<Observation> observation(TenantId tenant, Reference reference) {
        return observations.byReference(tenant, reference);
    }

    /** The number of the last change; 0 where there is none. */
    public long lastChange(TenantId tenant, long contextId) {
        return syncs.find(tenant, contextId).map(SyncRepository.Row::lastSeq).orElse(0L);
    }

    /** The latest observation of each line item for these people; {@code null} means everybody in the course. */
    public List<Observation> latest(
            TenantId tenant, long contextId, Collection<Long> lineItemIds, @Nullable Collection<Long> personIds) {
        return observations.latest(tenant, contextId, lineItemIds, personIds);
    }

    /**
     * The same, where some of the log is read already: what is in it is taken from there.
     *
     * @param changes as {@link #changesAfter} gives them: oldest first, without a gap
     */
    public List<Observation> latest(
            TenantId tenant,
            long contextId,
            Collection<Long> lineItemIds,
            @Nullable Collection<Long> personIds,
            List<Observation> changes) {
        return observations.latest(tenant, contextId, lineItemIds, personIds, changes);
    }

    /** Everything that was ever said of these people in these columns, oldest first; {@code null} means everybody. */
    public List<Observation> history(
            TenantId tenant, long contextId, Collection<Long> lineItemIds, @Nullable Collection<Long> personIds) {
        return observations.history(tenant, contextId, lineItemIds, personIds);
    }

    /**
     * How the results of these people in these columns came about, by whom and from which earlier values; by person, and
     * columns of which nothing was ever said are left out. Two statements.
     */
    public Map<Long, List<ResultTrail>> trailsOf(
            TenantId tenant, long contextId, Collection<Long> personIds, Collection<Long> lineItemIds) {
        Map<Long, Long> authors = observations.authors(tenant, contextId, lineItemIds, personIds);
        return trails(observations.history(tenant, contextId, lineItemIds, personIds), seen -> authors.get(seen.seq()));
    }

    /**
     * The same of some people in each of several courses, in every column. Two statements.
     *
     * @param personIds by course
     */
    public Map<Long, List<ResultTrail>> trailsOf(TenantId tenant, Map<Long, Set<Long>> personIds) {
        Map<Long, Map<Long, Long>> authors = observations.authorsIn(tenant, personIds);
        return trails(
                observations.historyIn(tenant, personIds),
                seen -> authors.getOrDefault(seen.contextId(), Map.of()).get(seen.seq()));
    }

    private static Map<Long, List<ResultTrail>> trails(
            List<Observation> history, Function<Observation, @Nullable Long> author) {
        Map<Long, Map<Long, List<ResultTrail.Entry>>> entries = new HashMap<>();
        for (Observation seen : history) {
            entries.computeIfAbsent(seen.personId(), person -> new LinkedHashMap<>())
                    .computeIfAbsent(seen.lineItemId(), item -> new ArrayList<>())
                    .add(ResultTrail.Entry.of(seen, author.apply(seen)));
        }
        Map<Long, List<ResultTrail>> trails = new HashMap<>();
        entries.forEach((person, byItem) -> trails.put(
                person,
                byItem.entrySet().stream()
                        .map(item -> new ResultTrail(person, item.getKey(), item.getValue()))
                        .toList()));
        return trails;
    }

    /** How the course turns percent into letters; empty where neither a source nor an instructor has said. */
    public Optional<GradingScheme> gradingScheme(TenantId tenant, long contextId) {
        return schemes.find(tenant, contextId);
    }

    /**
     * An instructor says how a course turns percent into letters whose platform does not tell it. Whatever asks for a letter
     * is decided again.
     *
     * @param before what she saw; {@link GradingScheme#NONE} where nothing was said
     * @param scheme {@link GradingScheme#NONE}: it is taken back
     * @return whether it is so now; somebody else may have said something else meanwhile, which stays then
     */
    @Transactional
    public boolean stateLetters(CourseContext course, GradingScheme before, GradingScheme scheme) {
        syncs.lock(course.tenant(), course.id());
        boolean same = gradingScheme(course.tenant(), course.id())
                .orElse(GradingScheme.NONE)
                .equals(before);
        if (same) {
            recorder.remember(course, scheme);
        }
        return same;
    }

    public SyncStatus status(TenantId tenant, long contextId) {
        return syncs.find(tenant, contextId)
                .map(row -> new SyncStatus(
                        row.lastCheckedAt(), row.nextCheckAt(), row.reading(), row.problem(), row.problemSince()))
                .orElse(new SyncStatus(null, null, null, null, null));
    }

    /** Asks for a look at the platform soon ("check now"), and for frequent ones for a while; returns at once. */
    @Transactional
    public void checkSoon(TenantId tenant, long contextId) {
        if (contexts.find(tenant, contextId).isPresent()) {
            Instant now = clock.instant();
            sync.ask(tenant, contextId, now, now.plus(SyncPace.WATCH));
        }
    }

    /** Until when a platform does not want to be asked for the results of a course, whoever asks; UTC. */
    public Optional<Instant> heldOffUntil(TenantId tenant, long contextId) {
        Instant now = clock.instant();
        return looks.ofCourse(tenant, contextId).values().stream()
                .map(SourceLookRepository.Row::notBefore)
                .filter(until -> until != null && until.isAfter(now))
                .max(Instant::compareTo);
    }

    /**
     * Gives a column that Laurel made another name in the LMS (HTTP: never inside a transaction).
     *
     * @throws GradebookException where the platform refuses, with plain words for the instructor
     */
    public void rename(TenantId tenant, long lineItemId, String label) {
        Own own = own(tenant, lineItemId);
        try {
            Column changed = ags.rename(own.course(), URI.create(own.item().externalId()), label);
            lineItems.save(
                    tenant,
                    own.course().id(),
                    LineItem.AGS,
                    List.of(changed),
                    own.item().output(),
                    true,
                    clock.instant());
            events.publishEvent(new ColumnsChanged(tenant, own.course().id(), Set.of(lineItemId)));
        } catch (ServiceProblem problem) {
            throw new GradebookException(problem);
        }
    }

    /**
     * Removes a column that Laurel made from the LMS, with the grades in it (HTTP: never inside a transaction). One that
     * is gone already is as good.
     *
     * @throws GradebookException where the platform refuses, with plain words for the instructor
     */
    public void remove(TenantId tenant, long lineItemId, long byPerson) {
        Own own = own(tenant, lineItemId);
        try {
            ags.delete(own.course(), URI.create(own.item().externalId()));
        } catch (ServiceProblem problem) {
            throw new GradebookException(problem);
        }
        recorder.removed(tenant, own.item(), byPerson);
    }

    private record Own(LineItem item, CourseContext course) {}

    /** Only what Laurel itself made is Laurel's to change. */
    private Own own(TenantId tenant, long lineItemId) {
        LineItem item = lineItem(tenant, lineItemId)
                .filter(found -> found.createdHere() && !found.deleted())
                .orElseThrow(() -> new GradebookException("Laurel made no such column.", true));
        CourseContext course = contexts.find(tenant, item.contextId())
                .filter(ags::canCreate)
                .orElseThrow(() -> new GradebookException(
                        "The LMS does not let Laurel change columns in this course. You can change this one in the LMS.",
                        true));
        return new Own(item, course);
    }

    /**
     * Sends a score for a learner to a column that Laurel writes, or takes it away (HTTP: never inside a transaction).
     *
     * @throws GradebookException where the platform refuses; {@link GradebookException#isFinal()} tells whether to retry
     */
    public void sendScore(TenantId tenant, long lineItemId, OutgoingScore score) {
        LineItem item = lineItem(tenant, lineItemId)
                .orElseThrow(() -> new GradebookException("This column is not known to Laurel.", true));
        if (!item.output()) {
            throw new GradebookException("Laurel does not write to a column that people grade.", true);
        }
        if (item.deleted()) {
            throw new GradebookException("The column for badges was deleted in the LMS.", true);
        }
        CourseContext course = contexts.find(tenant, item.contextId())
                .orElseThrow(() -> new GradebookException("This course is not known to Laurel.", true));
        if (!ags.canScore(course)) {
            throw new GradebookException("The LMS does not take grades from Laurel in this course.", true);
        }
        String sub = contexts.sub(tenant, course.registrationId(), score.personId())
                .orElseThrow(() -> new GradebookException("The LMS does not know this person.", true));
        try {
            ags.score(course, URI.create(item.externalId()), sub, score);
        } catch (ServiceProblem problem) {
            throw new GradebookException(problem);
        }
    }
}
