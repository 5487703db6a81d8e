package dev.laurel.award;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Passes, and how many people somebody expected. */
@Repository
class PassRepository {

    private final JdbcClient jdbc;

    PassRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record HeadCount(int people, Instant confirmedAt) {}

    long add(TenantId tenant, long ruleSetId, int people, boolean held, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO award_pass (tenant_id, rule_set_id, decided_at, people, held) VALUES (?, ?, ?, ?, ?)""")
                .params(tenant.value(), ruleSetId, Utc.of(now), people, held)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Number.class)).longValue();
    }

    Optional<HeadCount> headCount(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                SELECT people, confirmed_at FROM award_head_count WHERE tenant_id = ? AND rule_set_id = ?""")
                .params(tenant.value(), ruleSetId)
                .query((row, n) -> new HeadCount(row.getInt("people"), Utc.read(row, "confirmed_at")))
                .optional();
    }

    void confirmHeadCount(TenantId tenant, long ruleSetId, int people, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO award_head_count (tenant_id, rule_set_id, people, confirmed_by, confirmed_at)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE people = VALUES(people), confirmed_by = VALUES(confirmed_by),
                    confirmed_at = VALUES(confirmed_at)""")
                .params(tenant.value(), ruleSetId, people, byPerson, Utc.of(now))
                .update();
    }

    int decidedSince(TenantId tenant, long ruleSetId, Instant since) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM award
                        WHERE tenant_id = ? AND rule_set_id = ? AND decided_at >= ? AND sample_of IS NULL""")
                .params(tenant.value(), ruleSetId, Utc.of(since))
                .query(Integer.class)
                .single();
    }
}
