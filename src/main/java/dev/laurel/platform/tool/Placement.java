package dev.laurel.platform.tool;

/** Places in an LMS where Laurel is opened, by the names that Canvas gives them. Most platforms choose their own. */
public enum Placement {
    /** Hidden in a course until its teacher turns it on. */
    COURSE_NAVIGATION("course_navigation", LtiMessage.RESOURCE_LINK, "Badges", "members"),
    /** Where the institution's administrator finds Laurel: a launch outside any course. */
    ACCOUNT_NAVIGATION("account_navigation", LtiMessage.RESOURCE_LINK, "Badges", "admins"),
    STUDENT_CONTEXT_CARD("student_context_card", LtiMessage.RESOURCE_LINK, "Badges", "admins"),
    ASSIGNMENT_SELECTION("assignment_selection", LtiMessage.DEEP_LINKING, "Badge", "admins"),
    LINK_SELECTION("link_selection", LtiMessage.DEEP_LINKING, "Badge", "admins");

    private final String canvasName;

    private final LtiMessage message;

    private final String label;

    private final String visibility;

    Placement(String canvasName, LtiMessage message, String label, String visibility) {
        this.canvasName = canvasName;
        this.message = message;
        this.label = label;
        this.visibility = visibility;
    }

    public String canvasName() {
        return canvasName;
    }

    public LtiMessage message() {
        return message;
    }

    /** What the LMS writes on the link. */
    public String label() {
        return label;
    }

    /** Who sees it, in Canvas's words: {@code members} is everybody in the course, {@code admins} its staff. */
    public String visibility() {
        return visibility;
    }
}
