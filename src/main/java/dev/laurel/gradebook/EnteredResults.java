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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what people enter to the same log, under the same lock and with the same event as what is read. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EnteredResults implements ObservationLog {

    private static final String CAME_ABOUT = "manual";

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
    public int append(TenantId tenant, long contextId, String source, List<Entry> entries) {
        long seq = syncs.lock(tenant, contextId).lastSeq();
        Instant now = clock.instant();
        Map<Key, Observation> known = latest(tenant, contextId, entries);
        List<Observation> fresh = new ArrayList<>();
        Map<Long, Long> authors = new HashMap<>();
        for (Entry entry : entries) {
            Result result = result(entry);
            if (isNew(known.get(new Key(entry.personId(), entry.lineItemId())), entry, result)) {
                Observation observation = observation(++seq, contextId, source, entry, result, now);
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
        return Recorder.isNew(before, result)
                || before != null
                        && entry.dated()
                        && !micros(entry.occurredAt()).equals(before.occurredAt());
    }

    /** As the database keeps it. */
    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static Result result(Entry entry) {
        return new Result(
                "",
                entry.status(),
                entry.score(),
                entry.maximum(),
                null,
                Observation.Visibility.POSTED,
                null,
                micros(entry.occurredAt()),
                null);
    }

    private static Observation observation(
            long seq, long contextId, String source, Entry entry, Result result, Instant now) {
        return new Observation(
                seq,
                contextId,
                entry.personId(),
                entry.lineItemId(),
                source,
                result.status(),
                result.score(),
                result.scoreMaximum(),
                null,
                result.visibility(),
                null,
                CAME_ABOUT,
                result.occurredAt(),
                now,
                Reference.next());
    }
}
