package dev.laurel.gradebook.manual;

import static dev.laurel.gradebook.manual.HandInCheck.refuseIf;

import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.manual.EntryRefusedException.Reason;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The items of a course whose results are entered here: a line item each, and one for every row of a rubric. */
@Component
class ManualItems {

    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_INSTRUCTIONS = 4_000;

    private static final int MOST_ROWS = 30;

    private static final int MOST_LEVELS = 10;

    private static final BigDecimal MOST_POINTS = new BigDecimal(1_000);

    private final Gradebook gradebook;

    private final ObservationLog log;

    private final ManualItemRepository repository;

    private final Clock clock;

    ManualItems(Gradebook gradebook, ObservationLog log, ManualItemRepository repository, Clock clock) {
        this.gradebook = gradebook;
        this.log = log;
        this.repository = repository;
        this.clock = clock;
    }

    List<ManualItem> ofContext(TenantId tenant, long contextId) {
        List<ManualItemRepository.Row> rows = repository.ofContext(tenant, contextId);
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, LineItem> lineItems = gradebook.lineItems(tenant, contextId).stream()
                .filter(item -> !item.deleted())
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        ManualItemRepository.Rubrics rubrics = repository.rubrics(tenant, contextId);
        List<ManualItem> items = new ArrayList<>();
        for (ManualItemRepository.Row row : rows) {
            LineItem item = lineItems.get(row.lineItemId());
            if (item != null) {
                List<RubricRow> rubric = rubrics.rows().getOrDefault(row.lineItemId(), List.of()).stream()
                        .flatMap(id -> Optional.ofNullable(lineItems.get(id)).stream())
                        .map(rowItem -> new RubricRow(
                                rowItem.id(), rowItem.label(), rubrics.levels().getOrDefault(rowItem.id(), List.of())))
                        .toList();
                items.add(new ManualItem(item, row.heldOn(), row.instructions(), rubric));
            }
        }
        return items;
    }

    /** Adds an item, under the lock of the course's log; answers the one that is there where the key was used before. */
    ManualItem add(
            Entering by,
            UUID key,
            LineItem.Kind kind,
            String typedName,
            @Nullable String group,
            @Nullable LocalDate heldOn,
            @Nullable String instructions,
            List<RubricRow> rubric) {
        String name = name(typedName);
        refuseIf(instructions != null && instructions.length() > LONGEST_INSTRUCTIONS, Reason.TEXT_TOO_LONG);
        check(rubric);
        log.lock(by.tenant(), by.contextId());
        String groupName = group == null || group.isBlank() ? null : name(group);
        LineItem item = log.column(
                by.tenant(),
                by.contextId(),
                ManualGradebook.SOURCE,
                column(key.toString(), name, kind, groupName, BigDecimal.ONE));
        boolean added = repository.insert(
                by.tenant(), by.contextId(), item.id(), heldOn, instructions, by.personId(), clock.instant());
        if (added) {
            addRubric(by, key, item, rubric);
        }
        return ofContext(by.tenant(), by.contextId()).stream()
                .filter(each -> each.id() == item.id())
                .findFirst()
                .orElseThrow(() -> new EntryRefusedException(Reason.GONE));
    }

    private void addRubric(Entering by, UUID key, LineItem evidence, List<RubricRow> rubric) {
        for (int place = 0; place < rubric.size(); place++) {
            RubricRow row = rubric.get(place);
            LineItem item = log.column(
                    by.tenant(),
                    by.contextId(),
                    ManualGradebook.SOURCE,
                    column(
                            key + "/" + place,
                            name(row.label()),
                            LineItem.Kind.RUBRIC_ROW,
                            evidence.label(),
                            row.maximum()));
            repository.insertRow(by.tenant(), evidence.id(), place, item.id(), row.levels());
        }
    }

    private static Column column(
            String externalId, String name, LineItem.Kind kind, @Nullable String group, BigDecimal maximum) {
        return new Column(externalId, name, kind, group, null, maximum, null, null, null);
    }

    private static String name(String typed) {
        String name = typed.strip();
        refuseIf(name.isEmpty(), Reason.NAME_MISSING);
        refuseIf(name.length() > LONGEST_NAME, Reason.TEXT_TOO_LONG);
        return name;
    }

    private static void check(List<RubricRow> rubric) {
        refuseIf(rubric.size() > MOST_ROWS, Reason.BAD_RUBRIC);
        for (RubricRow row : rubric) {
            name(row.label());
            List<BigDecimal> points =
                    row.levels().stream().map(RubricRow.Level::points).toList();
            boolean different = points.stream()
                            .map(BigDecimal::stripTrailingZeros)
                            .distinct()
                            .count()
                    == points.size();
            boolean inRange = points.stream()
                    .allMatch(each -> each.signum() >= 0 && each.compareTo(MOST_POINTS) <= 0 && each.scale() <= 6);
            refuseIf(points.size() < 2 || points.size() > MOST_LEVELS || !different || !inRange, Reason.BAD_RUBRIC);
            row.levels().forEach(level -> name(level.label()));
        }
    }
}
