package lms;

import com.nimbusds.jwt.SignedJWT;
import java.math.BigDecimal;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * "Choose from a tool": the dialog in which a teacher picks what to place in a course, in a frame or in a window, and what
 * the LMS makes of the answer.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0">LTI Deep Linking 2.0</a>
 */
final class DeepLinkingPages {

    private final ReferenceLms lms;

    private final DeepLinkingAnswers answers;

    private final Map<String, Dialog> dialogs = new ConcurrentHashMap<>();

    DeepLinkingPages(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.answers = new DeepLinkingAnswers(lms, tokens);
    }

    /** A dialog that is open: what was asked for, and what the answer must bring back. */
    record Dialog(Course course, Tool tool, LmsUser user, String data, boolean multiple) {}

    void addTo(LmsServer server) {
        String path = "/courses/(?<course>[^/]+)/choose/(?<tool>[^/]+)";
        server.route("GET", path, null, call -> inCourse(call, this::dialog));
        server.route("GET", path + "/start", null, call -> inCourse(call, this::start));
        server.route("POST", path + "/answer", null, call -> inCourse(call, this::answer));
    }

    /** Links to the dialog of each tool, for the page of a course. */
    static String links(ReferenceLms lms, Course course) {
        return lms.tools().stream()
                .filter(course::hasPlaced)
                .map(tool -> "<li><a href=\"%s\">Choose from %s as the teacher</a></li>"
                        .formatted(path(course, tool), Html.escape(tool.name())))
                .collect(Collectors.joining("\n"));
    }

    static String path(Course course, Tool tool) {
        return "/courses/" + course.id() + "/choose/" + Pages.encode(tool.clientId());
    }

    private interface ToolHandler {

        Answer handle(Course course, Tool tool, Call call);
    }

    private Answer inCourse(Call call, ToolHandler handler) {
        return Pages.inCourse(
                lms,
                call,
                (course, c) -> lms.tool(c.part("tool"))
                        .map(tool -> handler.handle(course, tool, c))
                        .orElseGet(() -> Answer.html(404, Html.message("There is nothing here", "No such tool."))));
    }

    private Answer dialog(Course course, Tool tool, Call call) {
        String start = path(course, tool) + "/start";
        String single = start + "?multiple=false";
        return Answer.html(200, Html.page("Choose from " + tool.name(), """
                <p class="back"><a href="/courses/%1$s">Back to %2$s</a></p>
                <h1>Choose from %3$s</h1>
                <p>You act as <strong>%4$s</strong>. <a href="%5$s" target="_blank" rel="opener">Choose in a new tab</a> ·
                <a href="%6$s" target="tool">Choose one only</a></p>
                <iframe name="tool" title="Choose from %3$s" src="%5$s"></iframe>
                """.formatted(
                        course.id(),
                        Html.escape(course.title()),
                        Html.escape(tool.name()),
                        Html.escape(course.teacher().name()),
                        start,
                        single)));
    }

    private Answer start(Course course, Tool tool, Call call) {
        LmsUser user = course.person(call.query().getOrDefault("user", "")).orElse(course.teacher());
        return Pages.begin(
                lms, begin(course, tool, user, !"false".equals(call.query().get("multiple"))), call);
    }

    LaunchStart begin(Course course, Tool tool, LmsUser user, boolean multiple) {
        String id = Launches.randomText();
        dialogs.put(id, new Dialog(course, tool, user, id, multiple));
        return lms.launches()
                .begin(
                        tool,
                        course,
                        null,
                        user,
                        "LtiDeepLinkingRequest",
                        Map.of(LtiNames.DEEP_LINKING_SETTINGS, settings(course, tool, id, multiple)));
    }

    /** Canvas and Moodle keep their state in the return URL and send no {@code data}. */
    private Map<String, Object> settings(Course course, Tool tool, String id, boolean multiple) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("accept_types", List.of("ltiResourceLink"));
        settings.put("accept_presentation_document_targets", List.of("iframe", "window"));
        settings.put("accept_multiple", multiple);
        settings.put("auto_create", tool.mode() != Mode.MOODLE);
        if (tool.mode() == Mode.GENERIC) {
            settings.put("accept_lineitem", true);
            settings.put("data", id);
        } else if (tool.mode() == Mode.CANVAS) {
            settings.put("accept_media_types", "application/vnd.ims.lti.v1.ltilink");
        } else {
            settings.put("title", tool.name());
            settings.put("text", "");
        }
        settings.put(
                "deep_link_return_url",
                lms.issuer() + path(course, tool) + "/answer?dialog=" + id + "&course=" + course.id());
        return settings;
    }

    private Answer answer(Course course, Tool tool, Call call) {
        Dialog dialog = dialogs.get(call.query().getOrDefault("dialog", ""));
        if (dialog == null
                || dialog.course() != course
                || !dialog.tool().clientId().equals(tool.clientId())) {
            return refused(course, "This dialog is not open, or was answered already.");
        }
        DeepLinkingAnswers.Read read;
        try {
            read = answers.read(dialog, SignedJWT.parse(call.form().getOrDefault("JWT", "")));
        } catch (ParseException e) {
            return refused(course, "The field JWT holds no signed JWT.");
        }
        if (!read.faults().isEmpty()) {
            return refused(course, String.join(" ", read.faults()));
        }
        dialogs.values().remove(dialog);
        List<String> made = new ArrayList<>();
        read.items().forEach(item -> made.add(place(dialog, item)));
        return Answer.html(200, Html.page("Chosen", """
                <h1>Chosen</h1>
                <p role="status">%1$s</p>
                <ul>
                %2$s
                </ul>
                <p><a href="/courses/%3$s" target="_top">Back to %4$s</a></p>
                """.formatted(
                Html.escape(read.message()), String.join("\n", made), course.id(), Html.escape(course.title()))));
    }

    private static String place(Dialog dialog, DeepLinkingAnswers.Item item) {
        Course course = dialog.course();
        ResourceLink link =
                course.addLink(dialog.tool(), dialog.tool().deployments().get(0), item.title(), item.custom());
        Optional<Column.Details> column = item.column()
                .map(wanted -> new Column.Details(
                        // Moodle calls a column like its link, whatever the tool says.
                        dialog.tool().mode() == Mode.MOODLE || wanted.label().isEmpty() ? item.title() : wanted.label(),
                        wanted.maximum(),
                        wanted.resourceId(),
                        wanted.tag(),
                        link.id()));
        column.ifPresent(details -> course.add(dialog.tool().clientId(), details));
        return "<li>%s%s</li>"
                .formatted(
                        Html.escape(item.title()),
                        column.map(details -> ", with the column “" + Html.escape(details.label()) + "” of "
                                        + Pages.points(details.maximum()) + " points")
                                .orElse(""));
    }

    private static Answer refused(Course course, String why) {
        return Answer.html(
                400, Html.page("Not taken", """
                <h1>Not taken</h1>
                <p class="alert" role="alert">%s</p>
                <p><a href="/courses/%s" target="_top">Back to %s</a></p>
                """.formatted(Html.escape(why), course.id(), Html.escape(course.title()))));
    }

    static URI origin(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }

    /** A column that a link is to have. */
    record Wanted(String label, BigDecimal maximum, String resourceId, String tag) {}
}
