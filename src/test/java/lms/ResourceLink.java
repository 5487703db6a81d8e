package lms;

/** A link of a tool in a course. */
public record ResourceLink(String id, String title, String clientId, String deploymentId) {}
