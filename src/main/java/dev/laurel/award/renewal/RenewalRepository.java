package dev.laurel.award.renewal;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Awards whose holders are to be told that they end. */
@Repository
class RenewalRepository {

    private final JdbcClient jdbc;

    RenewalRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locked; another node's are skipped. What is suspended waits until it counts again. */
    List<Long> lockDue(TenantId tenant, Instant now, int limit) {
        return jdbc.sql("""
                        SELECT id FROM award
                        WHERE remind_at <= ? AND tenant_id = ? AND released_at IS NOT NULL AND suspended_at IS NULL
                        ORDER BY remind_at, id LIMIT ? FOR UPDATE SKIP LOCKED""")
                .params(Utc.of(now), tenant.value(), limit)
                .query(Long.class)
                .list();
    }

    void told(TenantId tenant, Collection<Long> awardIds) {
        jdbc.sql("UPDATE award SET remind_at = NULL WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    /** Tenants with something due, for the sweep, which knows no tenant. */
    List<TenantId> due(Instant now) {
        return jdbc.sql("""
                        SELECT DISTINCT tenant_id FROM award
                        WHERE remind_at <= ? AND released_at IS NOT NULL AND suspended_at IS NULL""")
                .params(Utc.of(now))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }
}
