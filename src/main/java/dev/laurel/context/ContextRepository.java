package dev.laurel.context;

import dev.laurel.launch.Launch;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code context}. */
@Repository
class ContextRepository {

    private static final int LONGEST_URL = 2000;

    /** Before the id of a course in a test copy, which the real one has, too. */
    private static final String IN_TEST_COPY = "test copy\0";

    private final JdbcClient jdbc;

    ContextRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row of {@code context} with what only this module needs. */
    record Row(CourseContext course, String ltiId, Instant rosterTriedAt, int rosterFailures) {}

    /** Canvas, and Moodle's two services. */
    private static final Pattern PLATFORM_COURSE =
            Pattern.compile("/(?:api/lti/courses|services\\.php|CourseSection)/([0-9]{1,40})(?:/|$)");

    /** What a launch says of its course, cut to what the columns hold. */
    record Said(
            String title,
            @Nullable String label,
            @Nullable String lineitemsUrl,
            @Nullable String agsScopes,
            @Nullable String membershipsUrl,
            @Nullable String platformFamily,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt) {

        static Said of(Launch launch, Launch.Course course) {
            Launch.AgsEndpoint ags = launch.ags();
            return new Said(
                    title(course),
                    cut(course.label(), 255),
                    ags == null ? null : url(ags.lineitems()),
                    ags == null ? null : cut(String.join(" ", new TreeSet<>(ags.scopes())), 1000),
                    url(launch.membershipsUrl()),
                    launch.platformFamily(),
                    time(launch.custom().get("course_start")),
                    time(launch.custom().get("course_end")));
        }

        /** As the database keeps it; {@code null} where there is none, or the platform does not know the variable. */
        private static @Nullable Instant time(@Nullable String text) {
            try {
                return text == null || text.isBlank()
                        ? null
                        : OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MICROS);
            } catch (DateTimeException e) {
                return null;
            }
        }

        /**
         * How the platform itself numbers the course. It is taken from the addresses of its services, which nobody in a
         * course can change.
         */
        @Nullable
        String platformCourse() {
            for (String url : new String[] {lineitemsUrl, membershipsUrl}) {
                Matcher number = PLATFORM_COURSE.matcher(url == null ? "" : url);
                if (number.find()) {
                    return number.group(1);
                }
            }
            return null;
        }

