package lms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The pages of the LMS for people: courses, a course, launches in a frame. Anybody may act as anybody. */
final class Pages {

    private final ReferenceLms lms;

    private final byte[] styleSheet = resource("lms.css");

    Pages(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        server.route("GET", "/", null, call -> home());
        server.route("GET", "/lms.css", null, call -> Answer.of(200, "text/css; charset=utf-8", styleSheet));
        server.route("GET", "/courses/(?<course>[^/]+)", null, call -> inCourse(call, (course, c) -> course(course)));
        server.route("POST", "/courses/(?<course>[^/]+)/copies", null, call -> inCourse(call, this::copy));
        String launch = "/courses/(?<course>[^/]+)/links/(?<link>[^/]+)";
        server.route("GET", launch, null, call -> inLaunch(call, this::launchPage));
        server.route("GET", launch + "/start", null, call -> inLaunch(call, this::start));
        server.route("GET", "/institution/(?<tool>[^/]+)", null, this::institutionPage);
        server.route("GET", "/institution/(?<tool>[^/]+)/start", null, this::institutionStart);
        server.route(
                "GET",
                MoodleLinks.LAUNCH_PATH,
                null,
                call -> lms.launches()
                        .again(call.query().getOrDefault("id", ""))
                        .map(start -> begin(lms, start, call))
                        .orElseGet(() -> Answer.html(404, Html.message("Invalid request", "No such course module."))));
        StoragePages.addTo(server);
        new GradebookPage(lms).addTo(server);
        new ProgressPage(lms).addTo(server);
    }

    // ---- courses

    private Answer home() {
        String courses = lms.courses().stream()
                .map(course -> """
                        <li class="card">
                        <h3><a href="/courses/%1$s">%2$s</a></h3>
                        <p>%3$s · %4$d students%5$s</p>
                        <p><a href="/courses/%1$s/gradebook">Gradebook of %2$s</a></p>
                        </li>
                        """.formatted(
                                course.id(),
                                Html.escape(course.title()),
                                Html.escape(course.label()),
                                course.students().size(),
                                habits(lms.toolOf(course.link()))))
                .collect(Collectors.joining());
        String tools = lms.tools().stream()
                .map(tool -> "<li><a href=\"/institution/%s\">Open %s as the institution’s administrator</a>%s%s</li>"
                        .formatted(encode(tool.clientId()), Html.escape(tool.name()), habits(tool), token(tool)))
                .collect(Collectors.joining("\n"));
        String first = lms.course().id();
        return Answer.html(200, Html.page("Courses", """
                <h1>Courses</h1>
                <section aria-labelledby="walk">
                <h2 id="walk">What to click first</h2>
                <ol class="walk">
                <li><a href="%1$s">Open Laurel as the teacher</a> and make a badge from a column of the course.</li>
                <li>In the <a href="/courses/%2$s/gradebook">gradebook</a>, type a grade for a student.</li>
                <li>On the <a href="/courses/%2$s">course page</a>, open Laurel as that student.</li>
                </ol>
                </section>
                <section aria-labelledby="courses">
                <h2 id="courses">All courses</h2>
                <ul class="cards">
                %3$s</ul>
                </section>
                <section aria-labelledby="institution">
                <h2 id="institution">Institution</h2>
                <ul>
                %4$s
                </ul>
                </section>
                %5$s
                """.formatted(
                launchPath(lms.course(), lms.course().link(), lms.course().teacher()),
                first,
                courses,
                tools,
                readingKeys())));
    }

    /** What an administrator of Canvas makes there so that a tool may read more than LTI shows. */
    private String readingKeys() {
        String keys = lms.canvas().all().stream()
                .map(key -> "<li>ID <code>%s</code>, secret <code>%s</code>, for %s</li>"
                        .formatted(key.id(), key.secret(), Html.escape(key.redirectUri())))
                .collect(Collectors.joining("\n"));
        return keys.isEmpty() ? "" : """
                        <section aria-labelledby="keys">
                        <h2 id="keys">Developer keys of Canvas</h2>
                        <p>With such a key a tool may ask teachers to let it read the quizzes of their courses, which LTI does not \
                        show. Open Laurel as the institution’s administrator in Canvas, and enter the key there under “Read more \
                        from Canvas”.</p>
                        <ul>
                        %s
                        </ul>
                        </section>
                        """.formatted(keys);
    }

    /** What a visitor should know of a course: how the LMS behaves towards its tool. */
    private static String habits(Tool tool) {
        return tool.mode() == Mode.GENERIC
                ? ""
                : " · behaves like " + tool.mode().label();
    }

