package dev.laurel.gradebook;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code gradebook}: the head of each course's change log, and how its reading goes. */
@Repository
class SyncRepository {

    private static final int LONGEST_PROBLEM = 500;

    private final JdbcClient jdbc;

    SyncRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(
            long lastSeq,
            @Nullable Instant lastCheckedAt,
            @Nullable Instant lastChangedAt,
            @Nullable Instant nextCheckAt,
            @Nullable Instant watchedUntil,
            @Nullable Instant askedAt,
            @Nullable LongWork reading,
            int failures,
            int unmatched,
            @Nullable String problem,
            @Nullable Instant problemSince) {

        /** Of a course that nobody has looked at. */
        static final Row NONE = new Row(0, null, null, null, null, null, null, 0, 0, null, null);
    }

    Optional<Row> find(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT * FROM gradebook WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query((row, n) -> row(row))
                .optional();
    }

    /** Holds the row until the transaction ends, so that the log of one course grows by one hand at a time. */
    Row lock(TenantId tenant, long contextId) {
        return locked(tenant, contextId).orElseGet(() -> {
            jdbc.sql("""
                    INSERT INTO gradebook (tenant_id, context_id, last_seq, failures, unmatched) VALUES (?, ?, 0, 0, 0)
                    ON DUPLICATE KEY UPDATE context_id = context_id""").params(tenant.value(), contextId).update();
            return locked(tenant, contextId).orElseThrow();
        });
    }

    private Optional<Row> locked(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT * FROM gradebook WHERE tenant_id = ? AND context_id = ? FOR UPDATE")
                .params(tenant.value(), contextId)
                .query((row, n) -> row(row))
                .optional();
    }

    /** The log was appended to, under its lock. */
    void grew(TenantId tenant, long contextId, long lastSeq, Instant at) {
        jdbc.sql("UPDATE gradebook SET last_seq = ?, last_changed_at = ? WHERE tenant_id = ? AND context_id = ?")
                .params(lastSeq, Utc.of(at), tenant.value(), contextId)
                .update();
    }

    /** A look that worked; {@code problem} is what it left out. */
    void checked(TenantId tenant, long contextId, int unmatched, @Nullable String problem, boolean failed, Instant at) {
        jdbc.sql("""
                UPDATE gradebook SET last_checked_at = ?, unmatched = ?, failures = IF(?, failures + 1, 0), problem = ?,
                    problem_since = IF(? IS NULL, NULL, COALESCE(problem_since, ?))
                WHERE tenant_id = ? AND context_id = ?""")
                .params(Utc.of(at), unmatched, failed, cut(problem), problem, Utc.of(at), tenant.value(), contextId)
                .update();
    }

    void failed(TenantId tenant, long contextId, String problem, Instant at) {
        jdbc.sql("""
                INSERT INTO gradebook (tenant_id, context_id, last_seq, failures, unmatched, problem, problem_since)
                VALUES (?, ?, 0, 1, 0, ?, ?)
                ON DUPLICATE KEY UPDATE failures = failures + 1, problem = VALUES(problem),
                    problem_since = COALESCE(problem_since, VALUES(problem_since))""")
                .params(tenant.value(), contextId, cut(problem), Utc.of(at))
                .update();
    }

    void nextCheck(TenantId tenant, long contextId, Instant at) {
        jdbc.sql("UPDATE gradebook SET next_check_at = ? WHERE tenant_id = ? AND context_id = ?")
                .params(Utc.of(at), tenant.value(), contextId)
                .update();
    }

    /** A look goes on that takes long. */
    void reads(TenantId tenant, long contextId, LongWork columns) {
        jdbc.sql("""
                UPDATE gradebook SET reading_since = ?, reading_done = ?, reading_of = ?
                WHERE tenant_id = ? AND context_id = ?""")
                .params(Utc.of(columns.since()), columns.done(), columns.of(), tenant.value(), contextId)
                .update();
    }

    void hasRead(TenantId tenant, long contextId) {
        jdbc.sql("UPDATE gradebook SET reading_since = NULL WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .update();
    }

    /** A look is asked for now, and staff may be there until {@code watchedUntil}. */
    void ask(TenantId tenant, long contextId, Instant now, @Nullable Instant watchedUntil) {
        jdbc.sql("""
                INSERT INTO gradebook (tenant_id, context_id, last_seq, failures, unmatched, next_check_at, asked_at,
                    watched_until)
                VALUES (?, ?, 0, 0, 0, ?, ?, ?)
                ON DUPLICATE KEY UPDATE next_check_at = VALUES(next_check_at), asked_at = VALUES(asked_at),
                    watched_until = COALESCE(VALUES(watched_until), watched_until)""")
                .params(tenant.value(), contextId, Utc.of(now), Utc.of(now), Utc.ofNullable(watchedUntil))
                .update();
    }

    /** The oldest look that should have happened by now, in any tenant; for the age of the backlog. */
    Optional<Instant> oldestDue(Instant before) {
        return jdbc.sql("SELECT MIN(next_check_at) AS due FROM gradebook WHERE next_check_at < ?")
                .param(Utc.of(before))
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "due")))
                .single();
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null ? null : Varchar.fit(text, LONGEST_PROBLEM);
    }

    private static Row row(ResultSet row) throws SQLException {
        Instant readingSince = Utc.readNullable(row, "reading_since");
        return new Row(
                row.getLong("last_seq"),
                Utc.readNullable(row, "last_checked_at"),
                Utc.readNullable(row, "last_changed_at"),
                Utc.readNullable(row, "next_check_at"),
                Utc.readNullable(row, "watched_until"),
                Utc.readNullable(row, "asked_at"),
                readingSince == null
                        ? null
                        : new LongWork(row.getLong("reading_done"), row.getLong("reading_of"), readingSince),
                row.getInt("failures"),
                row.getInt("unmatched"),
                row.getString("problem"),
                Utc.readNullable(row, "problem_since"));
    }
}
