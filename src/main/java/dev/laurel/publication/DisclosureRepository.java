package dev.laurel.publication;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return Optional.ofNullable(find(tenant, List.of(awardId)).get(awardId));
    }

    Map<Long, Disclosure> find(TenantId tenant, Collection<Long> awardIds) {
        return read(
                tenant,
                awardIds,
                row -> new Disclosure(Disclosure.Detail.valueOf(row.getString("detail")), row.getBoolean("work")));
    }

    Map<Long, Instant> changedAt(TenantId tenant, Collection<Long> awardIds) {
        return read(tenant, awardIds, row -> Utc.read(row, "changed_at"));
    }

    private interface Reading<T> {

        T of(ResultSet row) throws SQLException;
    }

    private <T> Map<Long, T> read(TenantId tenant, Collection<Long> awardIds, Reading<T> reading) {
        Map<Long, T> found = new HashMap<>();
        jdbc.sql("SELECT award_id, detail, work, changed_at FROM disclosure"
                        + " WHERE tenant_id = :tenant AND award_id IN (:awards)")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .query(row -> {
                    found.put(row.getLong("award_id"), reading.of(row));
                });
        return found;
    }

    void put(TenantId tenant, long awardId, Disclosure chosen, Instant now) {
        jdbc.sql("""
                INSERT INTO disclosure (tenant_id, award_id, detail, work, changed_at) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE detail = VALUES(detail), work = VALUES(work), changed_at = VALUES(changed_at)""")
                .params(tenant.value(), awardId, chosen.detail().name(), chosen.work(), Utc.of(now))
                .update();
    }
}
