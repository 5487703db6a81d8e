package lms;

/**
 * What the launch pages of the LMS do with data that a tool asks them to keep.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-pm-s/v0p1">LTI Platform Storage 0.1</a>
 */
public enum PlatformStorage {

    /** Nothing is offered, as in Moodle. */
    ABSENT(null),

    /** The window around the tool keeps it. */
    PARENT("_parent"),

    /** A hidden frame beside the tool keeps it, as in Canvas. */
    FORWARDING("post_message_forwarding"),

    /** It is offered, and nobody ever answers. */
    SILENT("_parent"),

    /** It is kept, but a window of another origin brings the answers. */
    WRONG_ORIGIN("_parent"),

    /** It is kept, but another window of the right origin brings the answers. */
    WRONG_FRAME("_parent"),

    /** Every message is answered with an error. */
    FAILING("_parent");

    private final String target;

    PlatformStorage(String target) {
        this.target = target;
    }

    /** The value of {@code lti_storage_target} in a login; {@code null} for none. */
    public String target() {
        return target;
    }
}
