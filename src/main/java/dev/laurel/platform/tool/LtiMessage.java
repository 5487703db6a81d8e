package dev.laurel.platform.tool;

/**
 * The messages that Laurel answers, all at the same address.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0#tool-configuration">Dynamic Registration 1.0, messages</a>
 */
public enum LtiMessage {
    RESOURCE_LINK("LtiResourceLinkRequest"),
    DEEP_LINKING("LtiDeepLinkingRequest"),
    /** Moodle answers it, though its configuration does not say so; Canvas has none. */
    SUBMISSION_REVIEW("LtiSubmissionReviewRequest");

    private final String type;

    LtiMessage(String type) {
        this.type = type;
    }

    /** The value of the {@code message_type} claim. */
    public String type() {
        return type;
    }
}
