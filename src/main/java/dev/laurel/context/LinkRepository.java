package dev.laurel.context;

import dev.laurel.launch.Launch;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code resource_link}: where in its courses a platform shows Laurel. */
@Repository
class LinkRepository {

    private final JdbcClient jdbc;

    LinkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(Launch launch, Launch.Link link, @Nullable Long contextId) {
        jdbc.sql("""
                INSERT INTO resource_link (tenant_id, context_id, deployment_pk, link_hash, link_id, title,
                    lineitem_url, badge_id, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)""")
                .params(
                        launch.tenant().value(),
                        contextId,
                        launch.deploymentPk(),
                        ContextRepository.hash(launch, link.id()),
                        ContextRepository.cut(link.id(), 255),
                        ContextRepository.cut(link.title(), 500),
                        lineitem(launch),
                        badgeId(launch),
                        Utc.of(launch.at()))
                .update();
        return jdbc.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    }

    void update(Launch launch, long linkId, Launch.Link link, @Nullable Long contextId) {
        jdbc.sql("UPDATE resource_link SET context_id = ?, title = ?, lineitem_url = ?,"
                        + " badge_id = COALESCE(?, badge_id) WHERE tenant_id = ? AND id = ?")
                .params(
                        contextId,
                        ContextRepository.cut(link.title(), 500),
                        lineitem(launch),
                        badgeId(launch),
                        launch.tenant().value(),
                        linkId)
                .update();
    }

    List<Copies.PlacedLink> ofContext(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT link_id, lineitem_url, badge_id FROM resource_link"
                        + " WHERE tenant_id = ? AND context_id = ? ORDER BY id")
                .params(tenant.value(), contextId)
                .query((row, n) -> new Copies.PlacedLink(
                        row.getString("link_id"), row.getString("lineitem_url"), row.getString("badge_id")))
                .list();
    }

    static @Nullable String lineitem(Launch launch) {
        Launch.AgsEndpoint ags = launch.ags();
        return ags == null ? null : ContextRepository.url(ags.lineitem());
    }

    /** Our own id, which the platform keeps with the link and with every copy of it. */
    static @Nullable String badgeId(Launch launch) {
        String id = launch.custom().get(Launch.BADGE_ID);
        return id == null || id.length() > 255 ? null : id;
    }
}
