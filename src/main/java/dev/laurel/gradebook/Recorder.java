package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns a reading into the observations that are new, under the lock of the course's change log. A handful of statements
 * however many results there are; where nothing changed nothing is written.
 */
@Component
class Recorder {

    private final Contexts contexts;

    private final LineItemRepository lineItems;

    private final ObservationRepository observations;

    private final GradingSchemeRepository schemes;

    private final SyncRepository syncs;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Recorder(
            Contexts contexts,
            LineItemRepository lineItems,
            ObservationRepository observations,
            GradingSchemeRepository schemes,
            SyncRepository syncs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.contexts = contexts;
        this.lineItems = lineItems;
        this.observations = observations;
        this.schemes = schemes;
        this.syncs = syncs;
        this.events = events;
        this.clock = clock;
    }

    /** What came of a reading: what is new, and who has results but is not known yet, as the source names them. */
    record Recorded(List<Observation> observations, Set<String> unmatched) {}

    /** @param began when the reading began: what was added since cannot be missing from it */
    @Transactional
    Recorded record(CourseContext course, String source, Reading reading, String cameAbout, Instant began) {
        TenantId tenant = course.tenant();
        SyncRepository.Row head = syncs.lock(tenant, course.id());
        Instant now = clock.instant();
        Map<String, LineItem> items = lineItems(course, source, reading.columns(), began, now);
        Map<String, Long> persons = persons(course, reading);
        Changes changes = new Changes(course, source, cameAbout, now, head.lastSeq(), persons);
        changes.compare(reading.results(), items, latest(course, reading.results(), items, persons));
        if (!changes.fresh.isEmpty()) {
            observations.append(tenant, changes.fresh);
            if (!changes.graders.isEmpty()) {
                observations.enteredBy(tenant, course.id(), changes.graders);
            }
            syncs.grew(tenant, course.id(), changes.seq, now);
        }
        remember(course, reading.scheme());
        if (!changes.fresh.isEmpty()) {
            events.publishEvent(new ObservationsRecorded(tenant, course.id(), changes.seq));
        }
        return new Recorded(changes.fresh, changes.unmatched);
    }

    /** A column was removed from the LMS by us: what stands on it is told at once, not by the next look. */
    @Transactional
    void removed(TenantId tenant, LineItem item) {
        lineItems.markDeleted(tenant, List.of(item.id()), clock.instant());
        events.publishEvent(new ColumnsChanged(tenant, item.contextId(), Set.of(item.id()), List.of(item)));
    }

    private void remember(CourseContext course, @Nullable GradingScheme scheme) {
        if (scheme != null
                && !scheme.equals(schemes.find(course.tenant(), course.id()).orElse(null))) {
            schemes.save(course.tenant(), course.id(), scheme);
            // Every letter may mean something else now.
            events.publishEvent(new ColumnsChanged(course.tenant(), course.id(), totals(course)));
        }
    }

    private Set<Long> totals(CourseContext course) {
        return lineItems.ofContext(course.tenant(), course.id()).stream()
                .map(LineItemRepository.Row::item)
                .filter(item -> item.kind() == LineItem.Kind.TOTAL_CURRENT || item.kind() == LineItem.Kind.TOTAL_FINAL)
                .map(LineItem::id)
                .collect(Collectors.toSet());
    }

    /** Brings the columns up to date with a complete list and returns them by the source's own id. */
    private Map<String, LineItem> lineItems(
            CourseContext course, String source, List<Column> columns, Instant began, Instant now) {
        TenantId tenant = course.tenant();
        Map<String, LineItemRepository.Row> known = known(tenant, course.id(), source);
        List<Column> changed = columns.stream()
                .filter(column -> {
                    LineItemRepository.Row row = known.get(column.externalId());
                    return row == null || !row.says(column);
                })
                .toList();
        lineItems.save(tenant, course.id(), source, changed, false, false, now);
        Set<String> listed = columns.stream().map(Column::externalId).collect(Collectors.toSet());
        Set<Long> gone = known.values().stream()
                .filter(row -> row.createdAt().isBefore(began))
                .map(LineItemRepository.Row::item)
                .filter(item -> !item.deleted() && !listed.contains(item.externalId()))
                .map(LineItem::id)
                .collect(Collectors.toSet());
        lineItems.markDeleted(tenant, gone, now);
        Map<String, LineItemRepository.Row> current =
                changed.isEmpty() && gone.isEmpty() ? known : known(tenant, course.id(), source);
        tell(course, known, current);
        Map<String, LineItem> items = new HashMap<>();
        current.forEach((externalId, row) -> items.put(externalId, row.item()));
        return items;
    }

    private void tell(
            CourseContext course,
            Map<String, LineItemRepository.Row> known,
            Map<String, LineItemRepository.Row> current) {
        Set<Long> changed = new HashSet<>();
        List<LineItem> before = new ArrayList<>();
        current.forEach((externalId, row) -> {
            LineItemRepository.Row was = known.get(externalId);
            if (was == null || !was.item().equals(row.item())) {
                changed.add(row.item().id());
                if (was != null) {
                    before.add(was.item());
                }
            }
        });
        if (!changed.isEmpty()) {
            events.publishEvent(new ColumnsChanged(course.tenant(), course.id(), changed, before));
        }
    }

