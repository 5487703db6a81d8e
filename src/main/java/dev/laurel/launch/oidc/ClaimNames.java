package dev.laurel.launch.oidc;

/** @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#required-message-claims">LTI 1.3, message claims</a> */
final class ClaimNames {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    static final String VERSION = LTI + "version";

    static final String MESSAGE_TYPE = LTI + "message_type";

    static final String DEPLOYMENT_ID = LTI + "deployment_id";

    static final String TARGET_LINK_URI = LTI + "target_link_uri";

    static final String ROLES = LTI + "roles";

    static final String CONTEXT = LTI + "context";

    static final String RESOURCE_LINK = LTI + "resource_link";

    static final String TOOL_PLATFORM = LTI + "tool_platform";

    static final String LAUNCH_PRESENTATION = LTI + "launch_presentation";

    static final String NOTIFICATION_SERVICE = LTI + "platformnotificationservice";

    static final String LIS = LTI + "lis";

    static final String CUSTOM = LTI + "custom";

    static final String FOR_USER = LTI + "for_user";

    static final String ROLE_SCOPE_MENTOR = LTI + "role_scope_mentor";

    static final String DEEP_LINKING_SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";

    /** Canvas: in launches about one student, such as from her context card. */
    static final String CANVAS_STUDENT = "https://www.instructure.com/lti_student_id";

    /** Canvas: where in its pages a launch began. */
    static final String CANVAS_PLACEMENT = "https://www.instructure.com/placement";

    static final String AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";

    static final String NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

    private ClaimNames() {}
}
