package dev.laurel.credential.signing;

import dev.laurel.award.Award;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Variant;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.SetAsideWork;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.sql.MassInsert;
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
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Rows of {@code credential}. Batches are written as one INSERT … ON DUPLICATE KEY UPDATE, because the driver makes one
 * statement of those, and of a batch of UPDATEs many.
 */
@Repository
public class CredentialRepository {

    private static final MassInsert EMBEDDED = new MassInsert(
            "credential (tenant_id, award_id, public_id, reference, identity_salt, refresh_token, created_at,"
                    + " embedded, signed_at, set_aside)",
            """
            ON DUPLICATE KEY UPDATE
                embedded = IF(signed_at IS NULL, VALUES(embedded), embedded),
                set_aside = IF(signed_at IS NULL, VALUES(set_aside), set_aside),
                signed_at = IFNULL(signed_at, VALUES(signed_at))""");

    private static final MassInsert JWT = new MassInsert(
            "credential (tenant_id, award_id, public_id, reference, identity_salt, refresh_token, created_at,"
                    + " jwt, jwt_signed_at, set_aside)",
            """
            ON DUPLICATE KEY UPDATE
                jwt = IF(jwt_signed_at IS NULL, VALUES(jwt), jwt),
                set_aside = IF(jwt_signed_at IS NULL, VALUES(set_aside), set_aside),
                jwt_signed_at = IFNULL(jwt_signed_at, VALUES(jwt_signed_at))""");

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    CredentialRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** What came of signing it: bytes, or the reason why not. */
    record Outcome(
            UnsignedCredential row,
            byte @Nullable [] bytes,
            @Nullable String setAside) {}

    /** A signed credential without its JWT. */
    record WithoutJwt(UnsignedCredential row, byte[] embedded, Instant signedAt) {}

    void add(TenantId tenant, Collection<Award> awards, Supplier<byte[]> salts, Instant now) {
        template.batchUpdate(
                """
                INSERT INTO credential (tenant_id, award_id, public_id, reference, identity_salt, refresh_token, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE award_id = VALUES(award_id)""",
                awards.stream()
                        .map(award -> new Object[] {
                            tenant.value(),
                            award.id(),
                            award.publicId().toString(),
                            award.reference().value(),
                            salts.get(),
                            Token.next(),
                            Utc.of(now)
                        })
                        .toList());
    }

    /**
     * Locks up to {@code limit} of them behind this place, the oldest first; those of another lane or node are skipped. By the key in
     * whose order they come: a database that sorts them itself locks all of them first, and then others find none.
     */
    List<UnsignedCredential> lockUnsigned(TenantId tenant, QueuePlace behind, int limit) {
        return jdbc
                .sql("""
                SELECT award_id, public_id, reference, identity_salt, refresh_token, created_at
                FROM credential FORCE INDEX (credential_unsigned)
                WHERE signed_at IS NULL AND tenant_id = ? AND created_at >= ? AND set_aside IS NULL
                ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED""")
                .params(
                        tenant.value(),
                        Utc.of(behind.since()),
                        limit + behind.left().size())
                .query((row, n) -> unsigned(row))
                .list()
                .stream()
                .filter(row -> !behind.left().contains(row.awardId()))
                .limit(limit)
                .toList();
    }

    /** The awards of up to {@code limit} of them behind this place, the oldest first, locked or not. */
    List<Long> unsigned(TenantId tenant, QueuePlace behind, int limit) {
        return jdbc
                .sql("""
                SELECT award_id FROM credential
                WHERE signed_at IS NULL AND tenant_id = ? AND created_at >= ? AND set_aside IS NULL
                ORDER BY created_at LIMIT ?""")
                .params(
                        tenant.value(),
                        Utc.of(behind.since()),
                        limit + behind.left().size())
                .query(Long.class)
                .list()
                .stream()
                .filter(award -> !behind.left().contains(award))
                .limit(limit)
                .toList();
    }

    /** Stores proofs and reasons. Bytes that are there stay as they are. */
    void storeEmbedded(TenantId tenant, List<Outcome> outcomes, Instant now) {
        store(EMBEDDED, tenant, outcomes, now);
    }

