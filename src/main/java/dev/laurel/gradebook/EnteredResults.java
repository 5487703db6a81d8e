package dev.laurel.gradebook;

import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what people enter or bring in files to the same log, under the same lock and with the same event as what is read. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EnteredResults implements ObservationLog {

    private final LineItemRepository lineItems;

    private final ObservationRepository observations;

    private final SyncRepository syncs;

    private final StepMetrics metrics;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    EnteredResults(
            LineItemRepository lineItems,
            ObservationRepository observations,
            SyncRepository syncs,
            StepMetrics metrics,
            ApplicationEventPublisher events,
            Clock clock) {
        this.lineItems = lineItems;
        this.observations = observations;
        this.syncs = syncs;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void lock(TenantId tenant, long contextId) {
        syncs.lock(tenant, contextId);
    }

    @Override
    public LineItem column(TenantId tenant, long contextId, String source, Column column) {
        Optional<LineItem> known = find(tenant, contextId, source, column);
        if (known.isPresent()) {
            return known.get();
        }
        lineItems.save(tenant, contextId, source, List.of(column), false, false, clock.instant());
        LineItem added = find(tenant, contextId, source, column)
                .orElseThrow(() -> new IllegalStateException("The column just written is not there"));
        events.publishEvent(new ColumnsChanged(tenant, contextId, Set.of(added.id())));
        return added;
    }

    @Override
    public Map<String, LineItem> columns(TenantId tenant, long contextId, String source, Collection<Column> columns) {
        Map<String, LineItemRepository.Row> known = known(tenant, contextId, source);
        List<Column> changed = columns.stream()
                .filter(column -> {
                    LineItemRepository.Row row = known.get(column.externalId());
                    return row == null || !row.says(column);
                })
                .toList();
        Map<String, LineItemRepository.Row> now = known;
        if (!changed.isEmpty()) {
            lineItems.save(tenant, contextId, source, changed, false, false, clock.instant());
            now = known(tenant, contextId, source);
            events.publishEvent(new ColumnsChanged(tenant, contextId, ids(changed, now), before(changed, known)));
        }
        Map<String, LineItem> items = new HashMap<>();
        for (Column column : columns) {
            items.put(
                    column.externalId(),
                    Objects.requireNonNull(now.get(column.externalId())).item());
        }
        return items;
    }

    private Map<String, LineItemRepository.Row> known(TenantId tenant, long contextId, String source) {
        return lineItems.ofContext(tenant, contextId).stream()
                .filter(row -> row.item().source().equals(source))
                .collect(Collectors.toMap(row -> row.item().externalId(), row -> row));
    }

    private static Set<Long> ids(List<Column> columns, Map<String, LineItemRepository.Row> rows) {
        return columns.stream()
                .map(column -> Objects.requireNonNull(rows.get(column.externalId()))
                        .item()
                        .id())
                .collect(Collectors.toSet());
    }

    private static List<LineItem> before(List<Column> columns, Map<String, LineItemRepository.Row> rows) {
        return columns.stream()
                .map(column -> rows.get(column.externalId()))
                .filter(Objects::nonNull)
                .map(LineItemRepository.Row::item)
                .toList();
    }

    private Optional<LineItem> find(TenantId tenant, long contextId, String source, Column column) {
        return lineItems
                .byExternalId(tenant, contextId, source, column.externalId())
                .map(LineItemRepository.Row::item);
    }

    @Override
    public void remove(TenantId tenant, long contextId, Collection<Long> lineItemIds) {
        List<LineItem> before = lineItems.ofContext(tenant, contextId).stream()
                .map(LineItemRepository.Row::item)
                .filter(item -> lineItemIds.contains(item.id()))
                .toList();
        lineItems.markDeleted(tenant, lineItemIds, clock.instant());
        events.publishEvent(new ColumnsChanged(tenant, contextId, Set.copyOf(lineItemIds), before));
    }

    @Override
    public int append(TenantId tenant, long contextId, Origin origin, List<Entry> entries) {
        long seq = syncs.lock(tenant, contextId).lastSeq();
        Instant now = clock.instant();
        Map<Key, Observation> known = latest(tenant, contextId, entries);
        List<Observation> fresh = new ArrayList<>();
        Map<Long, Long> authors = new HashMap<>();
        for (Entry entry : entries) {
            Result result = result(entry, origin);
            if (isNew(known.get(new Key(entry.personId(), entry.lineItemId())), entry, result)) {
                Observation observation = observation(++seq, contextId, origin, entry, result, now);
                fresh.add(observation);
                known.put(new Key(entry.personId(), entry.lineItemId()), observation);
                authors.put(seq, entry.byPerson());
            }
        }
        if (!fresh.isEmpty()) {
            observations.append(tenant, fresh);
            observations.enteredBy(tenant, contextId, authors);
            syncs.grew(tenant, contextId, seq, now);
            events.publishEvent(new ObservationsRecorded(tenant, contextId, seq));
            fresh.forEach(observation -> metrics.passed(Step.GRADEBOOK, Duration.between(now, clock.instant())));
        }
        return fresh.size();
    }

    @Override
    public Difference compare(TenantId tenant, long contextId, Origin origin, List<Entry> entries) {
        Map<Key, Observation> known = latest(tenant, contextId, entries);
        int added = 0;
        int changed = 0;
        int same = 0;
        for (Entry entry : entries) {
            Observation before = known.get(new Key(entry.personId(), entry.lineItemId()));
            if (!isNew(before, entry, result(entry, origin))) {
                same++;
            } else if (before == null || before.status() == Observation.Status.NONE) {
                added++;
            } else {
                changed++;
            }
        }
        return new Difference(added, changed, same);
    }

    private record Key(long personId, long lineItemId) {}

    private Map<Key, Observation> latest(TenantId tenant, long contextId, List<Entry> entries) {
        Set<Long> items = entries.stream().map(Entry::lineItemId).collect(Collectors.toSet());
        Set<Long> people = entries.stream().map(Entry::personId).collect(Collectors.toSet());
        return observations.latest(tenant, contextId, items, people).stream()
                .collect(Collectors.toMap(
                        observation -> new Key(observation.personId(), observation.lineItemId()),
                        observation -> observation,
                        (one, other) -> one,
                        HashMap::new));
    }

    private static boolean isNew(@Nullable Observation before, Entry entry, Result result) {
        return Changes.isNew(before, result)
                || before != null && entry.dated() && !Objects.equals(micros(entry.occurredAt()), before.occurredAt());
    }

    /** As the database keeps it. */
    private static @Nullable Instant micros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static Result result(Entry entry, Origin origin) {
        return new Result(
                        "",
                        entry.status(),
                        entry.score(),
                        entry.maximum(),
                        null,
                        origin.visibility(),
                        null,
                        micros(entry.occurredAt()),
                        null)
                .handedIn(entry.handedInAt());
    }

    private static Observation observation(
            long seq, long contextId, Origin origin, Entry entry, Result result, Instant now) {
        return new Observation(
                seq,
                contextId,
                entry.personId(),
                entry.lineItemId(),
                origin.source(),
                result.status(),
                result.score(),
                result.scoreMaximum(),
                null,
                result.visibility(),
                null,
                origin.cameAbout(),
                result.occurredAt(),
                now,
                Reference.next(),
                new Observation.Work(null, result.handedInAt(), null));
    }
}
