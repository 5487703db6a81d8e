package lms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The doors of Canvas's REST interface: tokens, scopes, who may see a course, throttling, pages. What stands behind them is
 * told by {@link CanvasCourse} from the same state as the gradebook page.
 */
final class CanvasApi {

    private static final String COURSE = "/api/v1/courses/(?<course>\\d+)";

    /** Everything that can be allowed here. */
    static final Set<String> SCOPES = Stream.of(
                    ":id",
                    ":course_id/grading_standards",
                    ":course_id/assignment_groups",
                    ":course_id/assignments",
                    ":course_id/students/submissions",
                    ":course_id/enrollments",
                    ":course_id/sections",
                    ":course_id/modules",
                    ":course_id/modules/:module_id/items",
                    ":course_id/outcome_rollups")
            .map(path -> "url:GET|/api/v1/courses/" + path)
            .collect(Collectors.toUnmodifiableSet());

    /** Of one request. Canvas counts the seconds that its processor and its database spend; usually that is less. */
    private static final double COST = 1;

    private static final int USUAL_PAGE = 10;

    private static final int LARGEST_PAGE = 100;

    private final ReferenceLms lms;

    private final CanvasChanges changes;

    CanvasApi(ReferenceLms lms) {
        this.lms = lms;
        this.changes = new CanvasChanges(lms);
    }

    /** Entries of a list, of which a page is told; or one object. */
    private interface Teller {

        Object tell(CanvasCourse course);
    }

    void addTo(LmsServer server) {
        route(server, "", "/api/v1/courses/:id", CanvasCourse::course);
        list(server, "/grading_standards", CanvasCourse::schemes);
        list(server, "/assignment_groups", CanvasCourse::groups);
        list(server, "/assignments", CanvasCourse::assignments);
        list(server, "/students/submissions", CanvasCourse::submissions);
        list(server, "/enrollments", CanvasCourse::enrollments);
        list(server, "/sections", CanvasCourse::sections);
        list(server, "/modules", CanvasCourse::modules);
        route(
                server,
                "/modules/(?<module>\\d+)/items",
                "/api/v1/courses/:course_id/modules/:module_id/items",
                CanvasCourse::items);
        list(server, "/outcome_rollups", CanvasCourse::rollups);
    }

    private void list(LmsServer server, String path, Teller teller) {
        route(server, path, "/api/v1/courses/:course_id" + path, teller);
    }

    private void route(LmsServer server, String path, String scope, Teller teller) {
        server.route("GET", COURSE + path, Service.CANVAS_API, call -> answer(call, "url:GET|" + scope, teller));
    }

    private Answer answer(Call call, String scope, Teller teller) {
        Optional<CanvasKeys.Permission> permission = call.bearerToken().flatMap(lms.canvas()::byAccessToken);
        if (permission.isEmpty()) {
            return error(401, "Invalid access token.").with("WWW-Authenticate", "Bearer realm=\"canvas-lms\"");
        }
        if (!lms.canvas().reading().begin()) {
            return CanvasKeys.slowDown();
        }
        Answer answer;
        double remaining;
        try {
            answer = admitted(call, permission.get(), scope, teller);
        } finally {
            remaining = lms.canvas().reading().end(COST);
        }
        return answer.with("X-Rate-Limit-Remaining", Double.toString(remaining))
                .with("X-Request-Cost", Double.toString(COST));
    }

    private Answer admitted(Call call, CanvasKeys.Permission permission, String scope, Teller teller) {
        if (!permission.scopes.contains(scope)) {
            return error(401, "Insufficient scopes on access token.");
        }
        Optional<Course> course = lms.course(call.part("course"));
        if (course.isEmpty()) {
            return error(404, "The specified resource does not exist.");
        }
        if (!maySee(permission.user, course.get())) {
            return error(401, "user not authorized to perform that action");
        }
        var visit = new CanvasCourse(lms, course.get(), call, permission.key.includes(), changes);
        try {
            return paged(call, teller.tell(visit));
        } catch (CanvasCourse.Refused refused) {
            return refused.answer();
        }
    }

    private boolean maySee(LmsUser user, Course course) {
        return user.role() == LmsRole.ADMINISTRATOR
                || course.person(user.id())
                        .filter(person -> !person.role().isGraded() && person.role() != LmsRole.OBSERVER)
                        .isPresent();
    }

    /** The entries of an object's only list are paged, too. */
    private Answer paged(Call call, Object told) {
        List<?> entries = told instanceof List<?> list
                ? list
                : told instanceof CanvasCourse.Rollups rollups ? rollups.rollups() : List.of(told);
        int size = Math.min(number(call, "per_page", USUAL_PAGE), Math.min(LARGEST_PAGE, lms.pageSize()));
        int from = Math.min((number(call, "page", 1) - 1) * size, entries.size());
        int end = Math.min(from + size, entries.size());
        List<?> page = lms.canvas().disorder().of(entries.subList(from, end));
        lms.canvas().disorder().delay();
        Object body = told instanceof List<?>
                ? page
                : told instanceof CanvasCourse.Rollups rollups ? rollups.page(page) : told;
        Answer answer = Answer.json(200, Json.write(body));
        return end == entries.size() ? answer : answer.with("link", next(call));
    }

    private String next(Call call) {
        var pairs = new ArrayList<String>();
        var query = new LinkedHashMap<String, List<String>>();
        call.query().keySet().forEach(name -> query.put(name, call.all(name)));
        query.put("page", List.of("p" + (number(call, "page", 1) + 1)));
        query.forEach((name, values) -> values.forEach(value -> pairs.add(LaunchStart.encode(Map.of(name, value)))));
        String url = lms.issuer() + call.path() + "?";
        return "<" + url + String.join("&", pairs) + ">; rel=\"next\",<" + url + "page=1>; rel=\"first\"";
    }

    private static int number(Call call, String name, int otherwise) {
        String digits = call.query().getOrDefault(name, "").replaceAll("\\D", "");
        return digits.isEmpty() ? otherwise : Math.max(1, Integer.parseInt(digits));
    }

    static Answer error(int status, String message) {
        return Answer.json(status, Json.write(Map.of("errors", List.of(Map.of("message", message)))));
    }
}
