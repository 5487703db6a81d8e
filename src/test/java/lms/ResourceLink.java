package lms;

/**
 * A link of a tool in a course.
 *
 * @param inMenu it stands in the course's menu, not among the activities
 */
public record ResourceLink(String id, String title, String clientId, String deploymentId, boolean inMenu) {}
