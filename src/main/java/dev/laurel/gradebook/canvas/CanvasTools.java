package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseZones;
import dev.laurel.gradebook.KnownColumns;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What a look at a course works with. */
@Component
record CanvasTools(
        CanvasClient client,
        Assignments assignments,
        CanvasCourses courses,
        KnownColumns known,
        AttemptsNeeded attempts,
        Contexts contexts,
        CourseZones zones,
        SectionNames sections,
        CanvasParts parts,
        Clock clock) {}
