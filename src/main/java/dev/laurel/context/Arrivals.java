package dev.laurel.context;

import dev.laurel.context.copy.NoticeHandlers;
import dev.laurel.launch.Launch;
import dev.laurel.platform.sql.Utc;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Everything that is known of a launch, read in one statement. */
@Repository
class Arrivals {

    private static final byte[] NONE = new byte[0];

    private final JdbcClient jdbc;

    Arrivals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Known(
            @Nullable KnownCourse course,
            @Nullable KnownLink link,
            PeopleRepository.@Nullable Row person,
            MembershipRepository.@Nullable Row membership,
            NoticeHandlers.@Nullable Known handler) {}

    record KnownCourse(
            long id,
            ContextRepository.Said said,
            boolean inKnownZone,
            Instant lastLaunchAt,
            @Nullable Instant lastStaffAt,
            @Nullable Instant rosterTriedAt,
            byte @Nullable [] historyDigest) {}

    record KnownLink(
            long id,
            @Nullable Long contextId,
            @Nullable String title,
            @Nullable String lineitemUrl,
            @Nullable String badgeId) {}

    Known find(Launch launch, byte[] subHash) {
        Launch.Course course = launch.context();
        Launch.Link link = launch.resourceLink();
        return jdbc.sql("""
                SELECT c.id AS course_id, c.title AS course_title, c.label, c.time_zone, c.lineitems_url, c.ags_scopes,
                    c.memberships_url, c.platform_family, c.starts_at, c.ends_at, c.last_launch_at, c.last_staff_at, c.roster_tried_at,
                    c.history_digest,
                    l.id AS link_id, l.context_id AS link_context_id, l.title AS link_title, l.lineitem_url, l.badge_id,
                    p.id AS person_id, p.wrapped_key, p.sealed, p.sealed_digest, u.user_hash,
                    m.launch_roles, m.roster_roles, m.told_roles, m.active, m.group_ids, m.seen_at,
                    h.service_url, h.handler, h.asked_at, h.registered_at
                FROM (SELECT 1 AS one) launch
                LEFT JOIN context c ON c.tenant_id = ? AND c.deployment_pk = ? AND c.context_hash = ?
                LEFT JOIN resource_link l ON l.tenant_id = ? AND l.deployment_pk = ? AND l.link_hash = ?
                LEFT JOIN account a ON a.tenant_id = ? AND a.registration_id = ? AND a.sub_hash = ?
                LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id
                LEFT JOIN platform_user u ON u.tenant_id = a.tenant_id AND u.registration_id = a.registration_id
                    AND u.host = ? AND u.person_id = a.person_id
                LEFT JOIN membership m
                    ON m.tenant_id = c.tenant_id AND m.context_id = c.id AND m.person_id = a.person_id
                LEFT JOIN notice_handler h ON h.tenant_id = ? AND h.deployment_pk = ?""")
                .params(
                        launch.tenant().value(),
                        launch.deploymentPk(),
                        course == null ? NONE : ContextRepository.hash(launch, course.id()),
                        launch.tenant().value(),
                        launch.deploymentPk(),
                        link == null ? NONE : ContextRepository.hash(launch, link.id()),
                        launch.tenant().value(),
                        launch.registrationId(),
                        subHash,
                        PlatformHost.of(launch),
                        launch.tenant().value(),
                        launch.deploymentPk())
                .query((row, n) -> new Known(course(row), link(row), person(row), membership(row), handler(row)))
                .single();
    }

    private static @Nullable KnownCourse course(ResultSet row) throws SQLException {
        long id = row.getLong("course_id");
        if (row.wasNull()) {
            return null;
        }
        return new KnownCourse(
                id,
                new ContextRepository.Said(
                        row.getString("course_title"),
                        row.getString("label"),
                        row.getString("lineitems_url"),
                        row.getString("ags_scopes"),
                        row.getString("memberships_url"),
                        row.getString("platform_family"),
                        Utc.readNullable(row, "starts_at"),
                        Utc.readNullable(row, "ends_at")),
                row.getString("time_zone") != null,
                Utc.read(row, "last_launch_at"),
                Utc.readNullable(row, "last_staff_at"),
                Utc.readNullable(row, "roster_tried_at"),
                row.getBytes("history_digest"));
    }

    private static @Nullable KnownLink link(ResultSet row) throws SQLException {
        long id = row.getLong("link_id");
        if (row.wasNull()) {
            return null;
        }
        return new KnownLink(
                id,
                row.getObject("link_context_id", Long.class),
                row.getString("link_title"),
                row.getString("lineitem_url"),
                row.getString("badge_id"));
    }

    private static PeopleRepository.@Nullable Row person(ResultSet row) throws SQLException {
        return row.getObject("person_id") == null ? null : PeopleRepository.Row.read(row);
    }

    private static NoticeHandlers.@Nullable Known handler(ResultSet row) throws SQLException {
        String handler = row.getString("handler");
        return handler == null
                ? null
                : new NoticeHandlers.Known(
                        URI.create(row.getString("service_url")),
                        handler,
                        Utc.read(row, "asked_at"),
                        row.getObject("registered_at") != null);
    }

    private static MembershipRepository.@Nullable Row membership(ResultSet row) throws SQLException {
        return row.getObject("seen_at") == null ? null : MembershipRepository.row(row);
    }
}
