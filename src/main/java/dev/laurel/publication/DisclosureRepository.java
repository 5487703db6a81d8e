package dev.laurel.publication;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DisclosureRepository {

    private final JdbcClient jdbc;

    DisclosureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Disclosure> find(TenantId tenant, long awardId) {
        return jdbc.sql("SELECT detail, work FROM disclosure WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .query((row, n) ->
                        new Disclosure(Disclosure.Detail.valueOf(row.getString("detail")), row.getBoolean("work")))
                .optional();
    }

    void put(TenantId tenant, long awardId, Disclosure chosen, Instant now) {
        jdbc.sql("""
                INSERT INTO disclosure (tenant_id, award_id, detail, work, changed_at) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE detail = VALUES(detail), work = VALUES(work), changed_at = VALUES(changed_at)""")
                .params(tenant.value(), awardId, chosen.detail().name(), chosen.work(), Utc.of(now))
                .update();
    }
}
