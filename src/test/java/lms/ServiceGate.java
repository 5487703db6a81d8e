package lms;

import java.util.Arrays;
import java.util.Optional;

/** What every service asks before it answers: the token, its scope, the course, and the media types. */
final class ServiceGate {

    /** Of one request, in seconds of processor and database. */
    private static final double COST_IN_CANVAS = 0.5;

    private final ReferenceLms lms;

    private final Tokens tokens;

    ServiceGate(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.tokens = tokens;
    }

    /** Who asks, in which course. */
    record Visit(Call call, Tool tool, Course course, Urls urls) {

        Mode mode() {
            return tool.mode();
        }
    }

    /** Answers about one column of the tool. */
    interface ColumnHandler {

        Answer handle(Visit visit, Column column);
    }

    /** A column of somebody else does not exist for this tool, even if it guesses the address. */
    static Handler ownColumn(ColumnHandler handler) {
        return visit -> {
            Optional<Column> column = visit.course().column(visit.call().part("item"));
            if (column.isEmpty() || !column.get().belongsTo(visit.tool())) {
                boolean foreign = column.isPresent() && visit.mode() == Mode.CANVAS;
                return foreign
                        ? error(412, "Tool does not have permission to view line_item")
                        : error(404, "There is no such line item");
            }
            return handler.handle(visit, column.get());
        };
    }

    /** The habits that the caller of this request meets. */
    Mode mode(Call call) {
        return call.bearerToken()
                .flatMap(tokens::grant)
                .map(grant -> grant.tool().mode())
                .orElse(Mode.GENERIC);
    }

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
        Optional<CanvasBucket> bucket =
                tool.mode() == Mode.CANVAS ? lms.canvas().services() : Optional.empty();
        if (bucket.isEmpty()) {
            return admit(call, mediaType, handler, grant.get(), scopes);
        }
        if (!bucket.get().begin()) {
            return CanvasKeys.slowDown();
        }
        try {
            return admit(call, mediaType, handler, grant.get(), scopes);
        } finally {
            bucket.get().end(COST_IN_CANVAS);
        }
    }

    private Answer admit(Call call, String mediaType, Handler handler, Tokens.Grant grant, String... scopes) {
        Tool tool = grant.tool();
        if (Arrays.stream(scopes).noneMatch(grant.scopes()::contains) || isForAnother(tool, call)) {
            return error(isMoodle(tool) ? 401 : 403, "The token is not for this");
        }
        Optional<Answer> wrongType = refuseType(tool.mode(), call, mediaType);
        if (wrongType.isPresent()) {
            return wrongType.get();
        }
        // Moodle's tokens of a site-wide tool work in every course; here a tool is served only where it is placed.
        Optional<Course> course =
                lms.course(call.part("course")).filter(found -> isMoodle(tool) || found.hasPlaced(tool));
        if (course.isEmpty()) {
            return error(404, "There is no such course");
        }
        if (course.get().isConcluded() && tool.mode() == Mode.CANVAS) {
            return error(422, "This course has concluded. AGS requests will no longer be accepted for this course.");
        }
        lms.disorder().delay();
        return handler.handle(new Visit(call, tool, course.get(), new Urls(lms, course.get(), tool)));
    }

    private static boolean isForAnother(Tool tool, Call call) {
        String type = call.query().get("type_id");
        return isMoodle(tool) && type != null && !tool.deployments().contains(type);
    }

    private static Optional<Answer> refuseType(Mode mode, Call call, String mediaType) {
        boolean moodle = mode == Mode.MOODLE;
        if (mediaType == null) {
            return Optional.empty();
        }
        if (call.method().equals("GET")) {
            String accept = call.header("Accept").orElse("");
            boolean fine = moodle
                    ? accept.isEmpty() || accept.equals(mediaType)
                    : Arrays.stream(accept.split(","))
                            .anyMatch(part -> part.strip().split(";")[0].equals(mediaType));
            return fine ? Optional.empty() : Optional.of(error(moodle ? 400 : 406, "Accept must be " + mediaType));
        }
        String sent = call.header("Content-Type").orElse("").split(";")[0].strip();
        return sent.equals(mediaType)
                ? Optional.empty()
                : Optional.of(error(moodle ? 400 : 415, "Content-Type must be " + mediaType));
    }

    private static boolean isMoodle(Tool tool) {
        return tool.mode() == Mode.MOODLE;
    }

    static Answer error(int status, String reason) {
        return Answer.json(
                status,
                Json.write(java.util.Map.of("status", status, "reason", reason, "request", java.util.Map.of())));
    }
}
