package lms;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The gradebook of a course as Moodle's web services tell it. */
final class MoodleGrades {

    private static final int MOST_DECIMALS = 5;

    private final MoodleSubmissions submissions;

    MoodleGrades(MoodleSubmissions submissions) {
        this.submissions = submissions;
    }

    /** The list of items; the total of the course is not in it. */
    Object items(MoodleWebService.Asked asked) {
        return Map.of(
                "gradeItems",
                asked.course().columns().stream()
                        .map(column -> Map.of(
                                "id",
                                column.id(),
                                "itemname",
                                Html.escape(column.label()),
                                "category",
                                Html.escape(category(asked.course(), column))))
                        .toList(),
                "warnings",
                List.of());
    }

    private static String category(Course course, Column column) {
        String group = course.progress().group(column);
        return group.equals("Assignments") ? course.title() : group;
    }

    /** Of the gradebook, beside the course itself. */
    private static List<String> categories(Course course) {
        return course.columns().stream()
                .map(course.progress()::group)
                .filter(group -> !group.equals("Assignments"))
                .distinct()
                .toList();
    }

    /** Of a category and of its total; 0: of the course. */
    private static int number(Course course, int category) {
        return Integer.parseInt(course.id()) * 10_000 + category;
    }

    static String moduleOf(Column column) {
        if (!column.belongsToLms()) {
            return "lti";
        }
        return column.label().toLowerCase(Locale.ROOT).contains("quiz") ? "quiz" : "assign";
    }

    /** Of one learner, or of everybody who is active. */
    Object report(MoodleWebService.Asked asked) {
        Course course = asked.course();
        List<LmsUser> learners = asked.form().containsKey("userid")
                ? List.of(asked.learner())
                : course.people().stream()
                        .filter(person -> person.role().isGraded() && course.isActive(person))
                        .toList();
        return Map.of(
                "usergrades",
                learners.stream().map(learner -> ofLearner(course, learner)).toList(),
                "warnings",
                List.of());
    }

    private Map<String, Object> ofLearner(Course course, LmsUser learner) {
        List<Map<String, Object>> rows = new ArrayList<>();
        course.columns().forEach(column -> rows.add(row(course, column, learner)));
        List<String> categories = categories(course);
        categories.forEach(category -> rows.add(total(
                course,
                "category",
                number(course, 1 + categories.indexOf(category)),
                course.progress().current(learner, category))));
        rows.add(total(course, "course", number(course, 0), course.progress().current(learner)));
        return Map.of(
                "courseid",
                Integer.parseInt(course.id()),
                "userid",
                Integer.parseInt(learner.id()),
                "userfullname",
                learner.name(),
                "gradeitems",
                rows);
    }

    private Map<String, Object> row(Course course, Column column, LmsUser learner) {
        Mark mark = course.progress().mark(learner, column);
        Optional<Grade> grade =
                column.grade(learner).filter(found -> found.score() != null && mark != Mark.PROVISIONAL);
        boolean bound = column.belongsToLms() || column.isBoundToLink();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", Integer.parseInt(column.id()));
        row.put("itemname", Html.escape(column.label()));
        row.put("itemtype", bound ? "mod" : "manual");
        row.put("itemmodule", bound ? moduleOf(column) : null);
        row.put("iteminstance", bound ? Integer.parseInt(column.id()) : null);
        row.put("itemnumber", 0);
        row.put("idnumber", bound ? "" : null);
        row.put(
                "categoryid",
                number(course, 1 + categories(course).indexOf(course.progress().group(column))));
        row.put("outcomeid", null);
        row.put("scaleid", null);
        if (bound) {
            row.put("cmid", Integer.parseInt(column.id()));
        }
        row.put("weightraw", grade.isPresent() && mark != Mark.EXCUSED ? BigDecimal.ONE : BigDecimal.ZERO);
        if (mark == Mark.EXCUSED) {
            row.put("status", grade.isPresent() ? "dropped" : "excluded");
        } else if (grade.isEmpty()) {
            row.put("status", "novalue");
        }
        row.put(
                "graderaw",
                grade.map(found -> MoodleWebService.plain(found.score())).orElse(null));
        row.put(
                "gradedatesubmitted",
                handedIn(course, column, learner).map(MoodleWebService::seconds).orElse(null));
        row.put(
                "gradedategraded",
                grade.map(found -> MoodleWebService.seconds(found.at())).orElse(null));
        row.put("gradehiddenbydate", false);
        row.put("gradeneedsupdate", false);
        row.put("gradeishidden", mark == Mark.HIDDEN);
        row.put(
                "gradeformatted",
                grade.map(found -> "<i class=\"icon\" title=\"Grade\"></i>" + found.score())
                        .orElse("-"));
        row.put("grademin", 0);
        row.put("grademax", MoodleWebService.plain(column.maximum()));
        return row;
    }

