package dev.laurel.achievement;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Pictures of badges. The bytes behind a number never change, so they can be cached for ever. */
@Repository
class ImageRepository {

    private final JdbcClient jdbc;

    ImageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(
            TenantId tenant, byte[] png, @Nullable String svg, String altText, @Nullable Long uploadedIn, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("INSERT INTO badge_image (tenant_id, png, svg, alt_text, uploaded_in, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), png, svg, altText, uploadedIn, Utc.of(now))
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    Optional<BadgeImage> find(TenantId tenant, long imageId) {
        return jdbc.sql("SELECT id, png, svg, alt_text FROM badge_image WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), imageId)
                .query((row, n) -> new BadgeImage(
                        row.getLong("id"), row.getBytes("png"), row.getString("svg"), row.getString("alt_text")))
                .optional();
    }

    Map<Long, String> altTexts(TenantId tenant, Collection<Long> imageIds) {
        Map<Long, String> texts = new HashMap<>();
        jdbc.sql("SELECT id, alt_text FROM badge_image WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", imageIds)
                .query((row, n) -> Map.entry(row.getLong("id"), row.getString("alt_text")))
                .list()
                .forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }

    Optional<Long> uploadedIn(TenantId tenant, long imageId) {
        return jdbc.sql(
                        "SELECT uploaded_in FROM badge_image WHERE tenant_id = ? AND id = ? AND uploaded_in IS NOT NULL")
                .params(tenant.value(), imageId)
                .query(Long.class)
                .optional();
    }

    /** The badges of which any version shows this picture. */
    Set<Long> shownBy(TenantId tenant, long imageId) {
        return new HashSet<>(
                jdbc.sql("SELECT DISTINCT achievement_id FROM achievement_version WHERE tenant_id = ? AND image_id = ?")
                        .params(tenant.value(), imageId)
                        .query(Long.class)
                        .list());
    }

    /** Whether the picture is the tenant's; {@code true} inside where it was drawn and not uploaded. */
    Optional<Boolean> isDrawn(TenantId tenant, long imageId) {
        return jdbc.sql("SELECT svg IS NOT NULL FROM badge_image WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), imageId)
                .query(Boolean.class)
                .optional();
    }

    /** An upload without words gets those of its badge. */
    void describeIfSilent(TenantId tenant, long imageId, String altText) {
        jdbc.sql("UPDATE badge_image SET alt_text = ? WHERE tenant_id = ? AND id = ? AND alt_text = ''")
                .params(altText, tenant.value(), imageId)
                .update();
    }
}
