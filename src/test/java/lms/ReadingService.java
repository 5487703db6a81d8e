package lms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The LMS's own interface for whoever has its reading token: every column of a course, totals with letters, completions,
 * outcomes, rows of rubrics and sessions. It stands for what Canvas and Moodle tell over their own interfaces.
 */
final class ReadingService {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final ReferenceLms lms;

    ReadingService(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        server.route("GET", Urls.GRADEBOOK, Service.READING, this::answer);
    }

    private Answer answer(Call call) {
        if (!lms.readingToken().equals(call.bearerToken().orElse(""))) {
            return ServiceGate.error(401, "This needs the reading token");
        }
        return lms.course(call.part("course"))
                .map(course -> Answer.ok("application/json", gradebook(course)))
                .orElseGet(() -> ServiceGate.error(404, "No such course"));
    }

    private static Map<String, Object> gradebook(Course course) {
        Progress progress = course.progress();
        List<Map<String, Object>> items = new ArrayList<>();
        course.columns().forEach(column -> items.add(column(course, column)));
        items.add(total(course, "current", "Course total so far", progress::current));
        items.add(total(course, "final", "Course total", progress::atTheEnd));
        progress.items().forEach(item -> items.add(item(course, item)));
        progress.modules()
                .forEach(module -> items.add(completion(course, "module-" + module, "Module: " + module, module)));
        if (!progress.modules().isEmpty()) {
            items.add(completion(course, "course", "The whole course", null));
        }
        return Map.of("scheme", progress.scheme(), "items", items);
    }

    private static Map<String, Object> column(Course course, Column column) {
        Map<String, Object> item = described(
                "column-" + column.id(),
                "score",
                column.label(),
                course.progress().group(column),
                column.maximum());
        item.put("owner", column.owner());
        item.put("results", results(course, user -> cell(course, column, user)));
        return item;
    }

    private static Optional<Map<String, Object>> cell(Course course, Column column, LmsUser user) {
        Mark mark = course.progress().mark(user, column);
        Optional<Grade> grade = column.grade(user).filter(found -> found.score() != null);
        if (grade.isEmpty() && mark == Mark.NONE) {
            return Optional.empty();
        }
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("state", state(mark, grade.isPresent()));
        cell.put("points", grade.map(Grade::score).orElse(null));
        cell.put("posted", mark != Mark.HIDDEN);
        cell.put("late", mark == Mark.LATE);
        cell.put("at", grade.map(found -> found.at().toString()).orElse(null));
        return Optional.of(cell);
    }

    private static String state(Mark mark, boolean graded) {
        return switch (mark) {
            case EXCUSED -> "excused";
            case PROVISIONAL -> graded ? "provisional" : "submitted";
            case SUBMITTED, LATE -> graded ? "graded" : "submitted";
            case NONE, HIDDEN -> graded ? "graded" : "none";
        };
    }

    private interface Percent {

        Optional<BigDecimal> of(LmsUser user);
    }

    private static Map<String, Object> total(Course course, String which, String label, Percent percent) {
        Map<String, Object> item = described("total-" + which, "total-" + which, label, null, HUNDRED);
        item.put(
                "results",
                results(
                        course,
                        user -> percent.of(user)
                                .map(value -> points(value, course.progress().letter(value), null))));
        return item;
    }

    private static Map<String, Object> item(Course course, Progress.Item what) {
        String kind = switch (what.kind()) {
            case ACTIVITY -> "completion";
            case OUTCOME -> "outcome";
            case RUBRIC_ROW -> "rubric-row";
            case SESSION -> "attendance";
        };
        Map<String, Object> item = described("item-" + what.id(), kind, what.label(), what.group(), what.maximum());
        item.put("mastery", what.mastery());
        item.put(
                "results",
                results(
                        course,
                        user -> course.progress()
                                .value(user, what)
                                .map(value -> points(value.points(), null, value.at()))));
        return item;
    }

    private static Map<String, Object> completion(Course course, String id, String label, String module) {
        Map<String, Object> item = described(id, "completion", label, "Completion", BigDecimal.ONE);
        item.put(
                "results",
                results(
                        course,
                        user -> course.progress().completed(user, module).map(at -> points(BigDecimal.ONE, null, at))));
        return item;
    }

    private static Map<String, Object> described(
            String id, String kind, String label, String group, BigDecimal maximum) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", id);
        item.put("kind", kind);
        item.put("label", label);
        item.put("group", group);
        item.put("maximum", maximum);
        return item;
    }

    private static Map<String, Object> points(BigDecimal points, String letter, Instant at) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("state", "graded");
        result.put("points", points);
        result.put("letter", letter);
        result.put("posted", true);
        result.put("at", at == null ? null : at.toString());
        return result;
    }

    private interface Cell {

        Optional<Map<String, Object>> of(LmsUser user);
    }

    private static List<Map<String, Object>> results(Course course, Cell cell) {
        return course.people().stream()
                .filter(person -> person.role().isGraded())
                .flatMap(person -> cell.of(person).map(result -> named(person, result)).stream())
                .toList();
    }

    private static Map<String, Object> named(LmsUser person, Map<String, Object> result) {
        Map<String, Object> named = new LinkedHashMap<>(result);
        named.put("user", person.id());
        return named;
    }
}
