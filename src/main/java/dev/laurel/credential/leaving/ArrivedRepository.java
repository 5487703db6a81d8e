package dev.laurel.credential.leaving;

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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was brought here: tables {@code arrived_…}. */
@Repository
class ArrivedRepository {

    private static final String ISSUER = """
            SELECT i.id, i.arrival_id, i.did, i.name, i.as_of, i.arrived_at,
                (SELECT COUNT(*) FROM arrived_credential c WHERE c.tenant_id = i.tenant_id AND c.issuer_id = i.id) AS credentials
            FROM arrived_issuer i WHERE i.tenant_id = ?""";

    private static final String CREDENTIAL = """
            SELECT credential_id, issuer_id, badge, valid_from, list_id, place, not_in_force_since, withdrawn_by
            FROM arrived_credential WHERE tenant_id = ? AND issuer_id = ?""";

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    ArrivedRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    List<ArrivedIssuer> issuers(TenantId tenant, int limit) {
        return jdbc.sql(ISSUER + " ORDER BY i.name, i.id LIMIT ?")
                .params(tenant.value(), limit)
                .query(ArrivedRepository::issuer)
                .list();
    }

    Optional<ArrivedIssuer> issuer(TenantId tenant, UUID arrivalId) {
        return jdbc.sql(ISSUER + " AND i.arrival_id = ?")
                .params(tenant.value(), arrivalId.toString())
                .query(ArrivedRepository::issuer)
                .optional();
    }

    Optional<ArrivedIssuer> issuerOf(TenantId tenant, String did) {
        return jdbc.sql(ISSUER + " AND i.did = ?")
                .params(tenant.value(), did)
                .query(ArrivedRepository::issuer)
                .optional();
    }

    /** Locked, so that two archives of one issuer come in one after the other. */
    Optional<ArrivedIssuer> lock(TenantId tenant, String did) {
        return jdbc.sql(ISSUER + " AND i.did = ? FOR UPDATE")
                .params(tenant.value(), did)
                .query(ArrivedRepository::issuer)
                .optional();
    }

