package dev.laurel.context;

import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code membership}. */
@Repository
class MembershipRepository {

    /** The roles of one: rosters leave them out or call them learners, so only what else they are counts. */
    private static final List<String> TEST_STUDENT = List.of("TEST_STUDENT", "LEARNER,TEST_STUDENT");

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    MembershipRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    record Row(long personId, Standing standing, Instant seenAt) {}

    record Seen(Instant at, boolean earns) {}

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM membership WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    /** Writes these standings, in one statement however many they are. */
    void save(TenantId tenant, long contextId, Map<Long, Standing> standings, Instant at, Reference reference) {
        if (standings.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                """
                INSERT INTO membership (tenant_id, context_id, person_id, roles, launch_roles, roster_roles, told_roles,
                    group_ids, staff_by_launch, active, earns, left_learner, seen_at, reference)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE roles = VALUES(roles), launch_roles = VALUES(launch_roles),
                    roster_roles = VALUES(roster_roles), told_roles = VALUES(told_roles), group_ids = VALUES(group_ids), left_learner = VALUES(left_learner),
                    staff_by_launch = VALUES(staff_by_launch),
                    active = VALUES(active), earns = VALUES(earns), seen_at = VALUES(seen_at),
                    reference = VALUES(reference)""",
                standings.entrySet().stream()
                        .map(entry -> row(tenant, contextId, entry.getKey(), entry.getValue(), at, reference))
                        .toList());
    }

    private static @Nullable Object[] row(
            TenantId tenant, long contextId, long personId, Standing standing, Instant at, Reference reference) {
        Set<Role> byLaunch = standing.byLaunch();
        Set<Role> byRoster = standing.byRoster();
        Set<Role> told = standing.told();
        GroupIds groups = standing.groups();
        return new @Nullable Object[] {
            tenant.value(),
            contextId,
            personId,
            Standing.write(standing.roles()),
            byLaunch == null ? null : Standing.write(byLaunch),
            byRoster == null ? null : Standing.write(byRoster),
            told == null ? null : Standing.write(told),
            groups == null ? null : groups.write(),
            standing.staffByLaunch(),
            standing.active(),
            standing.earns(),
            standing.leftLearner(),
            Utc.of(at),
            reference.value()
        };
    }

    Map<Long, Row> ofContext(TenantId tenant, long contextId) {
        Map<Long, Row> rows = new HashMap<>();
        jdbc.sql("SELECT * FROM membership WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(row -> {
                    Row read = row(row);
                    rows.put(read.personId(), read);
                });
        return rows;
    }

    /** By the number of the course. */
    Map<Long, Row> ofPerson(TenantId tenant, long personId) {
        Map<Long, Row> rows = new HashMap<>();
        jdbc.sql("SELECT * FROM membership WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .query(row -> {
                    rows.put(row.getLong("context_id"), row(row));
                });
        return rows;
    }

    Optional<Row> find(TenantId tenant, long contextId, long personId) {
        return jdbc.sql("SELECT * FROM membership WHERE tenant_id = ? AND context_id = ? AND person_id = ?")
                .params(tenant.value(), contextId, personId)
                .query((row, n) -> row(row))
                .optional();
    }

    boolean isAnybodyTold(TenantId tenant, long contextId) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM membership
                               WHERE tenant_id = ? AND context_id = ? AND told_roles IS NOT NULL)""")
                .params(tenant.value(), contextId)
                .query(Boolean.class)
                .single();
    }

    List<Row> among(TenantId tenant, long contextId, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT * FROM membership
                WHERE tenant_id = :tenant AND context_id = :context AND person_id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .param("ids", personIds)
                .query((row, n) -> row(row))
                .list();
    }

    /** By the number of the course; courses without any of them are left out. */
    Map<Long, List<Row>> among(TenantId tenant, Collection<Long> contextIds, Collection<Long> personIds) {
        Map<Long, List<Row>> rows = new HashMap<>();
        if (!contextIds.isEmpty() && !personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT * FROM membership
                    WHERE tenant_id = :tenant AND context_id IN (:contexts) AND person_id IN (:ids)""")
                    .param("tenant", tenant.value())
                    .param("contexts", contextIds)
                    .param("ids", personIds)
                    .query(row -> {
                        rows.computeIfAbsent(row.getLong("context_id"), course -> new ArrayList<>())
                                .add(row(row));
                    });
        }
        return rows;
    }

    Set<Long> earners(TenantId tenant, long contextId) {
        return new HashSet<>(
                jdbc.sql("SELECT person_id FROM membership WHERE tenant_id = ? AND context_id = ? AND earns")
                        .params(tenant.value(), contextId)
                        .query(Long.class)
                        .list());
    }

    int countEarners(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT COUNT(*) FROM membership WHERE tenant_id = ? AND context_id = ? AND earns")
                .params(tenant.value(), contextId)
                .query(Integer.class)
                .single();
    }

    Set<Long> earnersAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                SELECT person_id FROM membership
                WHERE tenant_id = :tenant AND context_id = :context AND earns AND person_id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .param("ids", personIds)
                .query(Long.class)
                .list());
    }

    /** Who earns or is a test student. */
    Set<Long> evaluatedAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(jdbc.sql("""
                SELECT person_id FROM membership
                WHERE tenant_id = :tenant AND context_id = :context AND (earns OR roles IN (:testStudent))
                    AND person_id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .param("testStudent", TEST_STUDENT)
                .param("ids", personIds)
                .query(Long.class)
                .list());
    }

    Set<Long> testStudents(TenantId tenant, long contextId) {
        return new HashSet<>(jdbc.sql("""
                SELECT person_id FROM membership
                WHERE tenant_id = :tenant AND context_id = :context AND roles IN (:testStudent)""")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .param("testStudent", TEST_STUDENT)
                .query(Long.class)
                .list());
    }

    /** Those who left as learners. */
    Set<Long> leftAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                SELECT person_id FROM membership
                WHERE tenant_id = :tenant AND context_id = :context AND left_learner AND person_id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .param("ids", personIds)
                .query(Long.class)
                .list());
    }

    List<Seen> byReference(TenantId tenant, Reference reference) {
        return jdbc.sql("SELECT seen_at, earns FROM membership WHERE tenant_id = ? AND reference = ? LIMIT 1")
                .params(tenant.value(), reference.value())
                .query((row, n) -> new Seen(Utc.read(row, "seen_at"), row.getBoolean("earns")))
                .list();
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("person_id"),
                new Standing(
                        Standing.readOrNull(row.getString("launch_roles")),
                        Standing.readOrNull(row.getString("roster_roles")),
                        Standing.readOrNull(row.getString("told_roles")),
                        row.getBoolean("active"),
                        GroupIds.readOrNull(row.getString("group_ids"))),
                Utc.read(row, "seen_at"));
    }
}