    private Map<String, LineItemRepository.Row> known(TenantId tenant, long contextId, String source) {
        return lineItems.ofContext(tenant, contextId).stream()
                .filter(row -> row.item().source().equals(source))
                .collect(Collectors.toMap(row -> row.item().externalId(), row -> row));
    }

    private Map<String, Long> persons(CourseContext course, Reading reading) {
        Set<String> accounts = new HashSet<>();
        for (ColumnResults column : reading.results()) {
            for (Result result : column.results()) {
                accounts.add(result.account());
                if (result.gradedBy() != null) {
                    accounts.add(result.gradedBy());
                }
            }
            accounts.addAll(column.unreadable());
        }
        return switch (reading.naming()) {
            case SUB -> contexts.personsBySub(course.tenant(), course.registrationId(), accounts);
            case PLATFORM_USER ->
                contexts.personsByPlatformUser(course.tenant(), course.registrationId(), course.id(), accounts);
        };
    }

    /** What was known before, by column and person: of everybody where a column is whole, else of those it speaks of. */
    private Map<Long, Map<Long, Observation>> latest(
            CourseContext course, List<ColumnResults> results, Map<String, LineItem> items, Map<String, Long> persons) {
        Set<Long> whole = new HashSet<>();
        Set<Long> partly = new HashSet<>();
        Set<Long> people = new HashSet<>();
        for (ColumnResults column : results) {
            LineItem item = items.get(column.externalId());
            if (item != null && column.whole()) {
                whole.add(item.id());
            } else if (item != null && !column.results().isEmpty()) {
                partly.add(item.id());
                column.results().stream()
                        .map(result -> persons.get(result.account()))
                        .filter(Objects::nonNull)
                        .forEach(people::add);
            }
        }
        Map<Long, Map<Long, Observation>> latest = new HashMap<>();
        Stream.concat(
                        observations.latest(course.tenant(), course.id(), whole, null).stream(),
                        observations.latest(course.tenant(), course.id(), partly, people).stream())
                .forEach(seen -> latest.computeIfAbsent(seen.lineItemId(), id -> new HashMap<>())
                        .put(seen.personId(), seen));
        return latest;
    }

    /** Whether a result says anything that was not known. */
    static boolean isNew(@Nullable Observation before, Result now) {
        if (before == null) {
            return now.status() != Observation.Status.NONE;
        }
        return before.status() != now.status()
                || isDifferent(before.score(), now.score())
                || isDifferent(before.scoreMaximum(), now.scoreMaximum())
                || !Objects.equals(before.grade(), now.grade())
                || before.visibility() != now.visibility()
                || !Objects.equals(before.late(), now.late());
    }

    private static boolean isDifferent(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one != other : one.compareTo(other) != 0;
    }

    /** Compares what is said now with what was known, and numbers what is new. */
    private static final class Changes {

        private final CourseContext course;

        private final String source;

        private final String cameAbout;

        private final Instant now;

        private final Map<String, Long> persons;

        private final List<Observation> fresh = new ArrayList<>();

        /** By the number of the observation. */
        private final Map<Long, Long> graders = new HashMap<>();

        private final Set<String> unmatched = new HashSet<>();

        private long seq;

        Changes(
                CourseContext course,
                String source,
                String cameAbout,
                Instant now,
                long lastSeq,
                Map<String, Long> persons) {
            this.course = course;
            this.source = source;
            this.cameAbout = cameAbout;
            this.now = now;
            this.seq = lastSeq;
            this.persons = persons;
        }

        void compare(
                List<ColumnResults> columns, Map<String, LineItem> items, Map<Long, Map<Long, Observation>> latest) {
            for (ColumnResults column : columns) {
                LineItem item = items.get(column.externalId());
                if (item != null && !item.output() && item.readable()) {
                    compare(column, item.id(), latest.getOrDefault(item.id(), Map.of()));
                }
            }
        }

        private void compare(ColumnResults column, long itemId, Map<Long, Observation> known) {
            Set<Long> said = new HashSet<>();
            for (Result result : column.results()) {
                Long personId = persons.get(result.account());
                if (personId == null) {
                    // Not lost: the source says it again at the next look, and a roster is asked for.
                    if (result.status() != Observation.Status.NONE) {
                        unmatched.add(result.account());
                    }
                    continue;
                }
                said.add(personId);
                if (isNew(known.get(personId), result)) {
                    add(itemId, personId, result);
                }
            }
            column.unreadable().stream()
                    .map(persons::get)
                    .filter(Objects::nonNull)
                    .forEach(said::add);
            if (!column.whole()) {
                return;
            }
            for (Observation before : known.values()) {
                if (!said.contains(before.personId()) && before.status() != Observation.Status.NONE) {
                    add(itemId, before.personId(), Result.none(""));
                }
            }
        }

        private void add(long itemId, long personId, Result result) {
            Long grader = result.gradedBy() == null ? null : persons.get(result.gradedBy());
            if (grader != null) {
                graders.put(seq + 1, grader);
            }
            fresh.add(new Observation(
                    ++seq,
                    course.id(),
                    personId,
                    itemId,
                    source,
                    result.status(),
                    result.score(),
                    result.scoreMaximum(),
                    result.grade(),
                    result.visibility(),
                    result.late(),
                    cameAbout,
                    result.occurredAt(),
                    now,
                    Reference.next()));
        }
    }
}