    /** One that is there stays. */
    void add(TenantId tenant, String did, String name, Instant asOf, Instant now) {
        jdbc.sql("""
                INSERT INTO arrived_issuer (tenant_id, arrival_id, did, name, as_of, arrived_at) VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(tenant.value(), UUID.randomUUID().toString(), did, name, Utc.of(asOf), Utc.of(now))
                .update();
    }

    void newer(TenantId tenant, long issuerId, String name, Instant asOf) {
        jdbc.sql("UPDATE arrived_issuer SET name = ?, as_of = ? WHERE tenant_id = ? AND id = ?")
                .params(name, Utc.of(asOf), tenant.value(), issuerId)
                .update();
    }

    /** What of an issuer is kept as it was published. */
    enum Published {
        PROFILE("profile"),
        DID_DOCUMENT("did_document"),
        LOGO("logo");

        private final String column;

        Published(String column) {
            this.column = column;
        }
    }

    void publish(TenantId tenant, long issuerId, Published what, byte[] content) {
        jdbc.sql("UPDATE arrived_issuer SET " + what.column + " = ? WHERE tenant_id = ? AND id = ?")
                .params(content, tenant.value(), issuerId)
                .update();
    }

    /** For the world: the address is unguessable and names its tenant. */
    Optional<byte[]> published(UUID arrivalId, Published what) {
        return jdbc.sql("SELECT " + what.column + " AS content FROM arrived_issuer WHERE arrival_id = ? AND "
                        + what.column + " IS NOT NULL")
                .param(arrivalId.toString())
                .query((row, n) -> row.getBytes("content"))
                .optional();
    }

    record SealedKey(
            String fragment,
            String algorithm,
            String publicKey,
            byte[] privateSealed,
            Instant createdAt,
            @Nullable Instant retiredAt) {}

    /** Oldest first. */
    List<SealedKey> keys(TenantId tenant, long issuerId) {
        return jdbc.sql("""
                SELECT fragment, algorithm, public_key, private_sealed, created_at, retired_at FROM arrived_key
                WHERE tenant_id = ? AND issuer_id = ? ORDER BY created_at, fragment""")
                .params(tenant.value(), issuerId)
                .query((row, n) -> new SealedKey(
                        row.getString("fragment"),
                        row.getString("algorithm"),
                        row.getString("public_key"),
                        row.getBytes("private_sealed"),
                        Utc.read(row, "created_at"),
                        Utc.readNullable(row, "retired_at")))
                .list();
    }

    /** Of one that is there only the end can change. */
    void put(TenantId tenant, long issuerId, SealedKey key) {
        jdbc.sql("""
                INSERT INTO arrived_key
                    (tenant_id, issuer_id, fragment, algorithm, public_key, private_sealed, created_at, retired_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE retired_at = VALUES(retired_at)""")
                .params(
                        tenant.value(),
                        issuerId,
                        key.fragment(),
                        key.algorithm(),
                        key.publicKey(),
                        key.privateSealed(),
                        Utc.of(key.createdAt()),
                        Utc.ofNullable(key.retiredAt()))
                .update();
    }

    /**
     * Those that are there stay, unless the archive is the newest: then it says what is in force, of what nobody changed here. An older
     * one only adds what was taken back.
     */
    void add(TenantId tenant, List<ArrivedCredential> credentials, boolean newest) {
        template.batchUpdate(
                """
                INSERT INTO arrived_credential
                    (tenant_id, credential_id, issuer_id, badge, valid_from, list_id, place, not_in_force_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE not_in_force_since = IF(withdrawn_by IS NULL AND issuer_id = VALUES(issuer_id),
                    """
                        + (newest
                                ? "VALUES(not_in_force_since)"
                                : "COALESCE(not_in_force_since, VALUES(not_in_force_since))")
                        + ", not_in_force_since)",
                credentials.stream()
                        .map(each -> new @Nullable Object[] {
                            tenant.value(),
                            each.id().toString(),
                            each.issuerId(),
                            each.badge(),
                            Utc.of(each.validFrom()),
                            each.listId() == null ? null : each.listId().toString(),
                            each.place(),
                            Utc.ofNullable(each.notInForceSince())
                        })
                        .toList());
    }

    record Form(UUID credential, String form, byte[] content) {}

    /** Bytes that are there stay as they are. */
    void addForms(TenantId tenant, List<Form> forms) {
        template.batchUpdate(
                """
                INSERT INTO arrived_credential_form (tenant_id, credential_id, form, content) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE form = VALUES(form)""",
                forms.stream()
                        .map(each ->
                                new Object[] {tenant.value(), each.credential().toString(), each.form(), each.content()
                                })
                        .toList());
    }

    /** All forms of these. */
    List<Form> forms(TenantId tenant, Collection<UUID> credentials) {
        return jdbc.sql("""
                SELECT credential_id, form, content FROM arrived_credential_form
                WHERE tenant_id = :tenant AND credential_id IN (:ids) ORDER BY credential_id, form""")
                .param("tenant", tenant.value())
                .param("ids", credentials.stream().map(UUID::toString).toList())
                .query((row, n) -> new Form(
                        UUID.fromString(row.getString("credential_id")),
                        row.getString("form"),
                        row.getBytes("content")))
                .list();
    }

    Optional<byte[]> form(TenantId tenant, UUID credential, String form) {
        return jdbc.sql(
                        "SELECT content FROM arrived_credential_form WHERE tenant_id = ? AND credential_id = ? AND form = ?")
                .params(tenant.value(), credential.toString(), form)
                .query((row, n) -> row.getBytes("content"))
                .optional();
    }

    List<ArrivedCredential> credentials(TenantId tenant, long issuerId, int offset, int limit) {
        return jdbc.sql(CREDENTIAL + " ORDER BY valid_from DESC, credential_id LIMIT ? OFFSET ?")
                .params(tenant.value(), issuerId, limit, offset)
                .query(ArrivedRepository::credential)
                .list();
    }

    /** By their ids. */
    List<ArrivedCredential> credentialsAfter(TenantId tenant, long issuerId, String id, int limit) {
        return jdbc.sql(CREDENTIAL + " AND credential_id > ? ORDER BY credential_id LIMIT ?")
                .params(tenant.value(), issuerId, id, limit)
                .query(ArrivedRepository::credential)
                .list();
    }

    Optional<ArrivedCredential> credential(TenantId tenant, long issuerId, UUID id) {
        return jdbc.sql(CREDENTIAL + " AND credential_id = ?")
                .params(tenant.value(), issuerId, id.toString())
                .query(ArrivedRepository::credential)
                .optional();
    }

    /** Those of a list that are in force as far as is known here. */
    List<ArrivedCredential> inForce(TenantId tenant, long issuerId, UUID list) {
        return jdbc.sql(CREDENTIAL + " AND list_id = ? AND not_in_force_since IS NULL")
                .params(tenant.value(), issuerId, list.toString())
                .query(ArrivedRepository::credential)
                .list();
    }

    /** As a list says, and as a newer one may take back. */
    void notInForce(TenantId tenant, Collection<UUID> credentials, Instant since) {
        template.batchUpdate(
                """
                UPDATE arrived_credential SET not_in_force_since = ?
                WHERE tenant_id = ? AND credential_id = ? AND not_in_force_since IS NULL""",
                credentials.stream()
                        .map(id -> new Object[] {Utc.of(since), tenant.value(), id.toString()})
                        .toList());
    }

    /**
     * Here, and for good.
     *
     * @return {@code false} where it was before
     */
    boolean withdraw(TenantId tenant, UUID credential, Instant now, long byPerson) {
        return jdbc.sql("""
                        UPDATE arrived_credential
                        SET not_in_force_since = COALESCE(not_in_force_since, ?), withdrawn_by = ?
                        WHERE tenant_id = ? AND credential_id = ? AND withdrawn_by IS NULL""")
                        .params(Utc.of(now), byPerson, tenant.value(), credential.toString())
                        .update()
                == 1;
    }

    /** How many of these are here. */
    int count(TenantId tenant, Collection<UUID> credentials) {
        return jdbc.sql("SELECT COUNT(*) FROM arrived_credential WHERE tenant_id = :tenant AND credential_id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", credentials.stream().map(UUID::toString).toList())
                .query(Integer.class)
                .single();
    }

    /** The numbers of their issuers, of those that are here. */
    Map<UUID, Long> issuersOf(TenantId tenant, Collection<UUID> credentials) {
        Map<UUID, Long> issuers = new HashMap<>();
        jdbc.sql("""
                SELECT credential_id, issuer_id FROM arrived_credential
                WHERE tenant_id = :tenant AND credential_id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("ids", credentials.stream().map(UUID::toString).toList())
                .query((RowCallbackHandler)
                        row -> issuers.put(UUID.fromString(row.getString("credential_id")), row.getLong("issuer_id")));
        return issuers;
    }

    private static ArrivedIssuer issuer(ResultSet row, int n) throws SQLException {
        return new ArrivedIssuer(
                row.getLong("id"),
                UUID.fromString(row.getString("arrival_id")),
                row.getString("did"),
                row.getString("name"),
                Utc.read(row, "as_of"),
                Utc.read(row, "arrived_at"),
                row.getInt("credentials"));
    }

    private static ArrivedCredential credential(ResultSet row, int n) throws SQLException {
        String list = row.getString("list_id");
        return new ArrivedCredential(
                UUID.fromString(row.getString("credential_id")),
                row.getLong("issuer_id"),
                row.getString("badge"),
                Utc.read(row, "valid_from"),
                list == null ? null : UUID.fromString(list),
                row.getObject("place", Integer.class),
                Utc.readNullable(row, "not_in_force_since"),
                row.getObject("withdrawn_by", Long.class));
    }
}
