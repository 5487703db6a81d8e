package lms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The line item service, for the asking tool's own columns only.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#line-item-service">AGS 2.0</a>
 */
final class LineItemService {

    private final ReferenceLms lms;

    private final ServiceGate gate;

    LineItemService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.gate = new ServiceGate(lms, tokens);
    }

    void addTo(LmsServer server) {
        server.route(
                "GET",
                Urls.LINE_ITEMS,
                Service.LINE_ITEMS,
                call -> reading(call, LtiNames.TYPE_LINE_ITEMS, this::list));
        server.route(
                "POST",
                Urls.LINE_ITEMS,
                Service.LINE_ITEMS,
                call -> gate.admit(call, LtiNames.TYPE_LINE_ITEM, this::create, LtiNames.SCOPE_LINE_ITEM));
        server.route(
                "GET",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> reading(call, LtiNames.TYPE_LINE_ITEM, ServiceGate.ownColumn(this::show)));
        server.route(
                "PUT",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> gate.admit(
                        call, LtiNames.TYPE_LINE_ITEM, ServiceGate.ownColumn(this::change), LtiNames.SCOPE_LINE_ITEM));
        server.route(
                "DELETE",
                Urls.LINE_ITEM,
                Service.LINE_ITEMS,
                call -> gate.admit(
                        call, null, ServiceGate.ownColumn(LineItemService::delete), LtiNames.SCOPE_LINE_ITEM));
    }

    /** Moodle wants the read-only scope by name. */
    private Answer reading(Call call, String type, ServiceGate.Handler handler) {
        return gate.admit(
                call,
                type,
                handler,
                gate.mode(call) == Mode.MOODLE
                        ? new String[] {LtiNames.SCOPE_LINE_ITEM_READ}
                        : new String[] {LtiNames.SCOPE_LINE_ITEM_READ, LtiNames.SCOPE_LINE_ITEM});
    }

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
        var pages = new Paging.Size(visit.mode() == Mode.CANVAS ? 10 : lms.pageSize(), lms.pageSize());
        Paging<Map<String, Object>> page = Paging.of(items, query, visit.urls().lineItems(), pages, visit.mode());
        return page.link(
                Answer.ok(LtiNames.TYPE_LINE_ITEMS, lms.disorder().of(page.entries())), visit.mode() == Mode.MOODLE);
    }

    private static boolean matches(Map<String, String> query, String name, String value) {
        return !query.containsKey(name) || query.get(name).equals(value);
    }

    private static Map<String, Object> lineItem(ServiceGate.Visit visit, Column column) {
        Column.Details details = column.details();
        var item = new LinkedHashMap<String, Object>();
        item.put("id", visit.urls().lineItem(column));
        item.put("label", details.label());
        item.put("scoreMaximum", details.maximum());
        boolean always = visit.mode() == Mode.MOODLE;
        putUnlessUnset(item, "resourceId", details.resourceId(), always);
        putUnlessUnset(item, "tag", details.tag(), always);
        if (details.resourceLinkId() != null) {
            item.put("resourceLinkId", details.resourceLinkId());
        }
        return item;
    }

    /** Moodle names every member and leaves it empty. */
    private static void putUnlessUnset(Map<String, Object> item, String name, String value, boolean always) {
        if (always || !value.isEmpty()) {
            item.put(name, value);
        }
    }

    private Answer create(ServiceGate.Visit visit) {
        Optional<ObjectNode> sent = Json.object(visit.call().body());
        Optional<Column.Details> details = sent.flatMap(LineItemService::details);
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
        return Answer.ok(LtiNames.TYPE_LINE_ITEM, lineItem(visit, column));
    }

    private Answer change(ServiceGate.Visit visit, Column column) {
        Optional<Column.Details> details = Json.object(visit.call().body()).flatMap(LineItemService::details);
        if (details.isEmpty() || isForeignLink(visit, details.get())) {
            return ServiceGate.error(400, "This is not a line item of the tool");
        }
        column.change(details.get());
        return show(visit, column);
    }

    /** In Canvas the column of an assignment goes only with the assignment. */
    private static Answer delete(ServiceGate.Visit visit, Column column) {
        if (visit.mode() == Mode.CANVAS && column.isBoundToLink()) {
            return ServiceGate.error(401, "Unauthorized");
        }
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
}
