package lms;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result service.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#result-service">AGS 2.0</a>
 */
final class ResultService {

    private final ReferenceLms lms;

    private final ServiceGate gate;

    ResultService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.gate = new ServiceGate(lms, tokens);
    }

    void addTo(LmsServer server) {
        server.route(
                "GET",
                Urls.LINE_ITEM + "/results",
                Service.RESULTS,
                call -> gate.admit(
                        call, LtiNames.TYPE_RESULTS, ServiceGate.ownColumn(this::results), LtiNames.SCOPE_RESULT_READ));
    }

    private Answer results(ServiceGate.Visit visit, Column column) {
        Map<String, String> query = visit.call().query();
        boolean moodle = visit.mode() == Mode.MOODLE;
        if (moodle && query.containsKey("limit") && query.containsKey("type_id")) {
            return Answer.html(404, Html.message("Exception", "Call to a member function out() on null"));
        }
        String userId = query.get("user_id");
        var results = new ArrayList<JsonNode>();
        for (LmsUser person : visit.course().people()) {
            if (userId == null || userId.equals(person.id())) {
                column.grade(person).ifPresent(grade -> results.add(result(visit, column, person, grade)));
            }
        }
        // Moodle has no pages of its own accord, and asking it for some fails.
        int largest = moodle && query.containsKey("type_id") ? Integer.MAX_VALUE : lms.pageSize();
        var pages = new Paging.Size(visit.mode() == Mode.CANVAS ? 10 : largest, largest);
        Paging<JsonNode> page = Paging.of(results, query, visit.urls().results(column), pages, visit.mode());
        return page.link(Answer.ok(LtiNames.TYPE_RESULTS, lms.disorder().of(page.entries())), moodle);
    }

    private static JsonNode result(ServiceGate.Visit visit, Column column, LmsUser person, Grade grade) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.put("id", visit.urls().result(column, person));
        result.put("userId", person.id());
        result.put("scoreOf", visit.urls().lineItem(column));
        if (grade.raw() != null) {
            result.setAll((ObjectNode) Json.MAPPER.readTree("{" + grade.raw() + "}"));
            return result;
        }
        if (grade.score() != null) {
            result.put("resultScore", grade.score());
            result.put("resultMaximum", column.maximum());
        }
        if (grade.comment() != null) {
            result.put("comment", grade.comment());
        }
        if (visit.mode() == Mode.MOODLE) {
            result.put("timestamp", grade.at().truncatedTo(ChronoUnit.SECONDS).toString());
        } else if (visit.mode() == Mode.GENERIC && grade.gradedBy() != null) {
            result.put("scoringUserId", grade.gradedBy());
        }
        return result;
    }
}
