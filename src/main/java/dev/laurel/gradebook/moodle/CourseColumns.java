package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every column of a course: what was known before, brought up to date with what a look lists. What a look does not list
 * stays as it was, so that no column is taken for deleted only because nobody asked for it.
 */
final class CourseColumns {

    private final Map<String, Column> columns = new LinkedHashMap<>();

    CourseColumns(Collection<LineItem> known) {
        known.stream()
                .filter(item -> item.source().equals(MoodleSource.NAME) && !item.deleted())
                .forEach(item -> put(new Column(
                        item.externalId(),
                        item.label(),
                        item.kind(),
                        item.group(),
                        item.mastery(),
                        item.scoreMaximum(),
                        null,
                        null,
                        null)));
    }

    /** All that is known of an item whose grades nobody has shown yet. */
    static Column bare(String id, String label, @Nullable String group) {
        return new Column(MoodleText.ITEM + id, label, LineItem.Kind.SCORE, group, null, null, null, null, null);
    }

    /** Takes this for the list of all items of the gradebook, except totals, which Moodle leaves out of it. */
    void list(Collection<Column> items) {
        Set<String> listed = items.stream().map(Column::externalId).collect(Collectors.toSet());
        columns.values()
                .removeIf(column -> column.externalId().startsWith(MoodleText.ITEM)
                        && !isCourseTotal(column)
                        && column.kind() != LineItem.Kind.SUBTOTAL
                        && !listed.contains(column.externalId()));
        for (Column bare : items) {
            Column known = columns.get(bare.externalId());
            put(known == null ? bare : filed(known, bare.group()));
        }
    }

    private static Column filed(Column column, @Nullable String group) {
        return new Column(
                column.externalId(),
                column.label(),
                column.kind(),
                group,
                column.mastery(),
                column.scoreMaximum(),
                null,
                null,
                null);
    }

    /** Takes this for the list of all columns whose names begin so. */
    void replace(String prefix, Collection<Column> listed) {
        columns.keySet().removeIf(externalId -> externalId.startsWith(prefix));
        listed.forEach(this::put);
    }

    /** With what a report shows of the items that are listed, and of totals: every report shows all of these. */
    void show(GradeReport report) {
        Column known = columns.values().stream()
                .filter(CourseColumns::isCourseTotal)
                .findFirst()
                .orElse(null);
        if (report.showsTotals()) {
            columns.values().removeIf(column -> isCourseTotal(column) || column.kind() == LineItem.Kind.SUBTOTAL);
        }
        for (Column shown : report.columns(known)) {
            if (isCourseTotal(shown)
                    || shown.kind() == LineItem.Kind.SUBTOTAL
                    || columns.containsKey(shown.externalId())) {
                put(shown);
            }
        }
    }

    void put(Column column) {
        columns.put(column.externalId(), column);
    }

    void remove(String externalId) {
        columns.remove(externalId);
    }

    private static boolean isCourseTotal(Column column) {
        return column.kind() == LineItem.Kind.TOTAL_CURRENT || column.kind() == LineItem.Kind.TOTAL_FINAL;
    }

    /** How many items the gradebook has, at least 1. */
    int items() {
        return Math.max(1, of(MoodleText.ITEM).size());
    }

    /** Those whose names begin so. */
    List<Column> of(String prefix) {
        return columns.values().stream()
                .filter(column -> column.externalId().startsWith(prefix))
                .toList();
    }

    List<Column> all() {
        return List.copyOf(columns.values());
    }

    /** What was said in the columns that are wanted; of whom nothing was said, nothing is known. */
    List<ColumnResults> results(GradeReport report, Questions questions, Predicate<Column> isInput) {
        List<ColumnResults> all = new ArrayList<>();
        for (Column column : columns.values()) {
            String externalId = column.externalId();
            boolean item = externalId.startsWith(MoodleText.ITEM);
            Collection<Result> results = item ? report.results(externalId) : questions.results(externalId);
            Set<String> unreadable = item ? report.unreadable(externalId) : questions.unreadable(externalId);
            Set<String> withoutGrade = item ? report.withoutGrade(externalId) : Set.of();
            boolean isSilent = results.isEmpty() && unreadable.isEmpty() && withoutGrade.isEmpty();
            if (isInput.test(column) && !isSilent) {
                all.add(new ColumnResults(externalId, List.copyOf(results), unreadable, withoutGrade, false));
            }
        }
        return all;
    }
}
