package dev.laurel.publication.returning;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code shelf_link}. */
@Repository
class ShelfLinkRepository {

    private final JdbcClient jdbc;

    ShelfLinkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param open neither spent nor over */
    record Link(TenantId tenant, long id, long addressId, boolean open) {}

    void add(TenantId tenant, byte[] tokenHash, long addressId, Instant endsAt) {
        jdbc.sql("INSERT INTO shelf_link (tenant_id, token_hash, address_id, ends_at) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), tokenHash, addressId, Utc.of(endsAt))
                .update();
    }

    /** Its token is unguessable, and says of which institution it is. */
    Optional<Link> find(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                        SELECT tenant_id, id, address_id, spent_at IS NULL AND ends_at > ? AS is_open
                        FROM shelf_link WHERE token_hash = ?""")
                .params(Utc.of(now), tokenHash)
                .query((row, n) -> new Link(
                        new TenantId(row.getLong("tenant_id")),
                        row.getLong("id"),
                        row.getLong("address_id"),
                        row.getBoolean("is_open")))
                .optional();
    }

    /** True once, however many ask at the same moment. */
    boolean spend(Link link, Instant now) {
        return jdbc.sql("""
                        UPDATE shelf_link SET spent_at = ?
                        WHERE tenant_id = ? AND id = ? AND spent_at IS NULL AND ends_at > ?""")
                        .params(Utc.of(now), link.tenant().value(), link.id(), Utc.of(now))
                        .update()
                == 1;
    }

    void forgetBefore(Instant before) {
        jdbc.sql("DELETE FROM shelf_link WHERE ends_at < ?")
                .param(Utc.of(before))
                .update();
    }
}
