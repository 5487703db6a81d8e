package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

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

    private final Absences absences;

    private final ApplicationEventPublisher events;

    private final TransactionTemplate transaction;

    private final Clock clock;

    Recorder(
            Contexts contexts,
            LineItemRepository lineItems,
            ObservationRepository observations,
            GradingSchemeRepository schemes,
            SyncRepository syncs,
            Absences absences,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.contexts = contexts;
        this.lineItems = lineItems;
        this.observations = observations;
        this.schemes = schemes;
        this.syncs = syncs;
        this.absences = absences;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of a reading: how much is new, and who has results but is not known yet, as the source names them. */
    record Recorded(int changes, Set<String> unmatched) {}

    /**
     * Records a reading: what it says of one learner in one transaction, and of very many learners in several, so that
     * nobody waits long for the log and memory does not grow with what is new.
     *
     * @param began when the reading began: what was added since cannot be missing from it
     */
    Recorded record(CourseContext course, String source, Reading reading, String cameAbout, Instant began) {
        Map<String, Long> persons = persons(course, reading);
        Changes.Listed listed = Changes.Listed.of(reading.results(), persons);
        ReadingParts parts = ReadingParts.of(reading.results());
        Map<String, LineItemRepository.Row> rows = new HashMap<>();
        Map<String, LineItem> items = new HashMap<>();
        Found all = new Found();
        for (int part = 0; part < parts.count(); part++) {
            boolean first = part == 0;
            List<ColumnResults> some = parts.part(part);
            all.add(inOneTransaction(course, source, cameAbout, persons, (found, now) -> {
                if (first) {
                    rows.putAll(lineItems(course, source, reading, began, now));
                    rows.forEach((externalId, row) -> items.put(externalId, row.item()));
                    remember(course, reading.scheme());
                }
                found.compare(
                        some,
                        items,
                        new Changes.Known(latest(course, some, items, persons), attempts(course, some, items, persons)),
                        listed);
            }));
        }
        // Of a column of which everything was told in parts: whoever is in none of them is not listed any more.
        for (ColumnResults column : parts.toClose()) {
            LineItem item = items.get(column.externalId());
            if (item != null && isInput(item)) {
                all.add(inOneTransaction(
                        course,
                        source,
                        cameAbout,
                        persons,
                        (found, now) -> found.missing(
                                column,
                                item.id(),
                                observations.holders(course.tenant(), course.id(), item.id()),
                                listed)));
            }
        }
        Map<Long, Set<Long>> takenBack = absences.takenBack(course, all.absent, whole(reading, rows), all.emptied);
        if (!takenBack.isEmpty()) {
            all.add(inOneTransaction(
                    course,
                    source,
                    cameAbout,
                    persons,
                    (found, now) -> stillKnown(course, takenBack, began).forEach(found::takenBack)));
        }
        return new Recorded(all.changes, all.unmatched);
    }

    /** What is known of these people, by column, unless something was recorded of them since the look began. */
    private List<Observation> stillKnown(CourseContext course, Map<Long, Set<Long>> people, Instant began) {
        Set<Long> all = people.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return observations.latest(course.tenant(), course.id(), people.keySet(), all).stream()
                .filter(latest ->
                        people.getOrDefault(latest.lineItemId(), Set.of()).contains(latest.personId())
                                && latest.status() != Observation.Status.NONE
                                && latest.recordedAt().isBefore(began))
                .toList();
    }

    /** What is kept of all parts. */
    private static final class Found {

        private final Set<String> unmatched = new HashSet<>();

        private final Map<Long, Set<Long>> absent = new HashMap<>();

        private final Set<Long> emptied = new HashSet<>();

        private int changes;

        private void add(Changes part) {
            unmatched.addAll(part.unmatched());
            absent.putAll(part.absent());
            emptied.addAll(part.emptied());
            changes += part.fresh().size();
        }
    }

    /** Finds what is new, under the lock of the log, and appends it. */
    private Changes inOneTransaction(
            CourseContext course,
            String source,
            String cameAbout,
            Map<String, Long> persons,
            BiConsumer<Changes, Instant> find) {
        return Objects.requireNonNull(transaction.execute(status -> {
            SyncRepository.Row head = syncs.lock(course.tenant(), course.id());
            Instant now = clock.instant();
            Changes found = new Changes(course, source, cameAbout, now, head.lastSeq(), persons);
            find.accept(found, now);
            append(course, found, now);
            return found;
        }));
    }

    /** The columns that are read whole, by our numbers. */
    private static Map<Long, LineItemRepository.Row> whole(Reading reading, Map<String, LineItemRepository.Row> rows) {
        return reading.results().stream()
                .filter(ColumnResults::whole)
                .map(column -> rows.get(column.externalId()))
                .filter(row -> row != null && isInput(row.item()))
                .collect(Collectors.toMap(row -> row.item().id(), row -> row, (one, other) -> one));
    }

    static boolean isInput(LineItem item) {
        return !item.output() && item.readable();
    }

    private void append(CourseContext course, Changes changes, Instant now) {
        if (changes.fresh().isEmpty()) {
            return;
        }
        observations.append(course.tenant(), changes.fresh(), changes.earlier());
        if (!changes.graders().isEmpty()) {
            observations.enteredBy(course.tenant(), course.id(), changes.graders());
        }
        syncs.grew(course.tenant(), course.id(), changes.lastSeq(), now);
        events.publishEvent(new ObservationsRecorded(course.tenant(), course.id(), changes.lastSeq()));
    }

    /** A column was removed from the LMS by us: what stands on it is told at once, not by the next look. */
    @Transactional
    void removed(TenantId tenant, LineItem item, long byPerson) {
        lineItems.markDeleted(tenant, List.of(item.id()), clock.instant());
        events.publishEvent(new ColumnRemoved(tenant, item.id(), byPerson));
        events.publishEvent(new ColumnsChanged(tenant, item.contextId(), Set.of(item.id()), List.of(item)));
    }

    void remember(CourseContext course, @Nullable GradingScheme scheme) {
        if (scheme != null
                && !scheme.equals(schemes.find(course.tenant(), course.id()).orElse(GradingScheme.NONE))) {
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
    private Map<String, LineItemRepository.Row> lineItems(
            CourseContext course, String source, Reading reading, Instant began, Instant now) {
        TenantId tenant = course.tenant();
        List<Column> columns = reading.columns();
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
        List<LineItem> away = known.values().stream()
                .map(LineItemRepository.Row::item)
                .filter(item -> gone.contains(item.id()) || (item.deleted() && !listed.contains(item.externalId())))
                .toList();
        boolean explained = explain(tenant, away, reading.stillThere());
        Map<String, LineItemRepository.Row> current =
                changed.isEmpty() && gone.isEmpty() && !explained ? known : known(tenant, course.id(), source);
        tell(course, known, current);
        return current;
    }

    /** Why columns are not listed may be another reason than before: one that was not published may be deleted since. */
    private boolean explain(TenantId tenant, List<LineItem> away, Map<String, LineItem.StillThere> stillThere) {
        Map<Optional<LineItem.StillThere>, List<Long>> changed = away.stream()
                .filter(item -> item.stillThere() != stillThere.get(item.externalId()))
                .collect(Collectors.groupingBy(
                        item -> Optional.ofNullable(stillThere.get(item.externalId())),
                        Collectors.mapping(LineItem::id, Collectors.toList())));
        changed.forEach((why, ids) -> lineItems.setStillThere(tenant, ids, why.orElse(null)));
        return !changed.isEmpty();
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
            column.accounts().forEach(accounts::add);
            for (Result result : column.results()) {
                Stream.concat(Stream.of(result), result.earlier().stream())
                        .map(Result::gradedBy)
                        .filter(Objects::nonNull)
                        .forEach(accounts::add);
            }
        }
        return switch (reading.naming()) {
            case SUB -> contexts.personsBySub(course.tenant(), course.registrationId(), accounts);
            case PLATFORM_USER -> contexts.personsByPlatformUser(course, accounts);
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
            } else if (item != null) {
                partly.add(item.id());
                column.accounts().map(persons::get).filter(Objects::nonNull).forEach(people::add);
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

    /** Of those of whom earlier attempts are told: each as it was seen last, since there was nothing. */
    private Map<Long, Map<Long, Map<Integer, Observation>>> attempts(
            CourseContext course, List<ColumnResults> results, Map<String, LineItem> items, Map<String, Long> persons) {
        Set<Long> asked = new HashSet<>();
        Set<Long> people = new HashSet<>();
        for (ColumnResults column : results) {
            LineItem item = items.get(column.externalId());
            for (Result result : column.results()) {
                Long person = persons.get(result.account());
                if (item != null && person != null && !result.earlier().isEmpty()) {
                    asked.add(item.id());
                    people.add(person);
                }
            }
        }
        Map<Long, Map<Long, Map<Integer, Observation>>> attempts = new HashMap<>();
        for (Observation seen : observations.history(course.tenant(), course.id(), asked, people)) {
            Map<Integer, Observation> known = attempts.computeIfAbsent(seen.lineItemId(), id -> new HashMap<>())
                    .computeIfAbsent(seen.personId(), id -> new HashMap<>());
            if (seen.status() == Observation.Status.NONE) {
                known.clear();
            } else if (seen.attempt() != null) {
                known.put(seen.attempt(), seen);
            }
        }
        return attempts;
    }
}
