package lms;

import java.util.Arrays;
import java.util.Optional;

/** What every service asks before it answers: the token, its scope, the course, and the media types. */
final class ServiceGate {

    private final ReferenceLms lms;

    private final Tokens tokens;

    ServiceGate(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.tokens = tokens;
    }

    /** Who asks, in which course. */
    record Visit(Call call, Tool tool, Course course, Urls urls) {}

    interface Handler {

        Answer handle(Visit visit);
    }

    /** Lets a call through that has one of the scopes and, where a type is named, asks for or sends exactly that type. */
    Answer admit(Call call, String mediaType, Handler handler, String... scopes) {
        Optional<Tokens.Grant> grant = call.bearerToken().flatMap(tokens::grant);
        if (grant.isEmpty()) {
            return error(401, "Unauthorized").with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        Tool tool = grant.get().tool();
        if (Arrays.stream(scopes).noneMatch(grant.get().scopes()::contains) || isForAnother(tool, call)) {
            return error(isMoodle() ? 401 : 403, "The token is not for this");
        }
        Optional<Answer> wrongType = refuseType(call, mediaType);
        if (wrongType.isPresent()) {
            return wrongType.get();
        }
        // Moodle's tokens of a site-wide tool work in every course; here a tool is served only where it is placed.
        Optional<Course> course = lms.course(call.part("course")).filter(found -> isMoodle() || found.hasPlaced(tool));
        if (course.isEmpty()) {
            return error(404, "There is no such course");
        }
        return handler.handle(new Visit(call, tool, course.get(), new Urls(lms, course.get(), tool)));
    }

    private boolean isForAnother(Tool tool, Call call) {
        String type = call.query().get("type_id");
        return isMoodle() && type != null && !tool.deployments().contains(type);
    }

    private Optional<Answer> refuseType(Call call, String mediaType) {
        if (mediaType == null) {
            return Optional.empty();
        }
        if (call.method().equals("GET")) {
            String accept = call.header("Accept").orElse("");
            boolean fine = isMoodle()
                    ? accept.isEmpty() || accept.equals(mediaType)
                    : Arrays.stream(accept.split(","))
                            .anyMatch(part -> part.strip().split(";")[0].equals(mediaType));
            return fine ? Optional.empty() : Optional.of(error(isMoodle() ? 400 : 406, "Accept must be " + mediaType));
        }
        String sent = call.header("Content-Type").orElse("").split(";")[0].strip();
        return sent.equals(mediaType)
                ? Optional.empty()
                : Optional.of(error(isMoodle() ? 400 : 415, "Content-Type must be " + mediaType));
    }

    private boolean isMoodle() {
        return lms.mode() == Mode.MOODLE;
    }

    static Answer error(int status, String reason) {
        return Answer.json(
                status,
                Json.write(java.util.Map.of("status", status, "reason", reason, "request", java.util.Map.of())));
    }
}