    /** As {@link #lockUnsigned}. */
    List<WithoutJwt> lockWithoutJwt(TenantId tenant, QueuePlace behind, int limit) {
        return jdbc
                .sql("""
                SELECT award_id, public_id, reference, identity_salt, refresh_token, created_at, embedded, signed_at
                FROM credential FORCE INDEX (credential_without_jwt)
                WHERE jwt_signed_at IS NULL AND tenant_id = ? AND signed_at >= ? AND set_aside IS NULL
                ORDER BY signed_at LIMIT ? FOR UPDATE SKIP LOCKED""")
                .params(
                        tenant.value(),
                        Utc.of(behind.since()),
                        limit + behind.left().size())
                .query((row, n) -> new WithoutJwt(unsigned(row), row.getBytes("embedded"), Utc.read(row, "signed_at")))
                .list()
                .stream()
                .filter(row -> !behind.left().contains(row.row().awardId()))
                .limit(limit)
                .toList();
    }

    void storeJwts(TenantId tenant, List<Outcome> outcomes, Instant now) {
        store(JWT, tenant, outcomes, now);
    }

    private void store(MassInsert insert, TenantId tenant, List<Outcome> outcomes, Instant now) {
        insert.insert(template, outcomes, outcome -> new @Nullable Object[] {
            tenant.value(),
            outcome.row().awardId(),
            outcome.row().publicId().toString(),
            outcome.row().reference().value(),
            outcome.row().salt(),
            outcome.row().refreshToken(),
            Utc.of(outcome.row().createdAt()),
            outcome.bytes(),
            outcome.bytes() == null ? null : Utc.of(now),
            outcome.setAside()
        });
    }

