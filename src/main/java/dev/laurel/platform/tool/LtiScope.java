package dev.laurel.platform.tool;

import java.util.Arrays;
import java.util.Optional;

/** The scopes that Laurel asks a platform for. What it lacks without one, the self-test says. */
public enum LtiScope {
    /** Columns that an instructor adds and grades. */
    LINE_ITEM("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"),
    /** The scope above implies it, but Moodle wants it asked for by name. */
    LINE_ITEM_READ("https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"),
    RESULT_READ("https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"),
    SCORE("https://purl.imsglobal.org/spec/lti-ags/scope/score"),
    MEMBERSHIP_READ("https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"),
    /** To be told when a course is copied. Only some platforms have it. */
    NOTICE_HANDLERS("https://purl.imsglobal.org/spec/lti/scope/noticehandlers");

    private final String uri;

    LtiScope(String uri) {
        this.uri = uri;
    }

    public String uri() {
        return uri;
    }

    /** Empty for a scope that Laurel has no use for. */
    public static Optional<LtiScope> of(String uri) {
        return Arrays.stream(values()).filter(scope -> scope.uri.equals(uri)).findFirst();
    }
}
