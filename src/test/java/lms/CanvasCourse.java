package lms;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A course in the words of Canvas's REST interface, for one request. */
final class CanvasCourse {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final ReferenceLms lms;

    private final Course course;

    private final Call call;

    private final boolean strings;

    private final List<String> includes;

    private final CanvasChanges changes;

    CanvasCourse(ReferenceLms lms, Course course, Call call, boolean obeysIncludes, CanvasChanges changes) {
        this.lms = lms;
        this.course = course;
        this.call = call;
        this.strings = call.header("Accept").orElse("").contains("canvas-string-ids");
        this.includes = obeysIncludes ? call.all("include[]") : List.of();
        this.changes = changes;
    }

    /** Rollups with what they refer to. */
    record Rollups(List<?> rollups, Map<String, Object> linked) {

        Map<String, Object> page(List<?> entries) {
            var page = new LinkedHashMap<String, Object>();
            page.put("rollups", entries);
            if (!linked.isEmpty()) {
                page.put("linked", linked);
            }
            return page;
        }
    }

    private Object id(long number) {
        return strings ? Long.toString(number) : (Object) number;
    }

    private long courseNumber() {
        return Long.parseLong(course.id());
    }

    private static long number(Column column) {
        return Long.parseLong(column.id());
    }

    private long number(LmsUser user) {
        return Long.parseLong(lms.numberOf(user.id()));
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    Map<String, Object> course() {
        Map<String, Object> said = object(
                "id", id(courseNumber()),
                "name", course.title(),
                "course_code", course.label(),
                "workflow_state", course.isConcluded() ? "completed" : "available",
                "time_zone", course.timeZone(),
                "grading_standard_id", id(courseNumber() * 10 + 1));
        if (includes.contains("concluded")) {
            said.put("concluded", course.isConcluded());
        }
        return said;
    }

    List<?> schemes() {
        List<Map<String, Object>> steps = course.progress().scheme().stream()
                .map(step -> object("name", step.letter(), "value", new BigDecimal(step.fromPercent()).divide(HUNDRED)))
                .toList();
        return List.of(
                object("id", id(1), "title", "Another", "context_type", "Account", "grading_scheme", List.of()),
                object(
                        "id",
                        id(courseNumber() * 10 + 1),
                        "title",
                        "Letters",
                        "context_type",
                        "Course",
                        "grading_scheme",
                        steps));
    }

    // ---- assignments

    private List<Column> published() {
        return course.columns().stream().filter(lms.canvas()::isPublished).toList();
    }

    private List<String> groupNames() {
        return course.columns().stream()
                .map(course.progress()::group)
                .distinct()
                .toList();
    }

    private long groupNumber(String name) {
        return courseNumber() * 100 + groupNames().indexOf(name) + 1;
    }

    List<?> groups() {
        return groupNames().stream()
                .map(name -> {
                    Map<String, Object> group =
                            object("id", id(groupNumber(name)), "name", name, "group_weight", 0, "rules", Map.of());
                    if (includes.contains("assignments")) {
                        group.put(
                                "assignments",
                                course.columns().stream()
                                        .filter(column ->
                                                course.progress().group(column).equals(name))
                                        .map(this::assignment)
                                        .toList());
                    }
                    return group;
                })
                .toList();
    }

    List<?> assignments() {
        return course.columns().stream().map(this::assignment).toList();
    }

    private Map<String, Object> assignment(Column column) {
        boolean ofTool = !column.belongsToLms() && column.isBoundToLink();
        Map<String, Object> said = object(
                "id", id(number(column)),
                "name", column.label(),
                "assignment_group_id", id(groupNumber(course.progress().group(column))),
                "points_possible", column.maximum(),
                "grading_type", "points",
                "published", lms.canvas().isPublished(column),
                "omit_from_final_grade", false,
                "post_manually", false,
                "anonymize_students", lms.canvas().isAnonymous(column),
                "submission_types", List.of(ofTool ? "external_tool" : column.belongsToLms() ? "online_quiz" : "none"));
        if (column.belongsToLms()) {
            said.put("quiz_id", id(number(column) + 500_000));
        }
        if (ofTool) {
            said.put("lti_context_id", column.details().resourceLinkId());
            said.put(
                    "external_tool_tag_attributes",
                    Map.of(
                            "url",
                            lms.tool(column.owner())
                                    .map(tool -> tool.targetLinkUri().toString())
                                    .orElse("")));
        }
        List<Progress.Item> rows = rows(column);
        if (!rows.isEmpty()) {
            said.put(
                    "rubric",
                    rows.stream()
                            .map(row -> object("id", rowId(row), "description", row.label(), "points", row.maximum()))
                            .toList());
        }
        return said;
    }

    private List<Progress.Item> rows(Column column) {
        return items(Progress.Kind.RUBRIC_ROW).stream()
                .filter(row -> row.group().equals(column.label()))
                .toList();
    }

    private static String rowId(Progress.Item row) {
        return "_" + row.id().replaceAll("\\D", "");
    }

    private List<Progress.Item> items(Progress.Kind kind) {
        return course.progress().items().stream()
                .filter(item -> item.kind() == kind)
                .toList();
    }

    // ---- submissions

    /** Canvas refuses the whole of a request that names anybody whom it does not list, whoever else it names. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        private Refused(int status, String words) {
            super(words);
            this.answer = CanvasApi.error(status, words);
        }

        Answer answer() {
            return answer;
        }
    }

    private static final String NOT_AUTHORIZED = "user not authorized to perform that action";

    /** Those of these whom the numbers name. */
    private List<LmsUser> named(List<String> numbers, List<LmsUser> among, int status, String refusal) {
        List<LmsUser> found = among.stream()
                .filter(student -> numbers.contains(lms.numberOf(student.id())))
                .toList();
        if (found.size() < numbers.stream().distinct().count()) {
            throw new Refused(status, refusal);
        }
        return found;
    }

    /** Also those who are not active any more: only a deleted enrolment is none. */
    private List<LmsUser> askedStudents() {
        List<String> ids = call.all("student_ids[]");
        List<LmsUser> listed = course.students().stream()
                .filter(student -> !course.statusOf(student).equals("Deleted"))
                .toList();
        return ids.contains("all") ? listed : named(ids, listed, 401, NOT_AUTHORIZED);
    }

    private List<LmsUser> activeStudents() {
        return course.students().stream().filter(course::isActive).toList();
    }

    List<?> submissions() {
        List<String> assignments = call.all("assignment_ids[]");
        List<Column> columns = published().stream()
                .filter(column -> assignments.isEmpty() || assignments.contains(Long.toString(number(column))))
                .toList();
        if ("1".equals(call.query().get("grouped"))) {
            // Who is in two sections is listed in both.
            return new ToldLater<>(seats(askedStudents()), seat -> {
                List<Map<String, Object>> own = columns.stream()
                        .filter(column -> isAsked(column, seat.student()))
                        .map(column -> submission(column, seat.student()))
                        .toList();
                return object(
                        "user_id", id(number(seat.student())), "section_id", id(seat.section()), "submissions", own);
            });
        }
        List<Cell> cells = askedStudents().stream()
                .flatMap(student -> columns.stream()
                        .filter(column -> isAsked(column, student))
                        .map(column -> new Cell(column, student)))
                .toList();
        return new ToldLater<>(cells, cell -> submission(cell.column(), cell.student()));
    }

    private record Cell(Column column, LmsUser student) {}

    /** A student in one of her sections. */
    private record Seat(LmsUser student, long section) {}

    private List<Seat> seats(List<LmsUser> students) {
        return students.stream()
                .flatMap(student -> sections(student).stream().map(section -> new Seat(student, section)))
                .toList();
    }

    private boolean isAsked(Column column, LmsUser student) {
        Instant graded = since("graded_since");
        Instant submitted = since("submitted_since");
        if (graded == null && submitted == null) {
            return true;
        }
        Optional<Grade> grade = column.grade(student).filter(found -> found.score() != null);
        CanvasChanges.Times times = times(column, student, course.progress().mark(student, column), grade);
        return isSince(times.gradedAt(), graded) && isSince(times.submittedAt(), submitted);
    }

    private Instant since(String parameter) {
        String since = call.query().get(parameter);
        return since == null ? null : Instant.parse(since);
    }

    private static boolean isSince(Instant at, Instant since) {
        return since == null || (at != null && !at.isBefore(since));
    }

    private CanvasChanges.Times times(Column column, LmsUser student, Mark mark, Optional<Grade> grade) {
        return changes.of(
                column,
                student,
                mark,
                lms.canvas().attempts(column, student).size(),
                grade.map(Grade::score).orElse(null),
                grade.map(Grade::at).orElse(null),
                assessed(column, student));
    }

    List<?> sections() {
        var sections = new ArrayList<Map<String, Object>>();
        sections.add(section(usualSection(), course.title()));
        course.sections().forEach(number -> sections.add(section(Long.parseLong(number), course.sectionName(number))));
        return sections;
    }

    private Map<String, Object> section(long number, String name) {
        return object("id", id(number), "course_id", id(courseNumber()), "name", name, "sis_section_id", null);
    }

    /** Of whoever is put in none. */
    private long usualSection() {
        return courseNumber() * 10;
    }

    private List<Long> sections(LmsUser user) {
        List<String> numbers = course.groupsOf(user);
        return numbers.isEmpty()
                ? List.of(usualSection())
                : numbers.stream().map(Long::parseLong).toList();
    }

    private Map<String, Object> submission(Column column, LmsUser student) {
        Mark mark = course.progress().mark(student, column);
        Optional<Grade> grade = column.grade(student).filter(found -> found.score() != null);
        BigDecimal score = mark == Mark.EXCUSED ? null : grade.map(Grade::score).orElse(null);
        CanvasChanges.Times times = times(column, student, mark, grade);
        boolean graded = score != null || mark == Mark.EXCUSED;
        String gradedAt = times.gradedAt() == null ? null : times.gradedAt().toString();
        boolean posted = graded && mark != Mark.HIDDEN;
        List<CanvasKeys.Attempt> before = lms.canvas().attempts(column, student);
        Map<String, Object> said = object("id", id(number(column) * 1000 + number(student)));
        said.put("assignment_id", id(number(column)));
        if (lms.canvas().isAnonymous(column) && !posted) {
            said.put("anonymous_id", Course.opaque(student.id()).substring(0, 5));
        } else {
            said.put("user_id", id(number(student)));
        }
        said.putAll(object(
                "attempt",
                CanvasChanges.isSubmitted(mark) || !before.isEmpty() ? before.size() + 1 : null,
                "submitted_at",
                CanvasChanges.isSubmitted(mark) ? times.submittedAt().toString() : null,
                "workflow_state",
                state(mark, graded),
                "graded_at",
                gradedAt,
                "posted_at",
                posted ? gradedAt : null,
                "grader_id",
                grader(grade),
                "grade",
                score == null ? null : score.toPlainString(),
                "score",
                score,
                "late",
                mark == Mark.LATE,
                "missing",
                false,
                "excused",
                mark == Mark.EXCUSED));
        if (includes.contains("rubric_assessment")) {
            assessed(column, student).ifPresent(rows -> said.put("rubric_assessment", rows));
        }
        if (includes.contains("submission_history")) {
            var history = new ArrayList<Object>();
            for (int i = 0; i < before.size(); i++) {
                history.add(attempt(before.get(i), i + 1));
            }
            history.add(new LinkedHashMap<>(said));
            said.put("submission_history", history);
        }
        return said;
    }

    private static Map<String, Object> attempt(CanvasKeys.Attempt attempt, int number) {
        boolean graded = attempt.score() != null;
        Object gradedAt = graded ? attempt.gradedAt().toString() : null;
        return object(
                "attempt",
                number,
                "submitted_at",
                attempt.submittedAt().toString(),
                "workflow_state",
                state(attempt.mark(), graded),
                "graded_at",
                gradedAt,
                "posted_at",
                attempt.mark() == Mark.HIDDEN ? null : gradedAt,
                "score",
                attempt.score(),
                "late",
                attempt.mark() == Mark.LATE);
    }

    private static String state(Mark mark, boolean graded) {
        if (mark == Mark.PROVISIONAL && graded) {
            return "pending_review";
        }
        return graded ? "graded" : CanvasChanges.isSubmitted(mark) ? "submitted" : "unsubmitted";
    }

    private Object grader(Optional<Grade> grade) {
        return grade.map(Grade::gradedBy)
                .flatMap(course::person)
                .map(person -> id(number(person)))
                .orElseGet(() -> grade.isPresent() ? id(-7) : null);
    }

    private Optional<Map<String, Object>> assessed(Column column, LmsUser student) {
        var rows = new LinkedHashMap<String, Object>();
        rows(column)
                .forEach(row -> course.progress()
                        .value(student, row)
                        .ifPresent(value -> rows.put(
                                rowId(row), object("rating_id", "blank", "points", value.points(), "comments", ""))));
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
    }

    // ---- totals

    List<?> enrollments() {
        List<String> types = call.all("type[]");
        String user = call.query().get("user_id");
        List<LmsUser> asked = course.people().stream()
                .filter(person -> (types.isEmpty() || types.contains(type(person.role())))
                        && course.isActive(person)
                        && (user == null || user.equals(lms.numberOf(person.id()))))
                .toList();
        return new ToldLater<>(
                seats(asked),
                seat -> enrollment(seat.student(), type(seat.student().role()), seat.section()));
    }

    private static String type(LmsRole role) {
        return switch (role) {
            case LEARNER -> "StudentEnrollment";
            case TEST_STUDENT -> "StudentViewEnrollment";
            case TEACHING_ASSISTANT -> "TaEnrollment";
            case DESIGNER -> "DesignerEnrollment";
            case OBSERVER -> "ObserverEnrollment";
            case INSTRUCTOR, ADMINISTRATOR -> "TeacherEnrollment";
        };
    }

    private Map<String, Object> enrollment(LmsUser person, String type, long section) {
        Map<String, Object> row = object(
                "id", id(section * 10_000 + number(person)),
                "course_id", id(courseNumber()),
                "course_section_id", id(section),
                "user_id", id(number(person)),
                "type", type,
                "enrollment_state", "active");
        if (type.equals("StudentEnrollment")) {
            var grades = new LinkedHashMap<String, Object>();
            grades(grades, "current", course.progress().current(person));
            grades(grades, "final", course.progress().atTheEnd(person));
            grades(grades, "override", lms.canvas().override(course, person).map(BigDecimal::new));
            row.put("grades", grades);
        }
        return row;
    }

    private void grades(Map<String, Object> grades, String which, Optional<BigDecimal> percent) {
        grades.put(
                which + "_score",
                percent.map(p -> p.setScale(2, RoundingMode.HALF_UP)).orElse(null));
        grades.put(which + "_grade", percent.map(course.progress()::letter).orElse(null));
    }

    // ---- outcomes and modules

    Rollups rollups() {
        List<String> users = call.all("user_ids[]");
        List<Progress.Item> outcomes = items(Progress.Kind.OUTCOME);
        List<LmsUser> asked = users.isEmpty()
                ? activeStudents()
                : named(users, activeStudents(), 400, "can only include id's of users in the outcome context");
        List<?> rollups = new ToldLater<>(seats(asked), seat -> rollup(seat, outcomes));
        Map<String, Object> linked = includes.contains("outcomes")
                ? object("outcomes", outcomes.stream().map(this::outcome).toList())
                : Map.of();
        return new Rollups(rollups, linked);
    }

    private Map<String, Object> rollup(Seat seat, List<Progress.Item> outcomes) {
        List<Map<String, Object>> scores = outcomes.stream()
                .flatMap(outcome -> course.progress().value(seat.student(), outcome).stream()
                        .map(value -> object(
                                "score",
                                value.points(),
                                "title",
                                outcome.label(),
                                "submitted_at",
                                value.at().toString(),
                                "count",
                                1,
                                "links",
                                object("outcome", Long.toString(number(outcome))))))
                .toList();
        return object(
                "scores",
                scores,
                "links",
                object(
                        "user", lms.numberOf(seat.student().id()),
                        "section", Long.toString(seat.section()),
                        "status", "active"));
    }

    private Map<String, Object> outcome(Progress.Item outcome) {
        return object(
                "id", id(number(outcome)),
                "title", outcome.label(),
                "points_possible", outcome.maximum(),
                "mastery_points", outcome.mastery(),
                "calculation_method", "decaying_average");
    }

    private static long number(Progress.Item item) {
        return Long.parseLong(item.id().replaceAll("\\D", ""));
    }

    private Optional<LmsUser> asked() {
        return named(call.all("student_id"), activeStudents(), 401, NOT_AUTHORIZED).stream()
                .findFirst();
    }

    List<?> modules() {
        var modules = new ArrayList<Map<String, Object>>();
        List<String> names = course.progress().modules();
        for (String name : names) {
            Map<String, Object> module = object(
                    "id",
                    id(moduleNumber(name)),
                    "name",
                    name,
                    "position",
                    names.indexOf(name) + 1,
                    "published",
                    true,
                    "requirement_type",
                    "all",
                    "items_count",
                    activities(name).size());
            asked().ifPresent(student -> {
                Optional<Instant> done = course.progress().completed(student, name);
                module.put("state", done.isPresent() ? "completed" : "started");
                module.put("completed_at", done.map(Instant::toString).orElse(null));
            });
            if (includes.contains("items")) {
                module.put("items", itemsOf(name));
            }
            modules.add(module);
        }
        modules.add(object(
                "id",
                id(courseNumber() * 100 + 99),
                "name",
                "Only to read",
                "published",
                true,
                "items_count",
                0,
                "state",
                asked().isPresent() ? "completed" : null));
        return modules;
    }

    private long moduleNumber(String name) {
        return courseNumber() * 100 + course.progress().modules().indexOf(name) + 1;
    }

    List<?> items() {
        return course.progress().modules().stream()
                .filter(name -> Long.toString(moduleNumber(name)).equals(call.part("module")))
                .flatMap(name -> itemsOf(name).stream())
                .toList();
    }

    private List<Progress.Item> activities(String module) {
        return items(Progress.Kind.ACTIVITY).stream()
                .filter(item -> item.group().equals(module))
                .collect(Collectors.toList());
    }

    private List<Map<String, Object>> itemsOf(String module) {
        return activities(module).stream()
                .map(item -> {
                    Map<String, Object> requirement = object("type", "must_view");
                    asked().ifPresent(student -> requirement.put(
                            "completed",
                            course.progress()
                                    .value(student, item)
                                    .filter(value -> value.points().signum() > 0)
                                    .isPresent()));
                    return object(
                            "id",
                            id(number(item)),
                            "module_id",
                            id(moduleNumber(module)),
                            "title",
                            item.label(),
                            "type",
                            "Page",
                            "published",
                            true,
                            "completion_requirement",
                            requirement);
                })
                .toList();
    }
}