    /** What Laurel needs to read more of it; in life only an administrator of Moodle sees it. */
    private String token(Tool tool) {
        return tool.mode() == Mode.MOODLE
                ? "<br>Token of its web services: <code>%s</code>"
                        .formatted(lms.moodle().token())
                : "";
    }

    private Answer course(Course course) {
        String activities =
                course.links().stream().map(link -> activity(course, link)).collect(Collectors.joining());
        String own = course.columns().stream()
                .filter(Column::belongsToLms)
                .map(column -> """
                        <li class="card">
                        <h3>%s</h3>
                        <p>Quiz of the LMS, %s points. No tool sees its column over LTI.</p>
                        </li>
                        """.formatted(Html.escape(column.label()), points(column.maximum())))
                .collect(Collectors.joining());
        String students = course.people().stream()
                .map(person -> """
                        <tr><th scope="row">%s</th><td>%s</td><td><a href="%s">Open %s as %s</a></td>\
                        <td>%s<a href="%s">Privacy of %s</a></td></tr>
                        """.formatted(
                        Html.escape(person.name()),
                        person.role().label(),
                        launchPath(course, course.link(), person),
                        Html.escape(lms.toolOf(course.link()).name()),
                        Html.escape(person.givenName()),
                        person.role().isGraded()
                                ? "<a href=\"%s\">Card of %s</a> · "
                                        .formatted(AboutPages.cardPath(course, person), Html.escape(person.givenName()))
                                : "",
                        AboutPages.privacyPath(course, person),
                        Html.escape(person.givenName())))
                .collect(Collectors.joining("\n"));
        return Answer.html(200, Html.page(course.title(), """
                <h1>%1$s</h1>
                <p>%2$s · <a href="/courses/%3$s/gradebook">Gradebook</a> · <a href="/courses/%3$s/progress">Progress</a>%7$s</p>
                <section aria-labelledby="activities">
                <h2 id="activities">Activities</h2>
                <ul class="cards">
                %4$s%5$s</ul>
                <form method="post" action="/courses/%3$s/copies">
                <p><label><input type="checkbox" name="tell" checked> Tell tools that asked for it</label></p>
                <p><button>Copy this course</button></p>
                </form>
                </section>
                <section aria-labelledby="people">
                <h2 id="people">People</h2>
                <p>Open the tool as anybody of this course.</p>
                <div class="wide" role="region" aria-label="Table of people" tabindex="0">
                <table>
                <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Launch</th><th scope="col">About</th></tr></thead>
                <tbody>
                %6$s
                </tbody>
                </table>
                </div>
                </section>
                <section aria-labelledby="choose">
                <h2 id="choose">Place something new</h2>
                <ul>
                %8$s
                </ul>
                </section>
                """.formatted(
                        Html.escape(course.title()),
                        Html.escape(course.label()),
                        course.id(),
                        activities,
                        own,
                        students,
                        habits(lms.toolOf(course.link())),
                        DeepLinkingPages.links(lms, course))));
    }

    /** For the next term; the tool hears of it where it asked to. */
    private Answer copy(Course source, Call call) {
        Course copy = lms.copy(source, source.title() + " (copy)", source.label() + "-copy");
        if (call.form().containsKey("tell")) {
            lms.notices().tellOf(copy);
        }
        return Answer.redirect("/courses/" + copy.id());
    }

    private String activity(Course course, ResourceLink link) {
        String column = course.columns().stream()
                .filter(c -> link.id().equals(c.details().resourceLinkId()))
                .map(c -> ", " + points(c.maximum()) + " points")
                .findFirst()
                .orElse("");
        return """
                <li class="card">
                <h3>%1$s</h3>
                <p>%6$s%2$s%3$s.</p>
                <ul>
                <li><a href="%4$s">Open %1$s as the teacher</a></li>
                <li><a href="%5$s">Open %1$s as the teaching assistant</a></li>
                %7$s</ul>
                </li>
                """.formatted(
                        Html.escape(link.title()),
                        Html.escape(lms.toolOf(link).name()),
                        column,
                        launchPath(course, link, course.teacher()),
                        launchPath(course, link, course.assistant()),
                        link.inMenu() ? "In the menu of the course: " : "Assignment with ",
                        course.students().stream()
                                .findFirst()
                                .map(student -> "<li><a href=\"%s\">Open %s as %s</a></li>\n"
                                        .formatted(
                                                launchPath(course, link, student),
                                                Html.escape(link.title()),
                                                Html.escape(student.name())))
                                .orElse(""));
    }

