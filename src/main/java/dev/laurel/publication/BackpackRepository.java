package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.credential.OpenBadges2.Recipient;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Assertions for backpacks (table {@code backpack_assertion}). */
@Repository
class BackpackRepository {

    private final JdbcClient jdbc;

    BackpackRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Assertion(TenantId tenant, long awardId, byte[] sealedToken, Recipient recipient) {}

    /** The one question without a tenant: whoever has the token is allowed to ask it. */
    Optional<Assertion> byToken(byte[] tokenHash) {
        return jdbc.sql("SELECT tenant_id, award_id, token_sealed, identity, salt FROM backpack_assertion"
                        + " WHERE token_hash = ?")
                .param(tokenHash)
                .query((row, n) -> new Assertion(
                        new TenantId(row.getLong("tenant_id")),
                        row.getLong("award_id"),
                        row.getBytes("token_sealed"),
                        new Recipient(row.getString("identity"), row.getString("salt"))))
                .optional();
    }

    Optional<Assertion> find(TenantId tenant, long awardId) {
        return jdbc.sql("SELECT token_sealed, identity, salt FROM backpack_assertion"
                        + " WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .query((row, n) -> new Assertion(
                        tenant,
                        awardId,
                        row.getBytes("token_sealed"),
                        new Recipient(row.getString("identity"), row.getString("salt"))))
                .optional();
    }

    /** The awards that stand in backpacks, by their numbers, after this one. */
    List<Long> awardsAfter(TenantId tenant, long awardId, int limit) {
        return jdbc.sql("SELECT award_id FROM backpack_assertion WHERE tenant_id = ? AND award_id > ?"
                        + " ORDER BY award_id LIMIT ?")
                .params(tenant.value(), awardId, limit)
                .query(Long.class)
                .list();
    }

    /** Whoever it was for before, it is for this recipient now, and keeps its address. */
    void put(
            TenantId tenant,
            long awardId,
            long personId,
            byte[] tokenHash,
            byte[] sealedToken,
            Recipient recipient,
            Instant now) {
        jdbc.sql("""
                INSERT INTO backpack_assertion
                    (tenant_id, award_id, person_id, token_hash, token_sealed, identity, salt, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE identity = VALUES(identity), salt = VALUES(salt)""")
                .params(
                        tenant.value(),
                        awardId,
                        personId,
                        tokenHash,
                        sealedToken,
                        recipient.identity(),
                        recipient.salt(),
                        Utc.of(now))
                .update();
    }

    /**
     * From now on they are about awards that say the same.
     *
     * @param again by the number of the earlier one
     */
    void goOn(TenantId tenant, Map<Long, Award> again) {
        List<Long> before = List.copyOf(again.keySet());
        jdbc.sql("""
                UPDATE backpack_assertion SET award_id = ELT(FIELD(award_id, :before), :after)
                WHERE tenant_id = :tenant AND award_id IN (:before)""")
                .param("tenant", tenant.value())
                .param("before", before)
                .param(
                        "after",
                        before.stream()
                                .map(each ->
                                        Objects.requireNonNull(again.get(each)).id())
                                .toList())
                .update();
    }

    void remove(TenantId tenant, long awardId) {
        jdbc.sql("DELETE FROM backpack_assertion WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .update();
    }

    void removeOf(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM backpack_assertion WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }
}
