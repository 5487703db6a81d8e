package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one look at a course share.
 *
 * @param columns that the course has, of every source
 * @param from where the last look ended; {@code null}: everything is read
 * @param before where the last look ended, also where everything is read: what takes many looks goes on from there
 */
record OneLook(
        CanvasTools tools,
        CourseContext course,
        CoursePeople people,
        Permits.Permit permit,
        CanvasClient.Trip trip,
        Gathered gathered,
        List<KnownColumns.Known> columns,
        @Nullable Bookmark from,
        @Nullable Bookmark before) {

    boolean wants(CanvasCapability capability) {
        return permit.capabilities().contains(capability);
    }

    boolean wantsGrades() {
        return wants(CanvasCapability.GRADES) || wants(CanvasCapability.RUBRICS);
    }

    /** Canvas's number of the course. */
    String canvasCourse() {
        return permit.canvasCourse();
    }
}
