package dev.laurel.launch;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link to Laurel that goes back to the platform. Title and text are plain text.
 *
 * @param icon a square picture of {@link #ICON_SIZE} pixels that anybody can read
 * @param custom comes back in each launch of the link
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0#lti-resource-link">LTI Deep Linking 2.0, LTI resource link</a>
 */
public record ContentItem(
        String title,
        @Nullable String text,
        @Nullable URI icon,
        Map<String, String> custom,
        @Nullable LineItem lineItem) {

    public static final String TYPE = "ltiResourceLink";

    private static final int ICON_SIZE = 512;

    /** A column of the gradebook that the platform makes together with the link. */
    public record LineItem(String label, BigDecimal scoreMaximum, String resourceId, String tag) {

        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("scoreMaximum", scoreMaximum);
            json.put("label", label);
            json.put("resourceId", resourceId);
            json.put("tag", tag);
            // Lets a teacher open the student's progress from the gradebook.
            json.put("submissionReview", Map.of("reviewableStatus", List.of("InProgress", "Submitted", "Completed")));
            return json;
        }
    }

    Map<String, Object> toJson(String launchUrl) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", TYPE);
        json.put("url", launchUrl);
        json.put("title", title);
        if (text != null) {
            json.put("text", text);
        }
        if (icon != null) {
            json.put("icon", Map.of("url", icon.toString(), "width", ICON_SIZE, "height", ICON_SIZE));
        }
        if (!custom.isEmpty()) {
            json.put("custom", custom);
        }
        if (lineItem != null) {
            json.put("lineItem", lineItem.toJson());
        }
        return json;
    }

    static List<Map<String, Object>> toJson(List<ContentItem> items, String launchUrl) {
        List<Map<String, Object>> json = new ArrayList<>();
        items.forEach(item -> json.add(item.toJson(launchUrl)));
        return json;
    }
}
