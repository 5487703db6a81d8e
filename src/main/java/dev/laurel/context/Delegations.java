package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What instructors let teaching assistants of a course do; nothing, unless somebody said so. Table {@code staff_delegation}. */
@Component
public class Delegations {

    /** For whom it is where it is for every teaching assistant. */
    public static final long EVERYBODY = 0;

    private static final int SHOWN = 100;

    private final JdbcClient jdbc;

    private final Clock clock;

    Delegations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public enum What {
        /** Results by hand, attendance and assessments; not what is asked for, and nothing is removed. */
        ENTER_RESULTS,
        /** Accept and decline the cases that wait for review. */
        REVIEW_CASES
    }

    /** @param personId of a teaching assistant, or {@link #EVERYBODY} */
    public record Delegation(
            long id,
            What what,
            long personId,
            long grantedBy,
            Instant grantedAt,
            @Nullable Long endedBy,
            @Nullable Instant endedAt) {}

    /** Those that hold and the latest that ended, newest first. */
    public List<Delegation> ofContext(TenantId tenant, long contextId) {
        return jdbc.sql("""
                        SELECT id, what, person_id, granted_by, granted_at, ended_by, ended_at FROM staff_delegation
                        WHERE tenant_id = ? AND context_id = ? ORDER BY live IS NULL, id DESC LIMIT ?""")
                .params(tenant.value(), contextId, SHOWN)
                .query((row, n) -> new Delegation(
                        row.getLong("id"),
                        What.valueOf(row.getString("what")),
                        row.getLong("person_id"),
                        row.getLong("granted_by"),
                        Utc.read(row, "granted_at"),
                        row.getObject("ended_by", Long.class),
                        Utc.readNullable(row, "ended_at")))
                .list();
    }

    /** Whether this teaching assistant may; that she still is one is the matter of her launch. */
    public boolean may(TenantId tenant, long contextId, long personId, What what) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM staff_delegation
                        WHERE tenant_id = ? AND context_id = ? AND what = ? AND person_id IN (?, ?) AND live""")
                        .params(tenant.value(), contextId, what.name(), personId, EVERYBODY)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** From now on. Given once more nothing changes. */
    public void give(TenantId tenant, long contextId, long personId, What what, long byPerson) {
        jdbc.sql("""
                INSERT INTO staff_delegation (tenant_id, context_id, what, person_id, live, granted_by, granted_at)
                VALUES (?, ?, ?, ?, TRUE, ?, ?) ON DUPLICATE KEY UPDATE live = live""")
                .params(tenant.value(), contextId, what.name(), personId, byPerson, Utc.of(clock.instant()))
                .update();
    }

    /** No longer; what was done by it stays. One of another course is left alone. */
    public void end(TenantId tenant, long contextId, long delegationId, long byPerson) {
        jdbc.sql("""
                UPDATE staff_delegation SET live = NULL, ended_by = ?, ended_at = ?
                WHERE tenant_id = ? AND context_id = ? AND id = ? AND live""")
                .params(byPerson, Utc.of(clock.instant()), tenant.value(), contextId, delegationId)
                .update();
    }
}
