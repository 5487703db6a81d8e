package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Which of Canvas's assignments are columns that AGS shows: they are left to AGS, and those that Laurel writes must never be
 * read as results, whether AGS shows them or not.
 *
 * <p>Canvas lists columns of tools as assignments, too, and does not say there which line item each is. One that opens a tool
 * is known by its link or by the address that it opens. One that a tool only writes to has neither, and accepts nothing from
 * students: it is known by label and maximum among those that Canvas does not mark as something else. What was one of
 * Laurel's once stays so, whatever it is called later.
 */
@Component
class ColumnsOverAgs {

    private static final String AGS = "ags";

    private static final String OF_A_TOOL = "external_tool";

    private static final String ACCEPTS_NOTHING = "none";

    private final CanvasCourses courses;

    private final PublicUrl publicUrl;

    ColumnsOverAgs(CanvasCourses courses, PublicUrl publicUrl) {
        this.courses = courses;
        this.publicUrl = publicUrl;
    }

    /**
     * @param ids of assignments that are not read here
     * @param unclear labels of those among them of which nobody can tell which one is the column
     */
    record Left(Set<String> ids, Set<String> unclear) {}

    Left among(CourseContext course, Map<String, JsonNode> assignments, List<KnownColumns.Known> known) {
        Set<String> own = courses.ownAssignments(course.tenant(), course.id());
        Set<String> left = new HashSet<>(own);
        Set<String> found = new HashSet<>();
        assignments.forEach((id, each) -> {
            if (opensLaurel(each)) {
                left.add(id);
            }
        });
        Set<String> linked = new HashSet<>();
        List<LineItem> byName = new ArrayList<>();
        for (KnownColumns.Known column : known) {
            if (column.item().source().equals(AGS)) {
                String id = linked(column.resourceLinkId(), assignments);
                if (id == null) {
                    byName.add(column.item());
                } else {
                    linked.add(id);
                    found(column.item(), id, own, found);
                }
            }
        }
        left.addAll(linked);
        Set<String> unclear = new HashSet<>();
        for (LineItem item : byName) {
            List<String> same = called(item, assignments, own, linked);
            left.addAll(same);
            same.forEach(id -> found(item, id, own, found));
            if (same.size()
                    > byName.stream().filter(other -> isSame(item, other)).count()) {
                unclear.add(item.label());
            }
        }
        courses.rememberOwn(course.tenant(), course.id(), found);
        return new Left(left, unclear);
    }

    private static void found(LineItem item, String id, Set<String> own, Set<String> found) {
        if (item.output() && !own.contains(id)) {
            found.add(id);
        }
    }

    private static @Nullable String linked(@Nullable String resourceLinkId, Map<String, JsonNode> assignments) {
        return resourceLinkId == null
                ? null
                : assignments.entrySet().stream()
                        .filter(each ->
                                resourceLinkId.equals(Said.text(each.getValue().get("lti_context_id"))))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
    }

    /** Where one that accepts nothing has the name, one that students hand in to is another. */
    private List<String> called(LineItem item, Map<String, JsonNode> assignments, Set<String> own, Set<String> linked) {
        List<String> all = assignments.entrySet().stream()
                .filter(each -> !linked.contains(each.getKey()))
                .filter(each -> isCalled(item, each.getValue()) && !isNoColumn(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<String> likely = all.stream()
                .filter(id -> own.contains(id) || isOfATool(assignments.get(id)))
                .toList();
        return likely.isEmpty() ? all : likely;
    }

    private boolean isOfATool(@Nullable JsonNode assignment) {
        return assignment != null && (opensLaurel(assignment) || has(assignment, ACCEPTS_NOTHING, true));
    }

    /** A quiz, or another tool's. */
    private boolean isNoColumn(JsonNode assignment) {
        return assignment.hasNonNull("quiz_id")
                || assignment.path("is_quiz_lti_assignment").asBoolean(false)
                || has(assignment, "online_quiz", false)
                || (has(assignment, OF_A_TOOL, false) && !opensLaurel(assignment));
    }

    /** @param unsaid where Canvas does not say how students hand in */
    private static boolean has(JsonNode assignment, String type, boolean unsaid) {
        JsonNode types = assignment.get("submission_types");
        return types == null || types.isEmpty()
                ? unsaid
                : StreamSupport.stream(types.spliterator(), false).anyMatch(each -> type.equals(Said.text(each)));
    }

    private static boolean isCalled(LineItem item, JsonNode assignment) {
        BigDecimal maximum = Said.number(assignment.get("points_possible"));
        return item.label().equals(Said.label(assignment.get("name"))) && isSame(item.scoreMaximum(), maximum);
    }

    private static boolean isSame(LineItem one, LineItem other) {
        return one.label().equals(other.label()) && isSame(one.scoreMaximum(), other.scoreMaximum());
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && other != null && one.compareTo(other) == 0;
    }

    private boolean opensLaurel(JsonNode assignment) {
        String opens = Said.text(assignment.path("external_tool_tag_attributes").get("url"));
        return opens != null && (opens + "/").startsWith(publicUrl.origin() + "/");
    }
}
