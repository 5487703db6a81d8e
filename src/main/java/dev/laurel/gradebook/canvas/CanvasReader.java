package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource.Progress;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks at courses, and says where the permission to do so is about to end. */
@Component
class CanvasReader {

    private final GrantOwners owners;

    private final CanvasTools tools;

    CanvasReader(GrantOwners owners, CanvasTools tools) {
        this.owners = owners;
        this.tools = tools;
    }

    /** @throws ServiceProblem never of a part: those are in the reading */
    Reading read(CourseContext course, Look look, Permits.Permit permit, Progress progress) {
        return new CanvasLook(tools, course, look, permit, progress).read(warning(permit.requireGrant()));
    }

    /** Somebody left in whose name the course is read: it works until Canvas notices. */
    private Optional<String> warning(Grant grant) {
        if (!owners.left(grant)) {
            return Optional.empty();
        }
        return Optional.of(
                grant.isOfInstitution()
                        ? "Whoever let Laurel read every course in Canvas seems to have left the institution, so that will"
                                + " end. Another administrator can give the permission, or a teacher for this course."
                        : "Whoever let Laurel read this course in Canvas does not teach it any more, so that will end"
                                + " soon. Another teacher can let Laurel read it instead.");
    }
}
