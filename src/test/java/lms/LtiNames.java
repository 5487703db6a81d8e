package lms;

import java.util.Set;

/** Names from the LTI 1.3, AGS 2.0 and NRPS 2.0 specifications. */
public final class LtiNames {

    private static final String CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";

    public static final String MESSAGE_TYPE = CLAIM + "message_type";
    public static final String VERSION = CLAIM + "version";
    public static final String DEPLOYMENT_ID = CLAIM + "deployment_id";
    public static final String TARGET_LINK_URI = CLAIM + "target_link_uri";
    public static final String RESOURCE_LINK = CLAIM + "resource_link";
    public static final String ROLES = CLAIM + "roles";
    public static final String CONTEXT = CLAIM + "context";
    public static final String TOOL_PLATFORM = CLAIM + "tool_platform";
    public static final String LAUNCH_PRESENTATION = CLAIM + "launch_presentation";
    public static final String CUSTOM = CLAIM + "custom";
    public static final String NOTIFICATION_SERVICE = CLAIM + "platformnotificationservice";
    public static final String NOTICE = CLAIM + "notice";
    public static final String ORIGIN_CONTEXTS = CLAIM + "origin_contexts";
    public static final String LIS = CLAIM + "lis";
    public static final String FOR_USER = CLAIM + "for_user";
    public static final String ROLE_SCOPE_MENTOR = CLAIM + "role_scope_mentor";
    public static final String DEEP_LINKING_SETTINGS =
            "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
    public static final String EXT = CLAIM + "ext";
    public static final String AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    public static final String NAMES_AND_ROLES = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

    public static final String SCOPE_LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";
    public static final String SCOPE_LINE_ITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
    public static final String SCOPE_RESULT_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";
    public static final String SCOPE_SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score";
    public static final String SCOPE_ROSTER =
            "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
    public static final String SCOPE_NOTICE_HANDLERS = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers";
    public static final Set<String> ALL_SCOPES = Set.of(
            SCOPE_LINE_ITEM, SCOPE_LINE_ITEM_READ, SCOPE_RESULT_READ, SCOPE_SCORE, SCOPE_ROSTER, SCOPE_NOTICE_HANDLERS);

    public static final String TYPE_LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
    public static final String TYPE_LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    public static final String TYPE_RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";
    public static final String TYPE_SCORE = "application/vnd.ims.lis.v1.score+json";
    public static final String TYPE_ROSTER = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";

    private LtiNames() {}
}
