package dev.laurel.context.copy;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code context_origin} and {@code copy_dismissal}. Origins are only ever added: what was copied stays copied. */
@Repository
public class OriginRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    OriginRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Adds the origins of a course, nearest first, in one statement. */
    public void save(TenantId tenant, long registrationId, byte[] contextHash, List<byte[]> origins, Instant at) {
        List<Object[]> rows = new ArrayList<>();
        for (byte[] origin : origins) {
            rows.add(new Object[] {tenant.value(), registrationId, contextHash, origin, rows.size(), Utc.of(at)});
        }
        if (!rows.isEmpty()) {
            batch.batchUpdate("""
                    INSERT INTO context_origin
                        (tenant_id, registration_id, context_hash, origin_hash, distance, learned_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE distance = VALUES(distance)""", rows);
        }
    }

    /**
     * The courses that this one was copied from, nearest first, as far as Laurel knows them. A course that is known through
     * several deployments of its platform is there once for each; another tenant's never.
     */
    public List<Long> known(TenantId tenant, long contextId) {
        return jdbc.sql("""
                SELECT source.id FROM context copy
                JOIN context_origin o ON o.tenant_id = copy.tenant_id AND o.registration_id = copy.registration_id
                    AND o.context_hash = copy.context_hash
                JOIN context source ON source.tenant_id = o.tenant_id AND source.registration_id = o.registration_id
                    AND source.context_hash = o.origin_hash
                WHERE copy.tenant_id = ? AND copy.id = ? AND o.origin_hash <> copy.context_hash
                ORDER BY o.distance, source.id""").params(tenant.value(), contextId).query(Long.class).list();
    }

    /** Puts the proposals of these origins aside. Idempotent. */
    public void dismiss(TenantId tenant, long contextId, Collection<Long> originIds, long byPerson, Instant at) {
        if (!originIds.isEmpty()) {
            batch.batchUpdate(
                    """
                    INSERT INTO copy_dismissal (tenant_id, context_id, origin_context_id, dismissed_by, dismissed_at)
                    VALUES (?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE dismissed_by = dismissed_by""",
                    originIds.stream()
                            .map(origin -> new Object[] {tenant.value(), contextId, origin, byPerson, Utc.of(at)})
                            .toList());
        }
    }

    public Set<Long> dismissed(TenantId tenant, long contextId) {
        return new HashSet<>(
                jdbc.sql("SELECT origin_context_id FROM copy_dismissal WHERE tenant_id = ? AND context_id = ?")
                        .params(tenant.value(), contextId)
                        .query(Long.class)
                        .list());
    }
}
