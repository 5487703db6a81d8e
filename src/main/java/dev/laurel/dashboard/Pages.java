package dev.laurel.dashboard;

/** Addresses of the pages that a launch can lead to straight away. */
public final class Pages {

    /** The dialog in which an instructor chooses what to place in the course. */
    public static final String DEEP_LINKING = "/deep-linking";

    /** What an observer may see of the people they observe. */
    public static final String OBSERVED = "/observed";

    /** One student's badges, for those who teach; a person's number follows. */
    public static final String LEARNERS = "/learners";

    /** Where somebody was asked about whom this course does not know, or who is not the asking person's business. */
    public static final String UNKNOWN_LEARNER = LEARNERS + "/unknown";

    /** What is stored about a person. */
    public static final String PRIVACY = "/privacy";

    private Pages() {}
}
