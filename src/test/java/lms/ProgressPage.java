package lms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What students have reached beside points: anyone may set it, one small form per cell; totals follow by themselves. */
final class ProgressPage {

    private final ReferenceLms lms;

    ProgressPage(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        String path = "/courses/(?<course>[^/]+)/progress";
        server.route(
                "GET",
                path,
                null,
                call -> Pages.inCourse(lms, call, (course, query) -> Answer.html(200, page(course, "", ""))));
        server.route("POST", path, null, call -> Pages.inCourse(lms, call, this::put));
    }

    private Answer put(Course course, Call call) {
        Map<String, String> form = call.form();
        Optional<LmsUser> user = course.person(form.getOrDefault("user", ""));
        Optional<Progress.Item> item = course.progress().item(form.getOrDefault("item", ""));
        if (user.isEmpty() || item.isEmpty()) {
            return Answer.html(404, Html.message("There is nothing here", "This cell is not in the course."));
        }
        try {
            course.progress().put(user.get(), item.get(), form.getOrDefault("points", ""));
        } catch (RefusedGradeException e) {
            return Answer.html(
                    422,
                    page(
                            course,
                            "",
                            "Not saved for %s in %s: %s"
                                    .formatted(user.get().name(), item.get().label(), e.getMessage())));
        }
        return Answer.html(
                200,
                page(
                        course,
                        "Saved for %s: %s."
                                .formatted(user.get().name(), item.get().label()),
                        ""));
    }

    private static String page(Course course, String notice, String refusal) {
        List<Progress.Item> items = course.progress().items();
        String heads = items.stream()
                .map(item -> "<th scope=\"col\">%s <span class=\"of\">%s, %s</span></th>"
                        .formatted(Html.escape(item.label()), item.kind().label(), Html.escape(item.group())))
                .collect(Collectors.joining());
        String rows = course.students().stream()
                .map(student -> "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td>%s</tr>"
                        .formatted(
                                Html.escape(student.name()),
                                total(course, course.progress().current(student)),
                                total(course, course.progress().atTheEnd(student)),
                                items.stream()
                                        .map(item -> cell(course, student, item))
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n"));
        return Html.page("Progress in " + course.title(), """
                <p class="back"><a href="/courses/%1$s">Back to %2$s</a></p>
                <h1>Progress</h1>
                <p>What students have reached beside their grades. The total of the course and its letter follow from the \
                <a href="/courses/%1$s/gradebook">grades</a>.</p>
                <p class="notice" role="status">%3$s</p>
                %4$s
                <div class="wide" role="region" aria-label="Progress in %2$s" tabindex="0">
                <table class="grades">
                <thead><tr><th scope="col">Student</th><th scope="col">Total so far</th><th scope="col">Total</th>%5$s</tr></thead>
                <tbody>
                %6$s
                </tbody>
                </table>
                </div>
                """.formatted(
                course.id(),
                Html.escape(course.title()),
                Html.escape(notice),
                refusal.isEmpty() ? "" : "<p class=\"alert\" role=\"alert\">%s</p>".formatted(Html.escape(refusal)),
                heads,
                rows));
    }

    private static String total(Course course, Optional<java.math.BigDecimal> percent) {
        return percent.map(value -> "%s %% (%s)"
                        .formatted(
                                Pages.points(value),
                                Html.escape(course.progress().letter(value))))
                .orElse("–");
    }

    private static String cell(Course course, LmsUser student, Progress.Item item) {
        String value = course.progress()
                .value(student, item)
                .map(found -> Pages.points(found.points()))
                .orElse("");
        String label = Html.escape(item.label() + " of " + student.name());
        return """
                <td><form method="post" action="/courses/%1$s/progress">\
                <input type="hidden" name="user" value="%2$s"><input type="hidden" name="item" value="%3$s">\
                %4$s<button aria-label="Save: %5$s">Save</button></form></td>\
                """.formatted(
                course.id(), Html.escape(student.id()), Html.escape(item.id()), input(item, value, label), label);
    }

    private static String input(Progress.Item item, String value, String label) {
        return switch (item.kind()) {
            case ACTIVITY -> select(label, value, Map.of("", "not yet", "1", "complete"));
            case SESSION -> select(label, value, Map.of("", "–", "0", "absent", "1", "present"));
            case OUTCOME, RUBRIC_ROW ->
                "<input name=\"points\" value=\"%s\" aria-label=\"%s\" inputmode=\"decimal\" autocomplete=\"off\" size=\"4\">"
                        .formatted(Html.escape(value), label);
        };
    }

    private static String select(String label, String chosen, Map<String, String> options) {
        return "<select name=\"points\" aria-label=\"%s\">%s</select>"
                .formatted(
                        label,
                        options.keySet().stream()
                                .sorted()
                                .map(value -> "<option value=\"%s\"%s>%s</option>"
                                        .formatted(value, value.equals(chosen) ? " selected" : "", options.get(value)))
                                .collect(Collectors.joining()));
    }
}
