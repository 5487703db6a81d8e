package lms;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The gradebook in which anyone can type: one small form per cell. */
final class GradebookPage {

    private final ReferenceLms lms;

    GradebookPage(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        String path = "/courses/(?<course>[^/]+)/gradebook";
        server.route("GET", path, null, call -> Pages.inCourse(lms, call, this::show));
        server.route("POST", path, null, call -> Pages.inCourse(lms, call, this::type));
    }

    /** A cell with what was typed into it, and why it was refused. */
    private record Refusal(LmsUser user, Column column, String typed, String reason) {

        boolean isAt(LmsUser otherUser, Column otherColumn) {
            return user.equals(otherUser) && column == otherColumn;
        }
    }

    private Answer show(Course course, Call call) {
        Map<String, String> query = call.query();
        Optional<LmsUser> user = course.person(query.getOrDefault("user", ""));
        Optional<Column> column = course.column(query.getOrDefault("column", ""));
        String notice = user.isPresent() && column.isPresent() ? saved(user.get(), column.get()) : "";
        return Answer.html(200, page(course, notice, null));
    }

    private static String saved(LmsUser user, Column column) {
        String what = column.grade(user)
                .filter(grade -> grade.score() != null)
                .map(grade -> "%s of %s".formatted(Pages.points(grade.score()), Pages.points(column.maximum())))
                .orElse("no grade");
        return "%s has %s in %s.".formatted(user.name(), what, column.label());
    }

    private Answer type(Course course, Call call) {
        Map<String, String> form = call.form();
        Optional<LmsUser> user = course.person(form.getOrDefault("user", ""));
        Optional<Column> column = course.column(form.getOrDefault("column", ""));
        if (user.isEmpty() || column.isEmpty()) {
            return Answer.html(404, Html.message("There is nothing here", "This cell is not in the gradebook."));
        }
        String typed = form.getOrDefault("grade", "");
        try {
            course.typeGrade(user.get(), column.get(), typed);
            if (form.containsKey("mark")) {
                course.progress().mark(user.get(), column.get(), Mark.of(form.get("mark")));
            }
        } catch (RefusedGradeException e) {
            var refusal = new Refusal(user.get(), column.get(), typed, e.getMessage());
            return Answer.html(422, page(course, "", refusal));
        }
        return Answer.redirect("/courses/%s/gradebook?user=%s&column=%s#%s"
                .formatted(
                        course.id(),
                        Pages.encode(user.get().id()),
                        Pages.encode(column.get().id()),
                        rowId(user.get())));
    }

    private static String page(Course course, String notice, Refusal refusal) {
        List<Column> columns = course.columns();
        String heads = columns.stream()
                .map(column -> "<th scope=\"col\">%s <span class=\"of\">of %s</span></th>"
                        .formatted(Html.escape(column.label()), Pages.points(column.maximum())))
                .collect(Collectors.joining());
        String rows = course.students().stream()
                .map(student -> "<tr id=\"%s\"><th scope=\"row\">%s</th>%s</tr>"
                        .formatted(
                                rowId(student),
                                Html.escape(student.name()),
                                columns.stream()
                                        .map(column -> cell(course, student, column, refusal))
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n"));
        String alert = refusal == null
                ? ""
                : "<p class=\"alert\" role=\"alert\">Not saved for %s in %s: %s</p>"
                        .formatted(
                                Html.escape(refusal.user().name()),
                                Html.escape(refusal.column().label()),
                                Html.escape(refusal.reason()));
        return Html.page("Gradebook of " + course.title(), """
                <p class="back"><a href="/courses/%1$s">Back to %2$s</a></p>
                <h1>Gradebook</h1>
                <p>Type a grade and save it, as the teacher would. A decimal comma is as good as a point; an empty field \
                takes the grade away.</p>
                <p class="notice" role="status">%3$s</p>
                %4$s
                <div class="wide" role="region" aria-label="Grades of %2$s" tabindex="0">
                <table class="grades">
                <thead><tr><th scope="col">Student</th>%5$s</tr></thead>
                <tbody>
                %6$s
                </tbody>
                </table>
                </div>
                """.formatted(
                        course.id(), Html.escape(course.title()), Html.escape(notice), alert, heads, rows));
    }

    private static String cell(Course course, LmsUser student, Column column, Refusal refusal) {
        boolean refused = refusal != null && refusal.isAt(student, column);
        String value = refused
                ? refusal.typed()
                : column.grade(student)
                        .filter(grade -> grade.score() != null)
                        .map(grade -> Pages.points(grade.score()))
                        .orElse("");
        String label = Html.escape("Grade of " + student.name() + " in " + column.label());
        return """
                <td><form method="post" action="/courses/%1$s/gradebook">\
                <input type="hidden" name="user" value="%2$s"><input type="hidden" name="column" value="%3$s">\
                <input name="grade" value="%4$s" aria-label="%5$s" inputmode="decimal" autocomplete="off" size="5"%6$s>%8$s\
                <button aria-label="Save: %5$s">Save</button></form>%7$s</td>\
                """.formatted(
                        course.id(),
                        Html.escape(student.id()),
                        Html.escape(column.id()),
                        Html.escape(value),
                        label,
                        refused ? " aria-invalid=\"true\" autofocus" : "",
                        review(course, student, column),
                        column.belongsToLms() ? mark(course, student, column) : "");
    }

    /** What else the LMS knows of the cell; it tells so only whoever may read its own gradebook. */
    private static String mark(Course course, LmsUser student, Column column) {
        Mark chosen = course.progress().mark(student, column);
        return "<select name=\"mark\" aria-label=\"%s\">%s</select>"
                .formatted(
                        Html.escape("State of " + student.name() + " in " + column.label()),
                        Arrays.stream(Mark.values())
                                .map(mark -> "<option value=\"%s\"%s>%s</option>"
                                        .formatted(mark.name(), mark == chosen ? " selected" : "", mark.label()))
                                .collect(Collectors.joining()));
    }

    /** The work behind a grade, where the column belongs to a link of a tool. */
    private static String review(Course course, LmsUser student, Column column) {
        String linkId = column.details().resourceLinkId();
        return course.link(linkId == null ? "" : linkId)
                .map(link -> "<a class=\"review\" href=\"%s\" aria-label=\"Work of %s in %s\">Work</a>"
                        .formatted(
                                AboutPages.reviewPath(course, student, link),
                                Html.escape(student.name()),
                                Html.escape(column.label())))
                .orElse("");
    }

    private static String rowId(LmsUser user) {
        return "student-" + Html.escape(Pages.encode(user.id()));
    }
}
