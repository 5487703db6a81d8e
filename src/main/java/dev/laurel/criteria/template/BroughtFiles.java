package dev.laurel.criteria.template;

import dev.laurel.platform.road.Fleeting;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files that somebody looks at and has not decided on. Table {@code badge_set_file}. */
@Component
public class BroughtFiles implements Fleeting {

    /** Whoever did not decide by then brings the file once more. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient jdbc;

    private final Clock clock;

    BroughtFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps one file for this person in this course, in place of any before. */
    @Transactional
    public void put(TenantId tenant, long contextId, long personId, byte[] content) {
        jdbc.sql("""
                INSERT INTO badge_set_file (tenant_id, context_id, person_id, content, brought_at) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE content = VALUES(content), brought_at = VALUES(brought_at)""")
                .params(tenant.value(), contextId, personId, content, Utc.of(clock.instant()))
                .update();
    }

    public Optional<byte[]> find(TenantId tenant, long contextId, long personId) {
        return jdbc.sql("SELECT content FROM badge_set_file WHERE tenant_id = ? AND context_id = ? AND person_id = ?"
                        + " AND brought_at >= ?")
                .params(
                        tenant.value(),
                        contextId,
                        personId,
                        Utc.of(clock.instant().minus(KEPT)))
                .query(byte[].class)
                .optional();
    }

    @Override
    public void forgetOld() {
        jdbc.sql("DELETE FROM badge_set_file WHERE brought_at < ?")
                .param(Utc.of(clock.instant().minus(KEPT)))
                .update();
    }

    /** She decided. */
    public void drop(TenantId tenant, long contextId, long personId) {
        jdbc.sql("DELETE FROM badge_set_file WHERE tenant_id = ? AND context_id = ? AND person_id = ?")
                .params(tenant.value(), contextId, personId)
                .update();
    }
}
