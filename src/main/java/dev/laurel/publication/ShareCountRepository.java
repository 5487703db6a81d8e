package dev.laurel.publication;

import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.ShareCounts.Way;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ShareCountRepository {

    private final JdbcClient jdbc;

    ShareCountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, long awardId, Way way) {
        jdbc.sql("""
                INSERT INTO share_count (tenant_id, award_id, way, times) VALUES (?, ?, ?, 1)
                ON DUPLICATE KEY UPDATE times = times + 1""").params(tenant.value(), awardId, way.name()).update();
    }

    Map<Way, Long> of(TenantId tenant, long awardId) {
        Map<Way, Long> counts = new EnumMap<>(Way.class);
        jdbc.sql("SELECT way, times FROM share_count WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .query(row -> {
                    counts.put(Way.valueOf(row.getString("way")), row.getLong("times"));
                });
        return counts;
    }
}
