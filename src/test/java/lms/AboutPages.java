package lms;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Launches about somebody: a student's work from the gradebook, her context card, and what a tool stores of a person. */
final class AboutPages {

    private final ReferenceLms lms;

    AboutPages(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        String person = "/courses/(?<course>[^/]+)/people/(?<person>[^/]+)/(?<what>review|card|privacy)";
        server.route("GET", person, null, call -> about(call, this::page));
        server.route(
                "GET", person + "/start", null, call -> about(call, (target, c) -> Pages.begin(lms, start(target), c)));
    }

    /** @param link {@code null} where there is none */
    private record Target(Course course, Tool tool, ResourceLink link, LmsUser person, String what) {

        LmsUser actor() {
            return what.equals("privacy") ? person : course.teacher();
        }

        String path() {
            return AboutPages.path(course, person, what);
        }
    }

    private interface TargetHandler {

        Answer handle(Target target, Call call);
    }

    static String reviewPath(Course course, LmsUser student, ResourceLink link) {
        return path(course, student, "review") + "?link=" + Pages.encode(link.id());
    }

    static String cardPath(Course course, LmsUser student) {
        return path(course, student, "card");
    }

    static String privacyPath(Course course, LmsUser person) {
        return path(course, person, "privacy");
    }

    private static String path(Course course, LmsUser person, String what) {
        return "/courses/" + course.id() + "/people/" + Pages.encode(person.id()) + "/" + what;
    }

    private Answer about(Call call, TargetHandler handler) {
        Optional<Target> target = lms.course(call.part("course"))
                .flatMap(course -> course.person(call.part("person")).map(person -> {
                    ResourceLink link =
                            course.link(call.query().getOrDefault("link", "")).orElse(course.link());
                    return new Target(course, lms.toolOf(link), link, person, call.part("what"));
                }));
        return target.map(found -> handler.handle(found, call))
                .orElseGet(() -> Answer.html(404, Html.message("There is nothing here", "Nobody of that id is here.")));
    }

    private Answer page(Target target, Call call) {
        String title = switch (target.what()) {
            case "review" -> "Work of " + target.person().name();
            case "card" -> target.person().name();
            default -> "Privacy of " + target.person().name();
        };
        return Pages.framePage(
                lms,
                title,
                target.actor(),
                target.tool(),
                target.path() + "/start?link=" + Pages.encode(target.link().id()),
                "/courses/" + target.course().id(),
                target.course().title());
    }

    LaunchStart start(Course course, ResourceLink link, LmsUser person, String what) {
        return start(new Target(course, lms.toolOf(link), link, person, what));
    }

    private LaunchStart start(Target target) {
        var more = new LinkedHashMap<String, Object>();
        String message = "LtiResourceLinkRequest";
        if (target.what().equals("review")) {
            message = "LtiSubmissionReviewRequest";
            more.put(LtiNames.FOR_USER, Map.of("user_id", target.person().id()));
        } else if (target.what().equals("card")) {
            more.put("https://www.instructure.com/placement", "student_context_card");
            more.put(
                    "https://www.instructure.com/lti_student_id",
                    target.person().id());
        } else {
            message = "LtiDataPrivacyLaunchRequest";
            more.put(LtiNames.FOR_USER, Map.of("user_id", target.person().id()));
        }
        return lms.launches().begin(target.tool(), target.course(), target.link(), target.actor(), message, more);
    }
}
