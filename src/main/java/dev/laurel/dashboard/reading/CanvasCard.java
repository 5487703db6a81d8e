package dev.laurel.dashboard.reading;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.canvas.CanvasReading;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the page of a course says about reading more of it, for templates. */
@Component("canvasCard")
class CanvasCard {

    private final CanvasReading reading;

    CanvasCard(CanvasReading reading) {
        this.reading = reading;
    }

    /** @param obstacle why it is not read; {@code null} where it is */
    public record Card(boolean key, @Nullable String obstacle) {}

    /** {@code null} where the course is in no Canvas. */
    public @Nullable Card of(CourseContext course) {
        return CanvasReading.isCanvas(course)
                ? new Card(
                        reading.key(course.tenant(), course.registrationId()).isPresent(),
                        reading.obstacle(course).orElse(null))
                : null;
    }
}
