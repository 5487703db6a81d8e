package lms;

/** The service addresses of one course, as one tool gets them. */
record Urls(ReferenceLms lms, Course course, Tool tool) {

    static final String LINE_ITEMS = "/services/(?<course>[^/]+)/lineitems";

    static final String LINE_ITEM = LINE_ITEMS + "/(?<item>[^/]+)/lineitem";

    static final String ROSTER = "/services/(?<course>[^/]+)/memberships";

    String lineItems() {
        return base() + "/lineitems" + query();
    }

    String lineItem(Column column) {
        return lineItemPath(column) + query();
    }

    String result(Column column, LmsUser user) {
        return lineItemPath(column) + "/results" + query() + (query().isEmpty() ? "?" : "&") + "user_id="
                + java.net.URLEncoder.encode(user.id(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String results(Column column) {
        return lineItemPath(column) + "/results" + query();
    }

    String roster() {
        return base() + "/memberships";
    }

    private String lineItemPath(Column column) {
        return base() + "/lineitems/" + column.id() + "/lineitem";
    }

    private String base() {
        return lms.issuer() + "/services/" + course.id();
    }

    private String query() {
        return tool.mode() == Mode.MOODLE ? "?type_id=" + tool.deployments().get(0) : "";
    }
}
