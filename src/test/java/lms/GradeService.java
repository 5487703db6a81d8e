package lms;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Assignment and Grade Services 2.0, for the asking tool's own columns only.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0">AGS 2.0</a>
 */
final class GradeService {

    private static final Set<String> ACTIVITY =
            Set.of("Initialized", "Started", "InProgress", "Submitted", "Completed");

    private static final Set<String> GRADING = Set.of("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady");

    private final ReferenceLms lms;

    private final ServiceGate gate;

    GradeService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.gate = new ServiceGate(lms, tokens);
    }

    /** Answers about one column of the tool. */
    private interface ColumnHandler {

        Answer handle(ServiceGate.Visit visit, Column column);
    }

    void addTo(LmsServer server) {
        String[] read = isMoodle()
                ? new String[] {LtiNames.SCOPE_LINE_ITEM_READ}
                : new String[] {LtiNames.SCOPE_LINE_ITEM_READ, LtiNames.SCOPE_LINE_ITEM};
        server.route(
                "GET",
                Urls.LINE_ITEMS,
                Service.LINE_ITEMS,
                call -> gate.admit(call, LtiNames.TYPE_LINE_ITEMS, this::list, read));
        server.route(
                "POST",
                Urls.LINE_ITEMS,
                Service.LINE_ITEMS,
                call -> gate.admit(call, LtiNames.TYPE_LINE_ITEM, this::create, LtiNames.SCOPE_LINE_ITEM));
        server.route(
                "GET",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> gate.admit(call, LtiNames.TYPE_LINE_ITEM, own(this::show), read));
        server.route(
                "PUT",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> gate.admit(call, LtiNames.TYPE_LINE_ITEM, own(this::change), LtiNames.SCOPE_LINE_ITEM));
        server.route(
                "DELETE",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> gate.admit(call, null, own(this::delete), LtiNames.SCOPE_LINE_ITEM));
        server.route(
                "GET",
                Urls.LINE_ITEM + "/results",
                Service.RESULTS,
                call -> gate.admit(call, LtiNames.TYPE_RESULTS, own(this::results), LtiNames.SCOPE_RESULT_READ));
        server.route(
                "POST",
                Urls.LINE_ITEM + "/scores",
                Service.SCORES,
                call -> gate.admit(call, LtiNames.TYPE_SCORE, own(this::score), LtiNames.SCOPE_SCORE));
    }

    /** A column of somebody else does not exist for this tool, even if it guesses the address. */
    private static ServiceGate.Handler own(ColumnHandler handler) {
        return visit -> visit.course()
                .column(visit.call().part("item"))
                .filter(column -> column.belongsTo(visit.tool()))
                .map(column -> handler.handle(visit, column))
                .orElseGet(() -> ServiceGate.error(404, "There is no such line item"));
    }

    // ---- line items

    private Answer list(ServiceGate.Visit visit) {
        Map<String, String> query = visit.call().query();
        List<Map<String, Object>> items = visit.course().columns().stream()
                .filter(column -> column.belongsTo(visit.tool()))
                .filter(column ->
                        matches(query, "resource_link_id", column.details().resourceLinkId()))
                .filter(column -> matches(query, "resource_id", column.details().resourceId()))
                .filter(column -> matches(query, "tag", column.details().tag()))
                .map(column -> lineItem(visit, column))
                .toList();
        Paging<Map<String, Object>> page = Paging.of(items, query, visit.urls().lineItems(), lms.pageSize());
        return page.link(ok(LtiNames.TYPE_LINE_ITEMS, page.entries()), isMoodle());
    }

    private static boolean matches(Map<String, String> query, String name, String value) {
        return !query.containsKey(name) || query.get(name).equals(value);
    }

    private Map<String, Object> lineItem(ServiceGate.Visit visit, Column column) {
        Column.Details details = column.details();
        var item = new LinkedHashMap<String, Object>();
        item.put("id", visit.urls().lineItem(column));
        item.put("label", details.label());
        item.put("scoreMaximum", details.maximum());
        putUnlessUnset(item, "resourceId", details.resourceId());
        putUnlessUnset(item, "tag", details.tag());
        if (details.resourceLinkId() != null) {
            item.put("resourceLinkId", details.resourceLinkId());
        }
        return item;
    }

    /** Moodle names every member and leaves it empty. */
    private void putUnlessUnset(Map<String, Object> item, String name, String value) {
        if (isMoodle() || !value.isEmpty()) {
            item.put(name, value);
        }
    }

    private Answer create(ServiceGate.Visit visit) {
        Optional<ObjectNode> sent = object(visit.call().body());
        Optional<Column.Details> details = sent.flatMap(GradeService::details);
        if (details.isEmpty()) {
            return ServiceGate.error(400, "label and a positive scoreMaximum are required");
        }
        if (isForeignLink(visit, details.get())) {
            return ServiceGate.error(403, "The link is not the tool's");
        }
        Column column = visit.course().add(visit.tool().clientId(), details.get());
        return Answer.of(201, LtiNames.TYPE_LINE_ITEM, Json.write(lineItem(visit, column)))
                .with("Location", visit.urls().lineItem(column));
    }

    private Answer show(ServiceGate.Visit visit, Column column) {
        return ok(LtiNames.TYPE_LINE_ITEM, lineItem(visit, column));
    }

    private Answer change(ServiceGate.Visit visit, Column column) {
        Optional<Column.Details> details = object(visit.call().body()).flatMap(GradeService::details);
        if (details.isEmpty() || isForeignLink(visit, details.get())) {
            return ServiceGate.error(400, "This is not a line item of the tool");
        }
        column.change(details.get());
        return show(visit, column);
    }

    private Answer delete(ServiceGate.Visit visit, Column column) {
        visit.course().delete(column);
        return Answer.empty(204);
    }

    private static Optional<Column.Details> details(ObjectNode item) {
        JsonNode maximum = item.path("scoreMaximum");
        if (!item.path("label").isString()
                || !maximum.isNumber()
                || maximum.decimalValue().signum() <= 0) {
            return Optional.empty();
        }
        JsonNode link = item.path("resourceLinkId");
        return Optional.of(new Column.Details(
                item.path("label").asString(),
                maximum.decimalValue(),
                item.path("resourceId").asString(""),
                item.path("tag").asString(""),
                link.isString() ? link.asString() : null));
    }

    private static boolean isForeignLink(ServiceGate.Visit visit, Column.Details details) {
        return details.resourceLinkId() != null
                && visit.course()
                        .link(details.resourceLinkId())
                        .filter(link -> link.clientId().equals(visit.tool().clientId()))
                        .isEmpty();
    }

    // ---- results

    private Answer results(ServiceGate.Visit visit, Column column) {
        Map<String, String> query = visit.call().query();
        if (isMoodle() && query.containsKey("limit") && query.containsKey("type_id")) {
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
        int largest = isMoodle() && query.containsKey("type_id") ? Integer.MAX_VALUE : lms.pageSize();
        Paging<JsonNode> page = Paging.of(results, query, visit.urls().results(column), largest);
        return page.link(ok(LtiNames.TYPE_RESULTS, page.entries()), isMoodle());
    }

    private JsonNode result(ServiceGate.Visit visit, Column column, LmsUser person, Grade grade) {
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
        if (isMoodle()) {
            result.put("timestamp", grade.at().truncatedTo(ChronoUnit.SECONDS).toString());
        } else if (grade.gradedBy() != null) {
            result.put("scoringUserId", grade.gradedBy());
        }
        return result;
    }

    // ---- scores

    private Answer score(ServiceGate.Visit visit, Column column) {
        Optional<ObjectNode> sent = object(visit.call().body()).filter(GradeService::isScore);
        Optional<Instant> timestamp =
                sent.flatMap(score -> instant(score.path("timestamp").asString("")));
        Optional<LmsUser> person = sent.flatMap(
                        score -> visit.course().person(score.path("userId").asString("")))
                .filter(found -> found.role().isGraded());
        if (timestamp.isEmpty() || person.isEmpty()) {
            return ServiceGate.error(400, "Incorrect score received");
        }
        Instant time = isMoodle() ? timestamp.get().truncatedTo(ChronoUnit.SECONDS) : timestamp.get();
        if (!column.isLater(person.get(), time)) {
            return ServiceGate.error(409, "Refusing score with an earlier timestamp");
        }
        apply(sent.get(), column, person.get(), timestamp.get());
        return Answer.empty(isMoodle() ? 200 : 204);
    }

    private static boolean isScore(ObjectNode score) {
        boolean given = !score.path("scoreGiven").isMissingNode();
        return ACTIVITY.contains(score.path("activityProgress").asString(""))
                && GRADING.contains(score.path("gradingProgress").asString(""))
                && (!given
                        || score.path("scoreGiven").isNumber()
                                && score.path("scoreGiven").decimalValue().signum() >= 0
                                && score.path("scoreMaximum").isNumber()
                                && score.path("scoreMaximum").decimalValue().signum() > 0);
    }

    private void apply(ObjectNode score, Column column, LmsUser person, Instant timestamp) {
        String comment =
                score.path("comment").isString() ? score.path("comment").asString() : null;
        boolean graded = score.path("gradingProgress").asString("").equals("FullyGraded")
                && score.path("scoreGiven").isNumber();
        if (graded) {
            BigDecimal points = score.path("scoreGiven")
                    .decimalValue()
                    .multiply(column.maximum())
                    .divide(score.path("scoreMaximum").decimalValue(), MathContext.DECIMAL32);
            BigDecimal capped = isMoodle() ? points.min(column.maximum()) : points;
            column.put(person, Grade.of(capped, comment, null, timestamp));
        } else if (isMoodle()) {
            // A score that is not final erases what stood there.
            column.put(person, Grade.of(null, comment, null, timestamp));
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> object(String json) {
        try {
            return Json.MAPPER.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Answer ok(String type, Object body) {
        return Answer.of(200, type + "; charset=utf-8", Json.write(body));
    }

    private boolean isMoodle() {
        return lms.mode() == Mode.MOODLE;
    }
}
