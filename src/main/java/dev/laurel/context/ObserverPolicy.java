package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether observers may see the badge progress of the students they observe: each institution's own choice, and nothing
 * until it chose (table {@code observer_policy}).
 */
@Repository
public class ObserverPolicy {

    private final JdbcClient jdbc;

    private final Clock clock;

    ObserverPolicy(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public boolean isAllowed(TenantId tenant) {
        return jdbc.sql("SELECT allowed FROM observer_policy WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    public void set(TenantId tenant, boolean allowed, long byPerson) {
        jdbc.sql("""
                INSERT INTO observer_policy (tenant_id, allowed, changed_by, changed_at) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE allowed = VALUES(allowed), changed_by = VALUES(changed_by),
                    changed_at = VALUES(changed_at)""")
                .params(tenant.value(), allowed, byPerson, Utc.of(clock.instant()))
                .update();
    }
}
