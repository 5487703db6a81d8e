package dev.laurel.criteria.template;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files that somebody looks at and has not decided on. Table {@code badge_set_file}. */
@Component
public class BroughtFiles {

    /** Whoever did not decide by then brings the file once more. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient jdbc;

    private final Clock clock;

    BroughtFiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps one file for this person in this course, in place of any before; files of the institution that are old go. */
    @Transactional
    public void put(TenantId tenant, long contextId, long personId, byte[] content) {
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM badge_set_file WHERE tenant_id = ? AND brought_at < ?")
                .params(tenant.value(), Utc.of(now.minus(KEPT)))
                .update();
        jdbc.sql("""
                INSERT INTO badge_set_file (tenant_id, context_id, person_id, content, brought_at) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE content = VALUES(content), brought_at = VALUES(brought_at)""")
                .params(tenant.value(), contextId, personId, content, Utc.of(now))
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

    /** She decided. */
    public void drop(TenantId tenant, long contextId, long personId) {
        jdbc.sql("DELETE FROM badge_set_file WHERE tenant_id = ? AND context_id = ? AND person_id = ?")
                .params(tenant.value(), contextId, personId)
                .update();
    }
}