    // ---- launches

    /** A launch by somebody of the course, whose id is in the query. */
    private record Launching(Course course, ResourceLink link, LmsUser user) {}

    private interface LaunchHandler {

        Answer handle(Launching launching, Call call);
    }

    private Answer inLaunch(Call call, LaunchHandler handler) {
        Optional<Course> course = lms.course(call.part("course"));
        Optional<ResourceLink> link = course.flatMap(found -> found.link(call.part("link")));
        Optional<LmsUser> user =
                course.flatMap(found -> found.person(call.query().getOrDefault("user", "")));
        if (link.isEmpty() || user.isEmpty()) {
            return Answer.html(404, Html.message("There is nothing here", "This link or person is not in the course."));
        }
        return handler.handle(new Launching(course.get(), link.get(), user.get()), call);
    }

    private Answer launchPage(Launching launching, Call call) {
        LmsUser user = launching.user();
        return framePage(
                lms,
                launching.link().title(),
                user,
                lms.toolOf(launching.link()),
                startPath(launching),
                "/courses/" + launching.course().id(),
                launching.course().title());
    }

    private Answer start(Launching launching, Call call) {
        return begin(lms, lms.launch(launching.course(), launching.link(), launching.user()), call);
    }

    private Answer institutionPage(Call call) {
        return lms.tool(call.part("tool"))
                .map(tool -> framePage(
                        lms,
                        tool.name() + " for the institution",
                        lms.administrator(),
                        tool,
                        "/institution/" + encode(tool.clientId()) + "/start",
                        "/",
                        "Courses"))
                .orElseGet(() -> Answer.html(404, Html.message("There is nothing here", "No such tool.")));
    }

    private Answer institutionStart(Call call) {
        return lms.tool(call.part("tool"))
                .map(tool -> begin(lms, lms.launchAsAdministrator(tool), call))
                .orElseGet(() -> Answer.html(404, Html.message("There is nothing here", "No such tool.")));
    }

    /** Sends the browser to the tool by a form, or by GET for tools that are asked that way ({@code via=get}). */
    static Answer begin(ReferenceLms lms, LaunchStart started, Call call) {
        LaunchStart start = withStorage(lms, started);
        return "get".equals(call.query().get("via"))
                ? Answer.redirect(start.asUri().toString())
                : Answer.html(
                                200,
                                Html.autoPost(
                                        "Opening the tool", start.loginUrl().toString(), start.parameters()))
                        .with("Cache-Control", "no-store");
    }

    private static LaunchStart withStorage(ReferenceLms lms, LaunchStart start) {
        String target = lms.tool(start.parameters().get("client_id"))
                .map(tool -> lms.storageFor(tool).target())
                .orElse(null);
        return target == null ? start : start.with("lti_storage_target", target);
    }

    static Answer framePage(
            ReferenceLms lms, String title, LmsUser user, Tool tool, String start, String backPath, String backTitle) {
        String page = Html.page(title, """
                <p class="back"><a href="%1$s">Back to %2$s</a></p>
                <h1>%3$s</h1>
                <p>You act as <strong>%4$s</strong> (%5$s).
                <a href="%6$s" target="_blank" rel="opener">Open %7$s in a new tab</a></p>
                <iframe name="tool" title="%7$s, opened as %4$s" src="%6$s" allow="clipboard-write"></iframe>
                %8$s""".formatted(
                        backPath,
                        Html.escape(backTitle),
                        Html.escape(title),
                        Html.escape(user.name()),
                        user.role().label(),
                        start,
                        Html.escape(tool.name()),
                        StoragePages.beside(lms, tool)));
        return Answer.html(200, page);
    }

    static String launchPath(Course course, ResourceLink link, LmsUser user) {
        return "/courses/" + course.id() + "/links/" + link.id() + "?user=" + encode(user.id());
    }

    private static String startPath(Launching launching) {
        return "/courses/" + launching.course().id() + "/links/"
                + launching.link().id() + "/start?user="
                + encode(launching.user().id());
    }

    // ---- shared

    private Answer inCourse(Call call, BiFunction<Course, Call, Answer> handler) {
        return inCourse(lms, call, handler);
    }

    static Answer inCourse(ReferenceLms lms, Call call, BiFunction<Course, Call, Answer> handler) {
        return lms.course(call.part("course"))
                .map(course -> handler.apply(course, call))
                .orElseGet(() -> Answer.html(404, Html.message("There is nothing here", "No such course.")));
    }

    static String points(java.math.BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static byte[] resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream("/lms/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
