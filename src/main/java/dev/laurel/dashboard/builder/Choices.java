package dev.laurel.dashboard.builder;

import dev.laurel.context.CourseSections;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is in a course that a rule can ask for.
 *
 * @param unread those of these columns that nobody lets Laurel read, or not any more
 * @param badges names by number, of the instructor's own courses
 * @param others badges of the institution beside them
 * @param inVain what was looked for among these and not found
 * @param sections of the course, and groups
 */
record Choices(
        List<LineItem> items,
        Set<Long> unread,
        Map<Long, String> badges,
        Map<Long, String> others,
        Set<String> inVain,
        List<CourseSections.Section> sections) {

    /** So many are offered at once. Of more, others are found by their names. */
    static final int MOST_OTHERS = 20;

    /** In the order in which they are offered. */
    static final List<String> KINDS = List.of(
            "score",
            "average",
            "countInGroup",
            "courseTotal",
            "completion",
            "outcome",
            "rubricRow",
            "submission",
            "attendance",
            "evidence",
            "confirmation",
            "badge",
            "broughtBadge",
            "credits",
            "inGroup");

    private static final Map<String, Set<Kind>> COLUMNS = Map.of(
            "score", EnumSet.of(Kind.SCORE, Kind.SUBTOTAL),
            "average", EnumSet.of(Kind.SCORE, Kind.SUBTOTAL),
            "countInGroup", EnumSet.of(Kind.SCORE),
            "courseTotal", EnumSet.of(Kind.TOTAL_CURRENT, Kind.TOTAL_FINAL),
            "completion", EnumSet.of(Kind.COMPLETION),
            "outcome", EnumSet.of(Kind.OUTCOME),
            "rubricRow", EnumSet.of(Kind.RUBRIC_ROW),
            "submission", EnumSet.of(Kind.SCORE, Kind.EVIDENCE),
            "attendance", EnumSet.of(Kind.ATTENDANCE),
            "evidence", EnumSet.of(Kind.EVIDENCE));

    /** The columns that this kind of part can ask for. */
    public List<LineItem> columns(String kind) {
        return ofKind(kind).filter(item -> !unread.contains(item.id())).toList();
    }

    /** Whether it could ask for more, were Laurel allowed to read it. */
    public boolean lacks(String kind) {
        return ofKind(kind).anyMatch(item -> unread.contains(item.id()));
    }

    private Stream<LineItem> ofKind(String kind) {
        Set<Kind> kinds = kind.equals("confirmation") ? EnumSet.of(Kind.CONFIRMATION) : COLUMNS.get(kind);
        return kinds == null
                ? Stream.empty()
                : items.stream()
                        .filter(item -> !item.deleted() && !item.output() && item.readable())
                        .filter(item -> kinds.contains(item.kind()));
    }

    /** The groups of the gradebook in which this kind of part can count. */
    public List<String> groups(String kind) {
        return columns(kind).stream()
                .map(LineItem::group)
                .filter(group -> group != null && !group.isBlank())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the course has anything for it. */
    public boolean offers(String kind) {
        return switch (kind) {
            case "countInGroup", "attendance" -> !groups(kind).isEmpty();
            case "average" -> columns(kind).size() > 1;
            case "badge", "credits" -> !badges.isEmpty() || !others.isEmpty();
            case "broughtBadge" -> true;
            case "inGroup" -> !sections.isEmpty();
            default -> !columns(kind).isEmpty();
        };
    }

    /** Whether some section shows as its number only. */
    public boolean hasUnnamedSections() {
        return sections.stream().anyMatch(section -> section.name() == null);
    }

    /** The name of a column that a part names, {@code null} where it cannot be chosen (any more). */
    public @Nullable LineItem column(String id) {
        return items.stream()
                .filter(item -> Long.toString(item.id()).equals(id))
                .findFirst()
                .orElse(null);
    }
}
