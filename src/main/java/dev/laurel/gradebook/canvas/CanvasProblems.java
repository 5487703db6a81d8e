package dev.laurel.gradebook.canvas;

import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundResponse;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** What goes wrong with Canvas's REST interface, in words for staff. */
final class CanvasProblems {

    private static final OutboundResponse FORBIDDEN = new OutboundResponse(403, new HttpHeaders(), new byte[0]);

    private CanvasProblems() {}

    static ServiceProblem permissionEnded() {
        return forGood("Canvas does not accept the permission to read this course any more."
                + " Whoever gave it, or another teacher, can give it again in Laurel.");
    }

    static ServiceProblem keyUnknown() {
        return forGood(
                "Canvas does not accept the developer key of the institution, or its secret is another one there."
                        + " The administrator of the institution can correct it in Laurel.");
    }

    /** Whether Canvas may have refused this because of a single person whom the request names: it refuses it whole then. */
    static boolean mayBeOfOnePerson(ServiceProblem problem) {
        return problem.isFinal() && problem.retryAfter() == null;
    }

    /** @param what of them could not be read, in plural */
    static String leftOut(String what, int students) {
        return "The " + what + " of " + (students == 1 ? "one student" : students + " students")
                + " could not be read, because Canvas fails at telling them, or tells more than Laurel takes in at once. What was"
                + " read of them before stays as it was, and Laurel tries again once a day.";
    }

    /** @param what the part of the course, e.g. {@code "outcomes"} */
    static ServiceProblem of(OutboundResponse response, String what, Instant now) {
        ServiceProblem problem = ServiceProblem.of(response, now);
        return switch (problem.status()) {
            case 401, 403 ->
                forGood("Canvas does not let Laurel read the " + what + " of this course. " + remedy(what));
            case 404 ->
                problem.inWords("Canvas says that it has no " + what
                        + " for Laurel in this course (answer 404). The course may have ended, or been hidden or"
                        + " deleted.");
            default -> problem;
        };
    }

    /** Canvas does not say which of the two it is. */
    private static String remedy(String what) {
        String scopes = Stream.of(CanvasCapability.values())
                .filter(each -> each.isCalled(what))
                .findFirst()
                .map(each -> each.ownScopes().stream()
                        .map(scope -> "\u201c" + scope + "\u201d")
                        .collect(Collectors.joining(", ")))
                .orElse("");
        return scopes.isEmpty()
                ? "Whoever gave the permission may not see them, or the developer key lacks this part."
                : "The developer key needs " + scopes + ", and whoever gave the permission the right to see "
                        + (CanvasCapability.MODULES.isCalled(what) || CanvasCapability.SECTIONS.isCalled(what)
                                ? "them"
                                : "all grades")
                        + " in Canvas.";
    }

    /** Asking again at once is of no use. */
    private static ServiceProblem forGood(String words) {
        return ServiceProblem.of(FORBIDDEN, Instant.EPOCH).inWords(words);
    }
}
