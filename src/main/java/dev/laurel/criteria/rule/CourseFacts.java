package dev.laurel.criteria.rule;

import dev.laurel.context.CourseSections;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules need to know of a course.
 *
 * @param items its columns by number, deleted ones included
 * @param badges the names of badges that rules may ask for, by number of the achievement
 * @param sections what its sections and groups are called, by number, as far as the platform told it and rules name any
 * @param scheme how it turns percent into letters; {@code null} where nobody said
 * @param zone in which its dates are meant
 * @param ownColumnInTotal whether a column that Laurel writes counts in its total, so that a badge would feed itself
 */
public record CourseFacts(
        Map<Long, LineItem> items,
        Map<Long, String> badges,
        Map<String, String> sections,
        @Nullable GradingScheme scheme,
        ZoneId zone,
        boolean ownColumnInTotal) {

    /** A course of which only the columns are known. */
    public static CourseFacts ofColumns(Map<Long, LineItem> items) {
        return new CourseFacts(items, Map.of(), Map.of(), null, ZoneOffset.UTC, false);
    }

    /** The course while these columns still were as they were. */
    public CourseFacts with(Collection<LineItem> before) {
        Map<Long, LineItem> then = new HashMap<>(items);
        before.forEach(item -> then.put(item.id(), item));
        return new CourseFacts(then, badges, sections, scheme, zone, ownColumnInTotal);
    }

    /** The course while these sections still were called so. */
    public CourseFacts withSections(Map<String, String> before) {
        Map<String, String> then = new HashMap<>(sections);
        then.putAll(before);
        return new CourseFacts(items, badges, then, scheme, zone, ownColumnInTotal);
    }

    /** The course before anybody told what its sections are called. */
    public CourseFacts withoutNamesOfSections() {
        return new CourseFacts(items, badges, Map.of(), scheme, zone, ownColumnInTotal);
    }

    @Nullable
    LineItem item(long lineItemId) {
        return items.get(lineItemId);
    }

    String label(long lineItemId) {
        LineItem item = items.get(lineItemId);
        return item == null ? "" : item.label();
    }

    /** {@code Section A (4711)}; the number alone where no name is known. */
    String section(String number) {
        return CourseSections.label(number, sections.get(number));
    }

    /** The columns that the LMS files under this group now, in a stable order. */
    List<LineItem> group(String name, LineItem.Kind kind) {
        return items.values().stream()
                .filter(item -> item.kind() == kind && name.equals(item.group()) && !item.deleted() && !item.output())
                .sorted(Comparator.comparingLong(LineItem::id))
                .toList();
    }

    Optional<LineItem> total(LineItem.Kind kind) {
        return items.values().stream()
                .filter(item -> item.kind() == kind && !item.deleted())
                .min(Comparator.comparingLong(LineItem::id));
    }
}
