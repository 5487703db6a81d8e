package lms;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the administrator of the LMS adds tools: a form for the tool's registration link, the frame in which the tool
 * registers itself, and the steps that Moodle ("Activate") and Canvas (confirm, install) want after that.
 */
final class RegistrationPages {

    private static final String TOOL = "/tools/(?<tool>[^/]+)";

    private static final String FRAME = "/tools/registrations/(?<id>[^/]+)";

    private final ReferenceLms lms;

    private final Registrations registrations;

    RegistrationPages(ReferenceLms lms) {
        this.lms = lms;
        this.registrations = lms.registrations();
    }

    void addTo(LmsServer server) {
        server.route("GET", "/tools", null, call -> tools());
        server.route("POST", "/tools/registrations", null, this::begin);
        server.route("GET", FRAME, null, this::frame);
        server.route("GET", FRAME + "/start", null, this::start);
        server.route("GET", FRAME + "/closed", null, this::closed);
        server.route("GET", TOOL + "/confirmation", null, this::confirmation);
        server.route("POST", TOOL + "/confirmation", null, this::confirm);
        server.route("POST", TOOL + "/activation", null, this::activate);
        server.route("POST", TOOL + "/installation", null, this::install);
    }

    private Answer tools() {
        String cards = registrations.all().stream().map(this::card).collect(Collectors.joining());
        return Answer.html(200, Html.page("Tools", """
                <h1>Tools</h1>
                %1$s
                %2$s
                <section aria-labelledby="registered">
                <h2 id="registered">Tools that registered themselves</h2>
                %3$s
                </section>
                """.formatted(
                        form(Mode.MOODLE, "As Moodle: Manage tools", "Tool URL", "Add LTI Advantage"),
                        form(
                                Mode.CANVAS,
                                "As Canvas: Developer keys, LTI registration",
                                "Dynamic Registration URL",
                                "Continue"),
                        cards.isEmpty() ? "<p>None yet.</p>" : "<ul class=\"cards\">\n" + cards + "</ul>")));
    }

    private static String form(Mode mode, String title, String label, String button) {
        return """
                <section aria-labelledby="add-%1$s">
                <h2 id="add-%1$s">%2$s</h2>
                <form method="post" action="/tools/registrations">
                <input type="hidden" name="mode" value="%1$s">
                <p><label for="url-%1$s">%3$s</label><br>
                <input id="url-%1$s" name="url" type="text" class="long" autocomplete="off" required></p>
                <p><button>%4$s</button></p>
                </form>
                </section>
                """.formatted(mode, title, label, button);
    }

    private String card(RegisteredTool registered) {
        Tool tool = registered.tool();
        String path = "/tools/" + Pages.encode(tool.clientId());
        String next;
        if (registered.ready()) {
            next = "<p><strong>Active.</strong> A course with it is among the <a href=\"/\">courses</a>.</p>";
        } else if (tool.mode() == Mode.CANVAS && !registered.confirmed()) {
            next = "<p>Not confirmed. <a href=\"" + path + "/confirmation\">Look through it</a></p>";
        } else if (tool.mode() == Mode.CANVAS) {
            next = button(path + "/installation", "Install");
        } else {
            next = "<p>Pending</p>" + button(path + "/activation", "Activate");
        }
        return """
                <li class="card">
                <h3>%1$s</h3>
                <p>%2$s · %3$s</p>
                %4$s
                </li>
                """.formatted(Html.escape(tool.name()), tool.mode().label(), Html.escape(tool.clientId()), next);
    }

    private static String button(String action, String label) {
        return "<form method=\"post\" action=\"%s\"><button>%s</button></form>".formatted(action, label);
    }

    private Answer begin(Call call) {
        URI url = URI.create(call.form().getOrDefault("url", "").strip());
        Mode mode = Mode.valueOf(call.form().getOrDefault("mode", "MOODLE"));
        return Answer.redirect(
                "/tools/registrations/" + registrations.start(mode, url, null).id());
    }

    /** The tool says in the frame when it is done; only the frame's own word counts. */
    private Answer frame(Call call) {
        String path = "/tools/registrations/" + call.part("id");
        return begun(call)
                .map(registering -> Answer.html(200, Html.page("Registering a tool", """
                        <h1>Registering a tool</h1>
                        <iframe name="tool" title="Registration" src="%1$s/start"></iframe>
                        <script>
                        window.addEventListener("message", function (event) {
                          var said = event.data && event.data.subject;
                          if (event.source === window.frames.tool && said === "org.imsglobal.lti.close") {
                            window.location = "%1$s/closed";
                          }
                        });
                        </script>
                        """.formatted(path))))
                .orElseGet(RegistrationPages::nothing);
    }

    private Answer start(Call call) {
        return begun(call)
                .map(registering ->
                        Answer.redirect(registrations.initiation(registering).toString()))
                .orElseGet(RegistrationPages::nothing);
    }

    /** Moodle shows its tools again, Canvas the wizard of the one that has just registered. */
    private Answer closed(Call call) {
        boolean canvas = begun(call)
                .filter(registering -> registering.mode() == Mode.CANVAS)
                .isPresent();
        return registrations.all().stream()
                .filter(registered ->
                        canvas && !registered.confirmed() && registered.tool().mode() == Mode.CANVAS)
                .reduce((first, second) -> second)
                .map(registered -> Answer.redirect(
                        "/tools/" + Pages.encode(registered.tool().clientId()) + "/confirmation"))
                .orElseGet(() -> Answer.redirect("/tools"));
    }

    private Answer confirmation(Call call) {
        return registrations
                .find(call.part("tool"))
                .map(registered -> Answer.html(200, Html.page("Confirm", """
                        <h1>%1$s wants to be installed</h1>
                        <h2>Permissions</h2>
                        <ul>%2$s</ul>
                        <h2>Placements</h2>
                        <ul>%3$s</ul>
                        %4$s
                        """.formatted(
                        Html.escape(registered.tool().name()),
                        items(registered.tool().scopes()),
                        items(registered.places()),
                        button("/tools/" + Pages.encode(call.part("tool")) + "/confirmation", "Confirm and enable")))))
                .orElseGet(RegistrationPages::nothing);
    }

    private static String items(Iterable<String> texts) {
        var items = new StringBuilder();
        texts.forEach(text -> items.append("<li>").append(Html.escape(text)).append("</li>\n"));
        return items.toString();
    }

    private Answer confirm(Call call) {
        registrations.confirm(call.part("tool"));
        return Answer.redirect("/tools");
    }

    private Answer activate(Call call) {
        registrations.activate(call.part("tool"));
        return Answer.redirect("/tools");
    }

    private Answer install(Call call) {
        registrations.install(call.part("tool"));
        return Answer.redirect("/tools");
    }

    private Optional<Registering> begun(Call call) {
        return registrations.begun(call.part("id"));
    }

    private static Answer nothing() {
        return Answer.html(404, Html.message("There is nothing here", "No such registration."));
    }
}
