package lms;

/** Addresses that Moodle has and that a tool may rely on. */
final class MoodleLinks {

    static final String AUTH_PATH = "/mod/lti/auth.php";

    static final String LAUNCH_PATH = "/mod/lti/launch.php";

    private MoodleLinks() {}
}
