package dev.laurel.context;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's own id of a user where it tells it to tools: the way from an LTI user to one of its REST interface. */
final class PlatformUserId {

    private static final int LONGEST = 100;

    private PlatformUserId() {}

    /** {@code null} where it is not told, or where the platform sends the variable's name back. */
    static @Nullable String of(Map<String, String> custom) {
        return usable(custom.get("canvas_user_id"));
    }

    static @Nullable String usable(@Nullable String id) {
        return id == null || id.isBlank() || id.startsWith("$") || id.length() > LONGEST ? null : id.strip();
    }
}
