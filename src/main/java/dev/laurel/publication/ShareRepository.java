package dev.laurel.publication;

import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ShareRepository {

    private final JdbcClient jdbc;

    ShareRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where an award is public. */
    record Shared(TenantId tenant, long awardId) {}

    record Trace(Instant createdAt, @Nullable Instant withdrawnAt) {}

    /** The one question without a tenant: whoever has the token is allowed to ask it. */
    Optional<Shared> live(byte[] tokenHash) {
        return jdbc.sql("SELECT tenant_id, award_id FROM share WHERE token_hash = ? AND live = TRUE")
                .param(tokenHash)
                .query((row, n) -> new Shared(new TenantId(row.getLong("tenant_id")), row.getLong("award_id")))
                .optional();
    }

    Optional<byte[]> sealedToken(TenantId tenant, long awardId) {
        return jdbc.sql("SELECT token_sealed FROM share WHERE tenant_id = ? AND award_id = ? AND live = TRUE")
                .params(tenant.value(), awardId)
                .query((row, n) -> row.getBytes("token_sealed"))
                .optional();
    }

    /** Where the award is shared already, nothing changes. */
    void add(TenantId tenant, long awardId, Reference reference, byte[] tokenHash, byte[] sealedToken, Instant now) {
        jdbc.sql("""
                INSERT INTO share (token_hash, tenant_id, award_id, reference, token_sealed, live, created_at)
                VALUES (?, ?, ?, ?, ?, TRUE, ?)
                ON DUPLICATE KEY UPDATE award_id = VALUES(award_id)""")
                .params(tokenHash, tenant.value(), awardId, reference.value(), sealedToken, Utc.of(now))
                .update();
    }

    int withdraw(TenantId tenant, long awardId, Instant now) {
        return jdbc.sql("""
                UPDATE share SET live = NULL, withdrawn_at = ?
                WHERE tenant_id = ? AND award_id = ? AND live = TRUE""").params(Utc.of(now), tenant.value(), awardId).update();
    }

    List<Trace> traces(TenantId tenant, Reference reference) {
        return jdbc.sql("""
                SELECT created_at, withdrawn_at FROM share
                WHERE tenant_id = ? AND reference = ? ORDER BY created_at""")
                .params(tenant.value(), reference.value())
                .query((row, n) -> {
                    return new Trace(Utc.read(row, "created_at"), Utc.readNullable(row, "withdrawn_at"));
                })
                .list();
    }
}