    /** A quiz tells the day of an attempt together with its grade. */
    private Optional<Instant> handedIn(Course course, Column column, LmsUser learner) {
        if (moduleOf(column).equals("assign")) {
            return submissions.dateInGradebook(course, learner, column);
        }
        Mark mark = course.progress().mark(learner, column);
        return mark == Mark.SUBMITTED || mark == Mark.LATE
                ? Optional.of(column.grade(learner).map(Grade::at).orElseGet(course::now))
                : Optional.empty();
    }

    /** Empty grades are left out of it, as a new Moodle does. */
    private static Map<String, Object> total(Course course, String type, int number, Optional<BigDecimal> percent) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", number);
        row.put("itemname", null);
        row.put("itemtype", type);
        row.put("itemmodule", null);
        row.put("iteminstance", number);
        row.put("categoryid", null);
        row.put(
                "graderaw",
                percent.map(value -> value.setScale(MOST_DECIMALS, RoundingMode.HALF_UP))
                        .orElse(null));
        row.put("gradedatesubmitted", null);
        row.put("gradedategraded", null);
        row.put("gradehiddenbydate", false);
        row.put("gradeneedsupdate", false);
        row.put("gradeishidden", false);
        row.put("grademin", 0);
        row.put("grademax", 100);
        return row;
    }

    /** Also grades that are not released yet, as Moodle's assignments do. */
    Object ofAssignments(MoodleWebService.Asked asked, List<Course> courses) {
        long since = Long.parseLong(asked.form().getOrDefault("since", "0"));
        List<Map<String, Object>> assignments = new ArrayList<>();
        for (Course course : courses) {
            for (Column column : course.columns()) {
                if (moduleOf(column).equals("assign") && isAsked(asked, column)) {
                    assignments.add(Map.of(
                            "assignmentid",
                            Integer.parseInt(column.id()),
                            "grades",
                            course.people().stream()
                                    .flatMap(person -> column.grade(person).stream()
                                            .filter(grade -> grade.score() != null
                                                    && MoodleWebService.seconds(grade.at()) >= since)
                                            .map(grade -> mark(person, grade)))
                                    .toList()));
                }
            }
        }
        return Map.of("assignments", assignments, "warnings", List.of());
    }

    static boolean isAsked(MoodleWebService.Asked asked, Column column) {
        return asked.form().entrySet().stream()
                .anyMatch(field -> field.getKey().startsWith("assignmentids[")
                        && field.getValue().equals(column.id()));
    }

    private static Map<String, Object> mark(LmsUser person, Grade grade) {
        return Map.of(
                "userid",
                Integer.parseInt(person.id()),
                "attemptnumber",
                0,
                "timemodified",
                MoodleWebService.seconds(grade.at()),
                "grader",
                grade.gradedBy() == null ? -1 : Integer.parseInt(grade.gradedBy()),
                "grade",
                grade.score().setScale(MOST_DECIMALS, RoundingMode.HALF_UP).toPlainString());
    }
}
