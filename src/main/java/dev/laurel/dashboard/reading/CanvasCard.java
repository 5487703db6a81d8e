package dev.laurel.dashboard.reading;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the page of a course says about reading more of it, for templates. */
@Component("canvasCard")
class CanvasCard {

    private final CanvasApiKeys apiKeys;

    private final CanvasPermissions permissions;

    CanvasCard(CanvasApiKeys apiKeys, CanvasPermissions permissions) {
        this.apiKeys = apiKeys;
        this.permissions = permissions;
    }

    /** @param obstacle why it is not read; {@code null} where it is */
    public record Card(boolean key, @Nullable String obstacle) {}

    /** {@code null} where the course is in no Canvas. */
    public @Nullable Card of(CourseContext course) {
        return CanvasPermissions.isCanvas(course)
                ? new Card(
                        apiKeys.key(course.tenant(), course.registrationId()).isPresent(),
                        permissions.obstacle(course).orElse(null))
                : null;
    }
}
