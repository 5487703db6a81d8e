package dev.laurel.credential.signing;

import dev.laurel.credential.Credentials.OwnedAward;
import dev.laurel.credential.Variant;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What rows of {@code credential} say of their holders, and rows of {@code credential_superseded}. */
@Repository
public class SupersedingRepository {

    private final JdbcClient jdbc;

    SupersedingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Bytes under the key of this person. */
    record Sealed(long person, byte[] bytes) {}

    /** What the credential of an award says of its holder; empty where it says nothing. */
    Optional<Sealed> named(TenantId tenant, long awardId) {
        return jdbc.sql("""
                SELECT sealed_for, named FROM credential
                WHERE tenant_id = ? AND award_id = ? AND sealed_for IS NOT NULL AND named IS NOT NULL""")
                .params(tenant.value(), awardId)
                .query((row, n) -> new Sealed(row.getLong("sealed_for"), row.getBytes("named")))
                .optional();
    }

    /** Which issue of its credential an award has, locked until the transaction ends; empty where it is not signed yet. */
    public Optional<Integer> lockIssue(TenantId tenant, long awardId) {
        return jdbc.sql("""
                SELECT issue FROM credential
                WHERE tenant_id = ? AND award_id = ? AND signed_at IS NOT NULL AND jwt_signed_at IS NOT NULL FOR UPDATE""")
                .params(tenant.value(), awardId)
                .query(Integer.class)
                .optional();
    }

    /** The awards of which some form was signed before then, by their numbers, after this one. */
    public List<Long> signedBefore(TenantId tenant, Instant before, long awardId, int limit) {
        return jdbc.sql("""
                SELECT award_id FROM credential
                WHERE tenant_id = ? AND award_id > ? AND LEAST(signed_at, COALESCE(jwt_signed_at, signed_at)) < ? ORDER BY award_id LIMIT ?""")
                .params(tenant.value(), awardId, Utc.of(before), limit)
                .query(Long.class)
                .list();
    }

    /** How many credentials of this award were replaced since then. */
    public int countSince(TenantId tenant, long awardId, Instant since) {
        return jdbc.sql("""
                SELECT COUNT(*) FROM credential_superseded
                WHERE tenant_id = ? AND award_id = ? AND superseded_at > ?""")
                .params(tenant.value(), awardId, Utc.of(since))
                .query(Integer.class)
                .single();
    }

    /** The credential of now becomes one of the past; the row waits for the bytes of the next, under another id. */
    public void supersede(
            TenantId tenant,
            long awardId,
            int issue,
            UUID next,
            @Nullable Long person,
            byte @Nullable [] named,
            Instant now) {
        jdbc.sql("""
                INSERT INTO credential_superseded (tenant_id, award_id, issue, public_id, superseded_at)
                SELECT tenant_id, award_id, issue, public_id, ? FROM credential WHERE tenant_id = ? AND award_id = ?""").params(Utc.of(now), tenant.value(), awardId).update();
        jdbc.sql("""
                UPDATE credential SET public_id = ?, issue = ?, sealed_for = ?, named = ?
                WHERE tenant_id = ? AND award_id = ?""")
                .params(next.toString(), issue + 1, person, named, tenant.value(), awardId)
                .update();
    }

    public void store(TenantId tenant, long awardId, byte[] embedded, byte[] jwt, Instant now) {
        jdbc.sql("""
                UPDATE credential SET embedded = ?, jwt = ?, signed_at = ?, jwt_signed_at = ?
                WHERE tenant_id = ? AND award_id = ?""")
                .params(embedded, jwt, Utc.of(now), Utc.of(now), tenant.value(), awardId)
                .update();
    }

    /** Takes the other forms of a credential away, which have its id and its place. The answer is which there were. */
    public List<Variant> clearVariants(TenantId tenant, long awardId) {
        List<Variant> variants = jdbc
                .sql("SELECT saying FROM credential_saying WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .query(String.class)
                .list()
                .stream()
                .map(Variant::valueOf)
                .toList();
        jdbc.sql("DELETE FROM credential_saying WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .update();
        return variants;
    }

    /** What stands in every credential of an award, of now and of the past, and leads from it to the newest one, by award. */
    public Map<Long, String> refreshTokens(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, String> tokens = new HashMap<>();
        if (!awardIds.isEmpty()) {
            jdbc.sql("""
                    SELECT award_id, refresh_token FROM credential
                    WHERE tenant_id = :tenant AND award_id IN (:awards)""")
                    .param("tenant", tenant.value())
                    .param("awards", awardIds)
                    .query(row -> {
                        tokens.put(row.getLong("award_id"), row.getString("refresh_token"));
                    });
        }
        return tokens;
    }

    /** The award of a credential of now or of the past, whosever it is. For those who have nothing but that credential. */
    public Optional<OwnedAward> award(String refreshToken) {
        return jdbc.sql("SELECT tenant_id, award_id FROM credential WHERE refresh_token = ?")
                .param(refreshToken)
                .query((row, n) -> new OwnedAward(new TenantId(row.getLong("tenant_id")), row.getLong("award_id")))
                .optional();
    }
}
