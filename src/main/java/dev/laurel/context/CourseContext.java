package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A course (an LTI context) with the service URLs of its latest launch.
 *
 * @param lineitemsUrl AGS line items container; {@code null} where the platform gives none
 * @param membershipsUrl NRPS; {@code null} where the platform gives none
 * @param platformFamily the LMS's product as it calls itself, such as {@code canvas}; {@code null} where it does not say
 * @param lastStaffAt when somebody of the staff last launched, UTC
 * @param sample of a test copy of an LMS: nothing that is awarded here is real
 * @param startsAt when the course begins, UTC; {@code null} where the platform does not say
 * @param endsAt when the course ends, UTC; {@code null} where it has no end, or the platform does not say
 * @param tellsAssistants false where the platform does not tell teaching assistants from learners or instructors
 */
public record CourseContext(
        TenantId tenant,
        long id,
        long registrationId,
        String title,
        @Nullable String label,
        ZoneId zone,
        @Nullable URI lineitemsUrl,
        Set<String> agsScopes,
        @Nullable URI membershipsUrl,
        @Nullable String platformFamily,
        boolean tellsAssistants,
        boolean sample,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        Instant lastLaunchAt,
        @Nullable Instant lastStaffAt,
        @Nullable Instant rosterCheckedAt,
        @Nullable String rosterProblem) {

    CourseContext with(boolean tells, boolean testCopy) {
        return new CourseContext(
                tenant,
                id,
                registrationId,
                title,
                label,
                zone,
                lineitemsUrl,
                agsScopes,
                membershipsUrl,
                platformFamily,
                tells,
                sample || testCopy,
                startsAt,
                endsAt,
                lastLaunchAt,
                lastStaffAt,
                rosterCheckedAt,
                rosterProblem);
    }
}