    /** As they lie there: sealed where they say who their holder is. */
    List<Kept> find(TenantId tenant, Collection<Long> awardIds) {
        if (awardIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT award_id, public_id, embedded, signed_at, jwt, sealed_for FROM credential
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND signed_at IS NOT NULL""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .query((row, n) -> kept(row))
                .list();
    }

    public Map<Long, Instant> signedAt(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, Instant> signed = new HashMap<>();
        if (!awardIds.isEmpty()) {
            jdbc.sql("""
                    SELECT award_id, MAX(signed_at) AS signed_at FROM (
                        SELECT award_id, signed_at FROM credential
                        WHERE tenant_id = :tenant AND award_id IN (:awards) AND signed_at IS NOT NULL
                        UNION ALL
                        SELECT award_id, signed_at FROM credential_saying
                        WHERE tenant_id = :tenant AND award_id IN (:awards)) forms
                    GROUP BY award_id""")
                    .param("tenant", tenant.value())
                    .param("awards", awardIds)
                    .query(row -> {
                        signed.put(row.getLong("award_id"), Utc.read(row, "signed_at"));
                    });
        }
        return signed;
    }

    /** What a credential is signed from, signed already or not. */
    public Optional<UnsignedCredential> row(TenantId tenant, long awardId) {
        return jdbc.sql("""
                SELECT award_id, public_id, reference, identity_salt, refresh_token, created_at FROM credential
                WHERE tenant_id = ? AND award_id = ?""")
                .params(tenant.value(), awardId)
                .query((row, n) -> unsigned(row))
                .optional();
    }

    List<Kept> find(TenantId tenant, Collection<Long> awardIds, Variant variant) {
        if (awardIds.isEmpty() || variant == Variant.AS_ISSUED) {
            return find(tenant, awardIds);
        }
        return jdbc.sql("""
                SELECT s.award_id, c.public_id, s.embedded, s.signed_at, s.jwt, c.sealed_for FROM credential_saying s
                JOIN credential c ON c.tenant_id = s.tenant_id AND c.award_id = s.award_id
                WHERE s.tenant_id = :tenant AND s.award_id IN (:awards) AND s.saying = :saying""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("saying", variant.name())
                .query((row, n) -> kept(row))
                .list();
    }

    /** Bytes that are there stay as they are. */
    void storeVariant(
            TenantId tenant, long awardId, Variant variant, byte[] embedded, byte @Nullable [] jwt, Instant now) {
        jdbc.sql("""
                INSERT INTO credential_saying (tenant_id, award_id, saying, embedded, jwt, signed_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE award_id = VALUES(award_id)""")
                .params(tenant.value(), awardId, variant.name(), embedded, jwt, Utc.of(now))
                .update();
    }

    /** Takes away the variants that say more than as it was issued. */
    void forgetTelling(TenantId tenant, List<Long> awardIds) {
        if (!awardIds.isEmpty()) {
            jdbc.sql(
                            "DELETE FROM credential_saying WHERE tenant_id = :tenant AND award_id IN (:awards) AND saying <> :quiet")
                    .param("tenant", tenant.value())
                    .param("awards", awardIds)
                    .param("quiet", Variant.WITHOUT_LEVEL.name())
                    .update();
        }
    }

    /**
     * Bytes, and under whose key they lie.
     *
     * @param sealedFor {@code null}: they name nobody and lie open
     */
    public record Kept(
            StoredCredential credential, @Nullable Long sealedFor) {}

    public static Kept kept(ResultSet row) throws SQLException {
        long sealedFor = row.getLong("sealed_for");
        return new Kept(
                new StoredCredential(
                        row.getLong("award_id"),
                        UUID.fromString(row.getString("public_id")),
                        row.getBytes("embedded"),
                        Utc.read(row, "signed_at"),
                        row.getBytes("jwt")),
                sealedFor == 0 ? null : sealedFor);
    }

    /** When the credential of this reference was asked for, signed, or given up on. */
    record Trace(
            Instant createdAt,
            @Nullable Instant signedAt,
            @Nullable Instant jwtSignedAt,
            @Nullable String setAside) {}

    List<Trace> traces(TenantId tenant, Reference reference) {
        return jdbc.sql("""
                SELECT created_at, signed_at, jwt_signed_at, set_aside FROM credential
                WHERE tenant_id = ? AND reference = ? ORDER BY created_at""")
                .params(tenant.value(), reference.value())
                .query((row, n) -> new Trace(
                        Utc.read(row, "created_at"),
                        Utc.readNullable(row, "signed_at"),
                        Utc.readNullable(row, "jwt_signed_at"),
                        row.getString("set_aside")))
                .list();
    }

    /** Tenants with something that has waited since before {@code since}. For the sweep, which knows no tenant. */
    List<TenantId> tenantsWithUnsigned(Instant since) {
        return jdbc.sql("""
                SELECT DISTINCT tenant_id FROM credential
                WHERE signed_at IS NULL AND set_aside IS NULL AND created_at < ?""")
                .params(Utc.of(since))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    List<TenantId> tenantsWithoutJwt(Instant since) {
        return jdbc.sql("""
                SELECT DISTINCT tenant_id FROM credential
                WHERE jwt_signed_at IS NULL AND set_aside IS NULL AND signed_at < ?""")
                .params(Utc.of(since))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    Optional<Instant> oldestUnsigned() {
        return jdbc.sql(
                        "SELECT MIN(created_at) AS oldest FROM credential WHERE signed_at IS NULL AND set_aside IS NULL")
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "oldest")))
                .single();
    }

    /** What was given up on, by tenant and reason. By the key of those without a JWT: whatever is given up on has none. */
    List<SetAsideWork.Waiting> setAside() {
        return jdbc.sql("""
                SELECT tenant_id, set_aside, COUNT(*) AS waiting FROM credential
                WHERE jwt_signed_at IS NULL AND set_aside IS NOT NULL
                GROUP BY tenant_id, set_aside ORDER BY waiting DESC, tenant_id, set_aside LIMIT 500""")
                .query((row, n) -> new SetAsideWork.Waiting(
                        new TenantId(row.getLong("tenant_id")), row.getString("set_aside"), row.getInt("waiting")))
                .list();
    }

    /** Puts what was given up on back into the queue. */
    int clearSetAside(TenantId tenant) {
        return jdbc.sql("UPDATE credential SET set_aside = NULL WHERE tenant_id = ? AND set_aside IS NOT NULL")
                .params(tenant.value())
                .update();
    }

    private static UnsignedCredential unsigned(ResultSet row) throws SQLException {
        return new UnsignedCredential(
                row.getLong("award_id"),
                UUID.fromString(row.getString("public_id")),
                new Reference(row.getString("reference")),
                row.getBytes("identity_salt"),
                row.getString("refresh_token"),
                Utc.read(row, "created_at"));
    }
}
