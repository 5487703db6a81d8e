package dev.laurel.award.ledger;

import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The facts that decisions rest on, by public id of the award. Never changed once somebody was told. They are kept in the one form that JSON has
 * under RFC 8785, so that whoever has them, in whatever form, comes to the same hash.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785, JSON Canonicalization Scheme</a>
 */
@Repository
public class DecisionRecordRepository {

    private static final MassInsert INSERT =
            new MassInsert("decision_record (tenant_id, public_id, facts, hash, created_at)", "");

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    DecisionRecordRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** @param facts with a salt in each, or the hash that is stored beside them could be guessed */
    public void add(TenantId tenant, Map<UUID, CanonicalJson> facts, Instant now) {
        INSERT.insert(batch, List.copyOf(facts.entrySet()), each -> new Object[] {
            tenant.value(),
            each.getKey().toString(),
            each.getValue().text(),
            HexFormat.of().formatHex(Sha256.of(each.getValue().text())),
            Utc.of(now)
        });
    }

    /** Of awards that nobody was told of yet, whose results changed meanwhile. */
    public void replace(TenantId tenant, Map<UUID, CanonicalJson> facts, Instant now) {
        if (!facts.isEmpty()) {
            remove(tenant, facts.keySet());
            add(tenant, facts, now);
        }
    }

    private void remove(TenantId tenant, Collection<UUID> publicIds) {
        jdbc.sql("DELETE FROM decision_record WHERE tenant_id = :tenant AND public_id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", publicIds.stream().map(UUID::toString).toList())
                .update();
    }

    public Optional<String> facts(TenantId tenant, UUID publicId) {
        return jdbc.sql("SELECT facts FROM decision_record WHERE tenant_id = ? AND public_id = ?")
                .params(tenant.value(), publicId.toString())
                .query(String.class)
                .optional();
    }

    public Map<UUID, String> facts(TenantId tenant, Collection<UUID> publicIds) {
        return texts("facts", tenant, publicIds);
    }

    /** SHA-256 of the facts, hexadecimal; none of records from before there were salts. */
    public Map<UUID, String> hashes(TenantId tenant, Collection<UUID> publicIds) {
        return texts("hash", tenant, publicIds);
    }

    private Map<UUID, String> texts(String column, TenantId tenant, Collection<UUID> publicIds) {
        Map<UUID, String> texts = new HashMap<>();
        jdbc.sql("SELECT public_id, " + column + " AS text FROM decision_record"
                        + " WHERE tenant_id = :tenant AND public_id IN (:ids) AND " + column + " IS NOT NULL")
                .param("tenant", tenant.value())
                .param("ids", publicIds.stream().map(UUID::toString).toList())
                .query(row -> {
                    texts.put(UUID.fromString(row.getString("public_id")), row.getString("text"));
                });
        return texts;
    }
}