        private static String title(Launch.Course course) {
            for (String candidate : new String[] {course.title(), course.label(), course.id()}) {
                if (candidate != null && !candidate.isBlank()) {
                    return String.valueOf(cut(candidate, 500));
                }
            }
            return "";
        }
    }

    /** @param zone as it is from the launch; {@code null}: not known */
    long insert(Launch launch, Launch.Course course, Said said, @Nullable Instant staffAt, @Nullable ZoneId zone) {
        jdbc.sql("""
                INSERT INTO context (tenant_id, registration_id, deployment_pk, context_hash, context_id, title, label,
                    time_zone, time_zone_from, lineitems_url, ags_scopes, memberships_url, platform_course, platform_family,
                    starts_at, ends_at, sample, last_launch_at, last_staff_at, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)""")
                .params(
                        launch.tenant().value(),
                        launch.registrationId(),
                        launch.deploymentPk(),
                        hash(launch, course.id()),
                        cut(course.id(), 255),
                        said.title(),
                        said.label(),
                        zone == null ? null : zone.getId(),
                        zone == null ? null : CourseZones.From.LAUNCH.name(),
                        said.lineitemsUrl(),
                        said.agsScopes(),
                        said.membershipsUrl(),
                        said.platformCourse(),
                        said.platformFamily(),
                        Utc.ofNullable(said.startsAt()),
                        Utc.ofNullable(said.endsAt()),
                        launch.acting().testCopy(),
                        Utc.of(launch.at()),
                        Utc.ofNullable(staffAt),
                        Utc.of(launch.at()))
                .update();
        return lastInsertId();
    }

    void update(TenantId tenant, long id, Said said, Instant launchAt, @Nullable Instant staffAt) {
        jdbc.sql("""
                UPDATE context SET title = ?, label = ?, lineitems_url = ?, ags_scopes = ?,
                    memberships_url = ?, platform_course = ?, platform_family = ?, starts_at = ?, ends_at = ?, last_launch_at = ?,
                    last_staff_at = COALESCE(?, last_staff_at)
                WHERE tenant_id = ? AND id = ?""")
                .params(
                        said.title(),
                        said.label(),
                        said.lineitemsUrl(),
                        said.agsScopes(),
                        said.membershipsUrl(),
                        said.platformCourse(),
                        said.platformFamily(),
                        Utc.ofNullable(said.startsAt()),
                        Utc.ofNullable(said.endsAt()),
                        Utc.of(launchAt),
                        Utc.ofNullable(staffAt),
                        tenant.value(),
                        id)
                .update();
    }

    void historyRead(TenantId tenant, long id, byte[] digest) {
        jdbc.sql("UPDATE context SET history_digest = ? WHERE tenant_id = ? AND id = ?")
                .params(digest, tenant.value(), id)
                .update();
    }

    private long lastInsertId() {
        return jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    }

    /** Whether this caller is the one to ask for a roster: true for one of many launches at the same time. */
    boolean claimRosterRead(TenantId tenant, long id, Instant now, Instant triedBefore) {
        return jdbc.sql("""
                UPDATE context SET roster_due_at = ?
                WHERE tenant_id = ? AND id = ? AND memberships_url IS NOT NULL
                    AND (roster_due_at IS NULL OR roster_due_at > ? OR roster_due_at < ?)
                    AND (roster_tried_at IS NULL OR roster_tried_at < ?)""")
                        .params(Utc.of(now), tenant.value(), id, Utc.of(now), Utc.of(triedBefore), Utc.of(triedBefore))
                        .update()
                > 0;
    }

    /** One roster at a time per course: holds the row until the transaction ends. */
    void lock(TenantId tenant, long id) {
        jdbc.sql("SELECT id FROM context WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), id)
                .query(Long.class)
                .optional();
    }

    void rosterRead(TenantId tenant, long id, Instant at) {
        jdbc.sql("""
                UPDATE context SET roster_checked_at = ?, roster_tried_at = ?, roster_failures = 0,
                    roster_problem = NULL, roster_problem_since = NULL
                WHERE tenant_id = ? AND id = ?""").params(Utc.of(at), Utc.of(at), tenant.value(), id).update();
    }

    void rosterFailed(TenantId tenant, long id, String problem, Instant at) {
        jdbc.sql("""
                UPDATE context SET roster_tried_at = ?, roster_failures = roster_failures + 1, roster_problem = ?,
                    roster_problem_since = COALESCE(roster_problem_since, ?)
                WHERE tenant_id = ? AND id = ?""")
                .params(Utc.of(at), cut(problem, 500), Utc.of(at), tenant.value(), id)
                .update();
    }

    void rosterDue(TenantId tenant, long id, Instant at) {
        jdbc.sql("UPDATE context SET roster_due_at = ? WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(at), tenant.value(), id)
                .update();
    }

    /** The oldest roster that should have been read by now, in any tenant; for the age of the backlog. */
    Optional<Instant> oldestDue(Instant before) {
        return jdbc.sql("SELECT MIN(roster_due_at) AS due FROM context WHERE roster_due_at < ?")
                .param(Utc.of(before))
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "due")))
                .single();
    }

    Optional<Row> find(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM context WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query(ContextRepository::row)
                .optional();
    }

    List<Row> find(TenantId tenant, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM context WHERE tenant_id = :tenant AND id IN (:ids) ORDER BY title, id")
                        .param("tenant", tenant.value())
                        .param("ids", ids)
                        .query(ContextRepository::row)
                        .list();
    }

    List<Row> ofTenant(TenantId tenant) {
        return jdbc.sql("SELECT * FROM context WHERE tenant_id = ? ORDER BY title, id")
                .param(tenant.value())
                .query(ContextRepository::row)
                .list();
    }

    Optional<Row> lastLaunched(TenantId tenant, long registrationId) {
        return jdbc.sql("""
                SELECT * FROM context WHERE tenant_id = ? AND registration_id = ?
                ORDER BY last_launch_at DESC, id DESC LIMIT 1""")
                .params(tenant.value(), registrationId)
                .query(ContextRepository::row)
                .optional();
    }

    List<Row> ofEarner(TenantId tenant, long personId) {
        return jdbc.sql("""
                SELECT c.* FROM membership m JOIN context c ON c.tenant_id = m.tenant_id AND c.id = m.context_id
                WHERE m.tenant_id = ? AND m.person_id = ? AND m.earns ORDER BY c.title, c.id""")
                .params(tenant.value(), personId)
                .query(ContextRepository::row)
                .list();
    }

    List<Row> ofInstructor(TenantId tenant, long personId) {
        return jdbc.sql("""
                SELECT c.* FROM membership m JOIN context c ON c.tenant_id = m.tenant_id AND c.id = m.context_id
                WHERE m.tenant_id = ? AND m.person_id = ? AND m.active AND FIND_IN_SET('INSTRUCTOR', m.roles) > 0
                ORDER BY c.title, c.id""")
                .params(tenant.value(), personId)
                .query(ContextRepository::row)
                .list();
    }

    /**
     * The numbers of courses by the platform's own number, or the LTI context id, of each. Two statements.
     *
     * @param samples also of a test copy
     */
    Map<String, List<Long>> byPlatformCourse(
            TenantId tenant, long registrationId, Collection<String> names, boolean samples) {
        Map<String, Set<Long>> found = new HashMap<>();
        if (names.isEmpty()) {
            return Map.of();
        }
        jdbc.sql("""
                SELECT id, platform_course FROM context
                WHERE tenant_id = :tenant AND registration_id = :registration AND platform_course IN (:names)
                    AND (:samples OR NOT sample)""")
                .param("tenant", tenant.value())
                .param("samples", samples)
                .param("registration", registrationId)
                .param("names", names)
                .query(row -> {
                    found.computeIfAbsent(row.getString("platform_course"), name -> new TreeSet<>())
                            .add(row.getLong("id"));
                });
        // To the database a name with a blank at its end is the same one.
        found.keySet().retainAll(names);
        Map<ByteBuffer, String> byHash = new HashMap<>();
        names.forEach(name -> {
            byHash.put(ByteBuffer.wrap(sha256(name)), name);
            byHash.put(ByteBuffer.wrap(sha256(IN_TEST_COPY + name)), name);
        });
        jdbc.sql("""
                SELECT id, context_hash FROM context
                WHERE tenant_id = :tenant AND registration_id = :registration AND context_hash IN (:hashes)
                    AND (:samples OR NOT sample)""")
                .param("tenant", tenant.value())
                .param("samples", samples)
                .param("registration", registrationId)
                .param("hashes", byHash.keySet().stream().map(ByteBuffer::array).toList())
                .query(row -> {
                    String name = byHash.get(ByteBuffer.wrap(row.getBytes("context_hash")));
                    found.computeIfAbsent(String.valueOf(name), same -> new TreeSet<>())
                            .add(row.getLong("id"));
                });
        Map<String, List<Long>> courses = new HashMap<>();
        found.forEach((name, ids) -> courses.put(name, List.copyOf(ids)));
        return courses;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        ZoneId zone = zone(row.getString("time_zone"));
        String scopes = row.getString("ags_scopes");
        String lineitems = row.getString("lineitems_url");
        String memberships = row.getString("memberships_url");
        Instant tried = Utc.readNullable(row, "roster_tried_at");
        return new Row(
                new CourseContext(
                        new TenantId(row.getLong("tenant_id")),
                        row.getLong("id"),
                        row.getLong("registration_id"),
                        row.getString("title"),
                        row.getString("label"),
                        zone == null ? ZoneOffset.UTC : zone,
                        lineitems == null ? null : URI.create(lineitems),
                        scopes == null || scopes.isEmpty() ? Set.of() : new HashSet<>(List.of(scopes.split(" "))),
                        memberships == null ? null : URI.create(memberships),
                        row.getString("platform_family"),
                        true,
                        row.getBoolean("sample"),
                        Utc.readNullable(row, "starts_at"),
                        Utc.readNullable(row, "ends_at"),
                        Utc.read(row, "last_launch_at"),
                        Utc.readNullable(row, "last_staff_at"),
                        Utc.readNullable(row, "roster_checked_at"),
                        row.getString("roster_problem")),
                row.getString("context_id"),
                tried == null ? Instant.EPOCH : tried,
                row.getInt("roster_failures"));
    }

    static @Nullable ZoneId zone(@Nullable String id) {
        try {
            return id == null || id.isBlank() ? null : ZoneId.of(id);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What a test copy calls by the same id as its original is something else here. */
    static byte[] hash(Launch launch, String id) {
        return sha256(launch.acting().testCopy() ? IN_TEST_COPY + id : id);
    }

    static byte[] sha256(String text) {
        return Sha256.of(PersonSeal.exactBytes(text));
    }

    static @Nullable String cut(@Nullable String text, int longest) {
        return text == null ? null : Varchar.fit(text, longest);
    }

    static @Nullable String url(@Nullable URI uri) {
        if (uri == null || uri.toString().length() > LONGEST_URL) {
            return null;
        }
        return uri.toString();
    }
}
