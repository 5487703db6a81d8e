package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What badges are called, and under which ids others know them: rows of {@code achievement} and its versions. */
@Repository
class AchievementDirectory {

    /** Badges in their newest version that was activated. */
    private static final String ACTIVATED = """
            SELECT a.id, v.name FROM achievement a
            JOIN achievement_version v ON v.tenant_id = a.tenant_id AND v.achievement_id = a.id AND v.version = (
                SELECT MAX(newest.version) FROM achievement_version newest
                WHERE newest.tenant_id = a.tenant_id AND newest.achievement_id = a.id
                    AND newest.activated_at IS NOT NULL)\s""";

    private final JdbcClient jdbc;

    AchievementDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<Long, String> names(TenantId tenant, Collection<Long> achievementIds) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("""
                        SELECT v.achievement_id, v.name FROM achievement_version v
                        WHERE v.tenant_id = :tenant AND v.achievement_id IN (:ids)
                        ORDER BY v.achievement_id, v.version""")
                .param("tenant", tenant.value())
                .param("ids", achievementIds)
                .query(row -> {
                    names.put(row.getLong("achievement_id"), row.getString("name"));
                });
        return names;
    }

    Map<Long, String> ofInstitution(TenantId tenant, String words, int most) {
        return activatedNames(jdbc.sql(ACTIVATED + """
                JOIN issuer i ON i.tenant_id = a.tenant_id AND i.id = a.issuer_id AND i.kind = 'INSTITUTION'
                WHERE a.tenant_id = ? AND a.sample_of IS NULL AND LOCATE(LOWER(?), LOWER(v.name)) > 0
                ORDER BY v.name, a.id LIMIT ?""").params(tenant.value(), words, most));
    }

    Map<Long, String> activated(TenantId tenant, UUID publicId) {
        return activatedNames(jdbc.sql(ACTIVATED + "WHERE a.tenant_id = ? AND a.public_id = ? AND a.sample_of IS NULL")
                .params(tenant.value(), publicId.toString()));
    }

    private static Map<Long, String> activatedNames(JdbcClient.StatementSpec badges) {
        Map<Long, String> names = new LinkedHashMap<>();
        badges.query(row -> {
            names.put(row.getLong("id"), row.getString("name"));
        });
        return names;
    }

    Map<UUID, Long> byPublicIds(TenantId tenant, Collection<UUID> publicIds) {
        Map<UUID, Long> ids = new HashMap<>();
        jdbc.sql("SELECT id, public_id FROM achievement WHERE tenant_id = :tenant AND public_id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", publicIds.stream().map(UUID::toString).toList())
                .query((row, n) -> Map.entry(UUID.fromString(row.getString("public_id")), row.getLong("id")))
                .list()
                .forEach(each -> ids.put(each.getKey(), each.getValue()));
        return ids;
    }

    Map<Long, UUID> publicIds(TenantId tenant, Collection<Long> achievementIds) {
        Map<Long, UUID> ids = new HashMap<>();
        jdbc.sql("SELECT id, public_id FROM achievement WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", achievementIds)
                .query((row, n) -> Map.entry(row.getLong("id"), UUID.fromString(row.getString("public_id"))))
                .list()
                .forEach(each -> ids.put(each.getKey(), each.getValue()));
        return ids;
    }
}
