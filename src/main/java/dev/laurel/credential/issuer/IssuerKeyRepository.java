package dev.laurel.credential.issuer;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
public class IssuerKeyRepository {

    private final JdbcClient jdbc;

    IssuerKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Oldest first, retired ones included. */
    public List<IssuerKey> ofIssuer(TenantId tenant, long issuerId) {
        return jdbc.sql("""
                SELECT issuer_id, algorithm, fragment, public_key, private_sealed, created_at, retired_at, source, retired_by, stolen_at
                FROM issuer_key WHERE tenant_id = ? AND issuer_id = ? ORDER BY id""")
                .params(tenant.value(), issuerId)
                .query((row, n) -> {
                    long retiredBy = row.getLong("retired_by");
                    return new IssuerKey(
                            row.getLong("issuer_id"),
                            KeyAlgorithm.of(row.getString("algorithm")),
                            row.getString("fragment"),
                            row.getString("public_key"),
                            row.getBytes("private_sealed"),
                            Utc.read(row, "created_at"),
                            Utc.readNullable(row, "retired_at"),
                            row.getString("source"),
                            retiredBy == 0 ? null : retiredBy,
                            Utc.readNullable(row, "stolen_at"));
                })
                .list();
    }

    /** Whoever comes first wins: where a key of this fragment is there already nothing changes. */
    void addIfAbsent(TenantId tenant, IssuerKey key) {
        jdbc.sql("""
                INSERT INTO issuer_key
                    (tenant_id, issuer_id, algorithm, fragment, public_key, private_sealed, created_at, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE issuer_id = VALUES(issuer_id)""")
                .params(
                        tenant.value(),
                        key.issuerId(),
                        key.algorithm().stored(),
                        key.fragment(),
                        key.publicKey(),
                        key.privateSealed(),
                        Utc.of(key.createdAt()),
                        key.source())
                .update();
    }

    /** All that do not sign any more, and of which it was not known before. */
    public void stolen(TenantId tenant, long issuerId, long byPerson, Instant at) {
        jdbc.sql("""
                UPDATE issuer_key SET stolen_at = ?, stolen_by = ?
                WHERE tenant_id = ? AND issuer_id = ? AND retired_at IS NOT NULL AND stolen_at IS NULL""").params(Utc.of(at), byPerson, tenant.value(), issuerId).update();
    }

    /** @param byPerson {@code null}: the operator gave another one */
    void retire(TenantId tenant, long issuerId, String fragment, @Nullable Long byPerson, Instant at) {
        jdbc.sql("""
                UPDATE issuer_key SET retired_at = ?, retired_by = ?
                WHERE tenant_id = ? AND issuer_id = ? AND fragment = ? AND retired_at IS NULL""")
                .params(Utc.of(at), byPerson, tenant.value(), issuerId, fragment)
                .update();
    }
}
