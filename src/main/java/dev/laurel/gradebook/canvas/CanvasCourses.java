package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known of courses as Canvas has them: their number there, whether they ended, which columns are Laurel's own. */
@Repository
class CanvasCourses {

    /** A course that has ended may be opened again. */
    private static final Duration ASKED_AGAIN = Duration.ofDays(1);

    /** Of the grade and roster services, which only the platform names. */
    private static final Pattern SERVICE = Pattern.compile("/api/lti/courses/(\\d{1,18})/.+");

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    CanvasCourses(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * A course of a Canvas.
     *
     * @param host at which the platform names its services, in lower case
     * @param id Canvas's number
     */
    record Numbered(String host, String id) {}

    /**
     * The number of a course, from the service addresses that the platform signed. A custom parameter would not do: whoever
     * places a link can write any number into it, and would be shown another course with somebody's permission.
     */
    static Optional<Numbered> numbered(CourseContext course) {
        return Stream.of(Optional.ofNullable(course.lineitemsUrl()), Optional.ofNullable(course.membershipsUrl()))
                .flatMap(Optional::stream)
                .flatMap(service -> numbered(service).stream())
                .findFirst();
    }

    private static Optional<Numbered> numbered(URI service) {
        Matcher path = SERVICE.matcher(Objects.requireNonNullElse(service.getRawPath(), ""));
        return service.getHost() != null && path.matches()
                ? Optional.of(new Numbered(service.getHost().toLowerCase(Locale.ROOT), path.group(1)))
                : Optional.empty();
    }

    /** Whether the course had ended when it was looked at, not long ago. */
    boolean hasEnded(TenantId tenant, long contextId, Instant now) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM canvas_ended_course WHERE tenant_id = ? AND context_id = ? AND checked_at > ?")
                        .params(tenant.value(), contextId, Utc.of(now.minus(ASKED_AGAIN)))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether the course had ended when it was last looked at, whenever that was. */
    boolean hadEnded(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT COUNT(*) FROM canvas_ended_course WHERE tenant_id = ? AND context_id = ?")
                        .params(tenant.value(), contextId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void ended(TenantId tenant, long contextId, boolean ended, Instant now) {
        if (ended) {
            jdbc.sql("""
                    INSERT INTO canvas_ended_course (tenant_id, context_id, checked_at) VALUES (?, ?, ?)
                    ON DUPLICATE KEY UPDATE checked_at = VALUES(checked_at)""").params(tenant.value(), contextId, Utc.of(now)).update();
        } else {
            jdbc.sql("DELETE FROM canvas_ended_course WHERE tenant_id = ? AND context_id = ?")
                    .params(tenant.value(), contextId)
                    .update();
        }
    }

    Set<String> ownAssignments(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT assignment_id FROM canvas_own_assignment WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(String.class)
                .set();
    }

    void rememberOwn(TenantId tenant, long contextId, Collection<String> assignmentIds) {
        if (!assignmentIds.isEmpty()) {
            batch.batchUpdate(
                    """
                    INSERT INTO canvas_own_assignment (tenant_id, context_id, assignment_id) VALUES (?, ?, ?)
                    ON DUPLICATE KEY UPDATE assignment_id = VALUES(assignment_id)""",
                    assignmentIds.stream()
                            .map(id -> new Object[] {tenant.value(), contextId, id})
                            .toList());
        }
    }
}
