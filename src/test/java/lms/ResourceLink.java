package lms;

import java.util.Map;

/**
 * A link of a tool in a course.
 *
 * @param custom custom parameters of this link alone, as a tool chose them in deep linking
 * @param inMenu it stands in the course's menu, not among the activities
 */
public record ResourceLink(
        String id, String title, String clientId, String deploymentId, Map<String, String> custom, boolean inMenu) {

    ResourceLink(String id, String title, String clientId, String deploymentId, boolean inMenu) {
        this(id, title, clientId, deploymentId, Map.of(), inMenu);
    }
}
