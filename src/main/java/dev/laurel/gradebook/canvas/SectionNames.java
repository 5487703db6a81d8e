package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads which sections a course has and what they are called: with each look at everything, which is once a day, and where a roster tells
 * of a section without a name.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/sections.html">Canvas, sections</a>
 */
@Component
class SectionNames {

    /** Among {@link CanvasParts}. */
    static final String PART = "SECTIONS";

    private final CourseSections sections;

    SectionNames(CourseSections sections) {
        this.sections = sections;
    }

    /** @param from where the last look ended; {@code null}: everything is read */
    boolean areDue(CourseContext course, @Nullable Bookmark from, CanvasParts.Turns turns) {
        return from == null || turns.isBack(PART) || isAnyNew(course, from.since());
    }

    /** Whether somebody may be in a section since then that has no name yet. No statement where no roster came. */
    private boolean isAnyNew(CourseContext course, Instant since) {
        Instant roster = course.rosterCheckedAt();
        return roster != null && roster.isAfter(since) && sections.isAnyUnnamed(course.tenant(), course.id());
    }

    void read(CourseContext course, CanvasClient.Trip trip, String canvasCourse) {
        Map<String, String> names = new HashMap<>();
        trip.entries(
                "/api/v1/courses/" + canvasCourse + "/sections?per_page=100",
                CanvasCapability.SECTIONS.words(),
                section -> {
                    String id = CanvasIds.of(section.get("id"));
                    String name = Said.text(section.get("name"));
                    if (id != null) {
                        names.put(CanvasIds.local(id, trip.shard()), Objects.requireNonNullElse(name, ""));
                    }
                });
        sections.tellAll(course.tenant(), course.id(), names);
    }
}
