package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.secrets.Sha256;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The assignments of a course with their groups; quizzes of both kinds are among them, and are read as such, so that none
 * counts twice.
 */
@Component
class Assignments {

    /** What columns of assignments are called by. */
    static final String PREFIX = "assignment-";

    /** What columns of rows of rubrics are called by. */
    static final String ROWS = "rubric-";

    private final ColumnsOverAgs overAgs;

    Assignments(ColumnsOverAgs overAgs) {
        this.overAgs = overAgs;
    }

    /**
     * An assignment that is read.
     *
     * @param manual its grades are hidden until somebody posts them
     * @param letter its grades are letters
     * @param passFail it is complete or not, and no points say so: being complete is worth its one point here
     * @param anonymous who is who is hidden until its grades are posted
     */
    record Assignment(
            String id,
            String label,
            String group,
            @Nullable BigDecimal maximum,
            boolean manual,
            boolean letter,
            boolean passFail,
            boolean anonymous,
            Map<String, Row> rubric) {

        String columnId() {
            return PREFIX + id;
        }

        String rowId(String row) {
            return ROWS + id + "-" + row;
        }

        /** Whether this is its column, or one of its rows. */
        boolean has(String externalId) {
            return externalId.equals(columnId()) || externalId.startsWith(rowId(""));
        }
    }

    /** A row of a rubric. */
    record Row(String label, @Nullable BigDecimal maximum) {}

    /**
     * @param includes whether Canvas does what {@code include[]} asks for; where the key does not allow it, it keeps silent
     * @param digest changes where totals may come out differently, or something is out of other points than before
     * @param unread those that are not read, and why
     * @param unclear labels of assignments that are left out because one of them may be a column of Laurel's
     */
    record Found(
            Map<String, Assignment> byId,
            Map<Assignment, LineItem.StillThere> unread,
            boolean includes,
            String digest,
            Set<String> unclear) {}

    Found read(CourseContext course, CanvasClient.Trip trip, String canvasCourse, List<KnownColumns.Known> known) {
        List<JsonNode> groups = new ArrayList<>();
        trip.entries(
                "/api/v1/courses/" + canvasCourse + "/assignment_groups?include[]=assignments&per_page=100",
                "assignments",
                groups::add);
        boolean includes = !groups.isEmpty()
                && groups.stream().allMatch(group -> group.path("assignments").isArray());
        Map<String, String> names = new HashMap<>();
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (JsonNode group : groups) {
            names.put(String.valueOf(CanvasIds.of(group.get("id"))), Said.label(group.get("name")));
            if (includes) {
                group.path("assignments").forEach(each -> put(all, each));
            }
        }
        if (!includes) {
            trip.entries(
                    "/api/v1/courses/" + canvasCourse + "/assignments?per_page=100",
                    "assignments",
                    each -> put(all, each));
        }
        Map<String, Assignment> byId = new LinkedHashMap<>();
        Map<Assignment, LineItem.StillThere> unread = new LinkedHashMap<>();
        ColumnsOverAgs.Left left = overAgs.among(course, all, known);
        all.forEach((id, each) -> {
            if (!each.path("published").asBoolean(true)) {
                unread.put(assignment(id, each, names), LineItem.StillThere.UNPUBLISHED);
            } else if (left.ids().contains(id)) {
                unread.put(assignment(id, each, names), LineItem.StillThere.OVER_AGS);
            } else {
                byId.put(id, assignment(id, each, names));
            }
        });
        return new Found(byId, unread, includes, digest(groups, all), left.unclear());
    }

    private static void put(Map<String, JsonNode> all, JsonNode assignment) {
        String id = CanvasIds.of(assignment.get("id"));
        if (id == null) {
            throw ServiceProblem.unreadable("Canvas lists an assignment without its number. Nothing was changed.");
        }
        all.put(id, assignment);
    }

    private static Assignment assignment(String id, JsonNode said, Map<String, String> groups) {
        Map<String, Row> rubric = new LinkedHashMap<>();
        for (JsonNode row : said.path("rubric")) {
            String rowId = Said.text(row.get("id"));
            if (rowId != null && !row.path("ignore_for_scoring").asBoolean(false)) {
                rubric.put(rowId, new Row(Said.label(row.get("description")), Said.number(row.get("points"))));
            }
        }
        BigDecimal maximum = Said.number(said.get("points_possible"));
        boolean passFail =
                "pass_fail".equals(Said.text(said.get("grading_type"))) && (maximum == null || maximum.signum() == 0);
        return new Assignment(
                id,
                Said.label(said.get("name")),
                groups.getOrDefault(String.valueOf(CanvasIds.of(said.get("assignment_group_id"))), "Assignments"),
                passFail ? BigDecimal.ONE : maximum,
                said.path("post_manually").asBoolean(false),
                "letter_grade".equals(Said.text(said.get("grading_type"))),
                passFail,
                said.path("anonymize_students").asBoolean(false),
                rubric);
    }

    static Column column(Assignment assignment) {
        return new Column(
                assignment.columnId(),
                assignment.label(),
                LineItem.Kind.SCORE,
                assignment.group(),
                null,
                assignment.maximum(),
                null,
                null,
                null);
    }

    static List<Column> rows(Assignment assignment) {
        return assignment.rubric().entrySet().stream()
                .map(row -> new Column(
                        assignment.rowId(row.getKey()),
                        row.getValue().label(),
                        LineItem.Kind.RUBRIC_ROW,
                        assignment.label(),
                        null,
                        row.getValue().maximum(),
                        null,
                        null,
                        null))
                .toList();
    }

    private static String rows(JsonNode assignment) {
        return assignment
                .path("rubric")
                .valueStream()
                .map(row -> " " + row.get("id") + " " + row.get("points"))
                .collect(Collectors.joining());
    }

    private static String digest(List<JsonNode> groups, Map<String, JsonNode> all) {
        String weights = groups.stream()
                .map(group -> group.get("id") + " " + group.get("group_weight") + " " + group.get("rules"))
                .collect(Collectors.joining(";"));
        String parts = all.values().stream()
                .map(each -> each.get("id") + " " + each.get("assignment_group_id") + " " + each.get("points_possible")
                        + " " + each.get("omit_from_final_grade") + " "
                        + Objects.toString(each.get("published")) + " " + each.get("grading_type") + rows(each))
                .collect(Collectors.joining(";"));
        return HexFormat.of().formatHex(Sha256.of(weights + "|" + parts), 0, 6);
    }
}
