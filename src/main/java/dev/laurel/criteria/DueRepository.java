package dev.laurel.criteria;

import dev.laurel.gradebook.LongWork;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What waits to be evaluated, and how far the change log of each course has been. */
@Repository
class DueRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    DueRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    enum What {
        LOG,
        PERSON,
        RULE_SET
    }

    /** @param askedAt by the clock of whoever asked, which this node's may be behind */
    record Due(long id, What what, long subjectId, long afterPerson, Instant askedAt) {}

    /** Courses of which something waits that was asked for before that, for the sweep, which knows no tenant. */
    record Waiting(TenantId tenant, long contextId) {}

    /** The oldest first, at most so many. */
    List<Waiting> overdue(Instant since, int limit) {
        return jdbc.sql("""
                        SELECT tenant_id, context_id FROM criteria_due WHERE asked_at < ?
                        GROUP BY tenant_id, context_id ORDER BY MIN(asked_at) LIMIT ?""")
                .params(Utc.of(since), limit)
                .query((row, n) -> new Waiting(new TenantId(row.getLong("tenant_id")), row.getLong("context_id")))
                .list();
    }

    void ask(TenantId tenant, long contextId, What what, Collection<Long> subjects, Instant now) {
        batch.batchUpdate(
                """
                INSERT INTO criteria_due (tenant_id, context_id, what, subject_id, after_person, asked_at)
                VALUES (?, ?, ?, ?, 0, ?)""",
                subjects.stream()
                        .map(subject -> new Object[] {tenant.value(), contextId, what.name(), subject, Utc.of(now)})
                        .toList());
    }

    List<Due> waiting(TenantId tenant, long contextId, int limit) {
        return jdbc.sql("""
                        SELECT id, what, subject_id, after_person, asked_at FROM criteria_due
                        WHERE tenant_id = ? AND context_id = ? ORDER BY id LIMIT ?""")
                .params(tenant.value(), contextId, limit)
                .query((row, n) -> new Due(
                        row.getLong("id"),
                        What.valueOf(row.getString("what")),
                        row.getLong("subject_id"),
                        row.getLong("after_person"),
                        Utc.read(row, "asked_at")))
                .list();
    }

    void done(TenantId tenant, Collection<Long> ids) {
        jdbc.sql("DELETE FROM criteria_due WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
    }

    void doneUpTo(TenantId tenant, long id, long person) {
        jdbc.sql("UPDATE criteria_due SET after_person = ? WHERE tenant_id = ? AND id = ?")
                .params(person, tenant.value(), id)
                .update();
    }

    int count(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT COUNT(*) FROM criteria_due WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(Integer.class)
                .single();
    }

    /** When the oldest work that still waits was asked for, in the whole installation: for the backlog gauge. */
    Optional<Instant> oldest() {
        return jdbc.sql("SELECT asked_at FROM criteria_due ORDER BY asked_at LIMIT 1")
                .query((row, n) -> Utc.read(row, "asked_at"))
                .optional();
    }

    /** @param pass what is done of a pass that needs more than one transaction; {@code null} while none does */
    record Cursor(long seq, @Nullable LongWork pass) {}

    /** The cursor, locked until the transaction ends; empty while another transaction has it. */
    Optional<Cursor> lockCursor(TenantId tenant, long contextId) {
        Optional<Cursor> cursor = tryLock(tenant, contextId);
        if (cursor.isPresent() || exists(tenant, contextId)) {
            return cursor;
        }
        jdbc.sql("""
                INSERT INTO criteria_cursor (tenant_id, context_id, seq) VALUES (?, ?, 0)
                ON DUPLICATE KEY UPDATE seq = seq""").params(tenant.value(), contextId).update();
        return tryLock(tenant, contextId);
    }

    void moveCursor(TenantId tenant, long contextId, long seq, Instant now) {
        jdbc.sql("UPDATE criteria_cursor SET seq = ?, evaluated_at = ? WHERE tenant_id = ? AND context_id = ?")
                .params(seq, Utc.of(now), tenant.value(), contextId)
                .update();
    }

    /** How far a pass is that needs more than one transaction. */
    Optional<LongWork> pass(TenantId tenant, long contextId) {
        return jdbc.sql("""
                        SELECT pass_since, pass_done, pass_of FROM criteria_cursor
                        WHERE tenant_id = ? AND context_id = ? AND pass_since IS NOT NULL""")
                .params(tenant.value(), contextId)
                .query((row, n) -> pass(row))
                .optional();
    }

    void passGoesOn(TenantId tenant, long contextId, LongWork pass) {
        jdbc.sql("""
                UPDATE criteria_cursor SET pass_since = ?, pass_done = ?, pass_of = ?
                WHERE tenant_id = ? AND context_id = ?""")
                .params(Utc.of(pass.since()), pass.done(), pass.of(), tenant.value(), contextId)
                .update();
    }

    void passIsOver(TenantId tenant, long contextId) {
        jdbc.sql("UPDATE criteria_cursor SET pass_since = NULL WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .update();
    }

    private Optional<Cursor> tryLock(TenantId tenant, long contextId) {
        return jdbc.sql("""
                        SELECT seq, pass_since, pass_done, pass_of FROM criteria_cursor
                        WHERE tenant_id = ? AND context_id = ? FOR UPDATE SKIP LOCKED""")
                .params(tenant.value(), contextId)
                .query((row, n) -> new Cursor(row.getLong("seq"), pass(row)))
                .optional();
    }

    private static @Nullable LongWork pass(ResultSet row) throws SQLException {
        Instant since = Utc.readNullable(row, "pass_since");
        return since == null ? null : new LongWork(row.getLong("pass_done"), row.getLong("pass_of"), since);
    }

    private boolean exists(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT COUNT(*) FROM criteria_cursor WHERE tenant_id = ? AND context_id = ?")
                        .params(tenant.value(), contextId)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
