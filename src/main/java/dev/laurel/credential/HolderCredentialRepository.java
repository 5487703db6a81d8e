package dev.laurel.credential;

import dev.laurel.award.Award;
import dev.laurel.credential.signing.CredentialRepository;
import dev.laurel.credential.signing.CredentialRepository.Kept;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code credential_holding}: one per award and DID. */
@Repository
class HolderCredentialRepository {

    private final JdbcClient jdbc;

    HolderCredentialRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Kept> find(TenantId tenant, long awardId, String did) {
        return jdbc.sql("""
                SELECT h.award_id, c.public_id, h.embedded, h.signed_at, h.jwt, c.sealed_for FROM credential_holding h
                JOIN credential c ON c.tenant_id = h.tenant_id AND c.award_id = h.award_id
                WHERE h.tenant_id = ? AND h.award_id = ? AND h.did_hash = ?""")
                .params(tenant.value(), awardId, Sha256.of(did))
                .query((row, n) -> CredentialRepository.kept(row))
                .optional();
    }

    /** Bytes that are there stay as they are. */
    void store(TenantId tenant, Award award, String did, byte[] embedded, byte @Nullable [] jwt, Instant now) {
        jdbc.sql("""
                INSERT INTO credential_holding (tenant_id, award_id, did_hash, person_id, did, embedded, jwt, signed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE award_id = VALUES(award_id)""")
                .params(tenant.value(), award.id(), Sha256.of(did), award.personId(), did, embedded, jwt, Utc.of(now))
                .update();
    }

    List<String> dids(TenantId tenant, long awardId) {
        return jdbc.sql("SELECT did FROM credential_holding WHERE tenant_id = ? AND award_id = ? ORDER BY did")
                .params(tenant.value(), awardId)
                .query(String.class)
                .list();
    }

    /** Takes those of an award away, to be signed again. The answer is for whom there were some. */
    List<String> clear(TenantId tenant, long awardId) {
        List<String> dids = dids(tenant, awardId);
        jdbc.sql("DELETE FROM credential_holding WHERE tenant_id = ? AND award_id = ?")
                .params(tenant.value(), awardId)
                .update();
        return dids;
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM credential_holding WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }
}
