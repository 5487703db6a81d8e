package lms;

/** The service addresses of one course, as one tool gets them. */
record Urls(ReferenceLms lms, Course course, Tool tool) {

    private static final String COURSE = "(?:/services|/api/lti/courses)/(?<course>[^/]+)";

    static final String LINE_ITEMS = COURSE + "/line_?items";

    static final String LINE_ITEM = LINE_ITEMS + "/(?<item>[^/]+?)(?:/lineitem)?";

    static final String ROSTER = COURSE + "/(?:memberships|names_and_roles)";

    static final String GRADEBOOK = COURSE + "/gradebook";

    String lineItems() {
        return base() + (isCanvas() ? "/line_items" : "/lineitems") + query();
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
        return base() + (isCanvas() ? "/names_and_roles" : "/memberships");
    }

    private String lineItemPath(Column column) {
        return isCanvas() ? base() + "/line_items/" + column.id() : base() + "/lineitems/" + column.id() + "/lineitem";
    }

    private String base() {
        return lms.issuer() + (isCanvas() ? "/api/lti/courses/" : "/services/") + course.id();
    }

    private boolean isCanvas() {
        return tool.mode() == Mode.CANVAS;
    }

    private String query() {
        return tool.mode() == Mode.MOODLE ? "?type_id=" + tool.deployments().get(0) : "";
    }
}
