package dev.laurel.achievement;

import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Issuers, and which course may speak as which. */
@Repository
class IssuerRepository {

    private static final String COLUMNS = "i.id, i.public_id, i.kind, i.context_id, i.name, i.details, i.image_id";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    IssuerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an issuer; of a course that has one already nothing changes. */
    void insert(
            TenantId tenant,
            Issuer.Kind kind,
            @Nullable Long contextId,
            String name,
            UUID publicId,
            @Nullable Long byPerson,
            Instant now) {
        jdbc.sql("""
                INSERT INTO issuer (tenant_id, public_id, kind, context_id, name, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(tenant.value(), publicId.toString(), kind.name(), contextId, name, byPerson, Utc.of(now))
                .update();
    }

    /** Adds the one sample issuer; where there is one nothing changes. */
    void insertSample(TenantId tenant, String name, UUID publicId, Instant now) {
        jdbc.sql("""
                INSERT INTO issuer (tenant_id, public_id, kind, name, one_sample, created_at)
                VALUES (?, ?, 'SAMPLE', ?, TRUE, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(tenant.value(), publicId.toString(), name, Utc.of(now))
                .update();
    }

    Optional<Issuer> sample(TenantId tenant) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM issuer i WHERE i.tenant_id = ? AND i.one_sample")
                .param(tenant.value())
                .query(IssuerRepository::issuer)
                .optional();
    }

    Optional<Issuer> ofCourse(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM issuer i WHERE i.tenant_id = ? AND i.context_id = ?")
                .params(tenant.value(), contextId)
                .query(IssuerRepository::issuer)
                .optional();
    }

    Optional<Issuer> find(TenantId tenant, long issuerId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM issuer i WHERE i.tenant_id = ? AND i.id = ?")
                .params(tenant.value(), issuerId)
                .query(IssuerRepository::issuer)
                .optional();
    }

    /** Public ids are unguessable and public: the one look-up that does not start with a tenant. */
    Optional<OwnedIssuer> findByPublicId(UUID publicId) {
        return jdbc.sql("SELECT i.tenant_id, " + COLUMNS + " FROM issuer i WHERE i.public_id = ?")
                .param(publicId.toString())
                .query((row, n) -> new OwnedIssuer(new TenantId(row.getLong("tenant_id")), issuer(row, n)))
                .optional();
    }

    List<Issuer> ofInstitution(TenantId tenant) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM issuer i WHERE i.tenant_id = ? AND i.kind = 'INSTITUTION' ORDER BY i.name, i.id")
                .param(tenant.value())
                .query(IssuerRepository::issuer)
                .list();
    }

    List<Issuer> real(TenantId tenant) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM issuer i WHERE i.tenant_id = ? AND i.kind <> 'SAMPLE' ORDER BY i.id")
                .param(tenant.value())
                .query(IssuerRepository::issuer)
                .list();
    }

    Optional<Issuer> oldest(TenantId tenant) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM issuer i WHERE i.tenant_id = ? AND i.kind <> 'SAMPLE' ORDER BY i.id LIMIT 1")
                .param(tenant.value())
                .query(IssuerRepository::issuer)
                .optional();
    }

    Optional<Issuer> granted(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM issuer_grant g JOIN issuer i ON i.tenant_id = g.tenant_id AND i.id = g.issuer_id
                        WHERE g.tenant_id = ? AND g.context_id = ? AND g.live""")
                .params(tenant.value(), contextId)
                .query(IssuerRepository::issuer)
                .optional();
    }

    Map<Long, Issuer> granted(TenantId tenant) {
        Map<Long, Issuer> byContext = new LinkedHashMap<>();
        jdbc.sql("SELECT g.context_id AS granted_to, " + COLUMNS + """
                         FROM issuer_grant g JOIN issuer i ON i.tenant_id = g.tenant_id AND i.id = g.issuer_id
                        WHERE g.tenant_id = ? AND g.live ORDER BY g.context_id""")
                .param(tenant.value())
                .query((row, n) -> Map.entry(row.getLong("granted_to"), issuer(row, n)))
                .list()
                .forEach(grant -> byContext.put(grant.getKey(), grant.getValue()));
        return byContext;
    }

    /** Of an issuer of the institution; {@code false} where it is none. */
    boolean describe(TenantId tenant, long issuerId, String name, IssuerDetails details, @Nullable Long imageId) {
        return jdbc.sql("UPDATE issuer SET name = ?, details = ?, image_id = ?"
                                + " WHERE tenant_id = ? AND id = ? AND kind = 'INSTITUTION'")
                        .params(
                                name,
                                details.equals(IssuerDetails.NOTHING) ? null : JSON.writeValueAsString(details),
                                imageId,
                                tenant.value(),
                                issuerId)
                        .update()
                > 0;
    }

    void addLogo(TenantId tenant, long issuerId, long imageId) {
        jdbc.sql("INSERT INTO issuer_logo (tenant_id, issuer_id, image_id) VALUES (?, ?, ?)")
                .params(tenant.value(), issuerId, imageId)
                .update();
    }

    List<Long> logos(TenantId tenant, long issuerId) {
        return jdbc.sql("SELECT image_id FROM issuer_logo WHERE tenant_id = ? AND issuer_id = ? ORDER BY image_id")
                .params(tenant.value(), issuerId)
                .query(Long.class)
                .list();
    }

    void grant(TenantId tenant, long issuerId, long contextId, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO issuer_grant (tenant_id, issuer_id, context_id, live, granted_by, granted_at)
                VALUES (?, ?, ?, TRUE, ?, ?)""")
                .params(tenant.value(), issuerId, contextId, byPerson, Utc.of(now))
                .update();
    }

    /** Whether there was one. */
    boolean withdraw(TenantId tenant, long contextId, long byPerson, Instant now) {
        return jdbc.sql("""
                        UPDATE issuer_grant SET live = NULL, revoked_by = ?, revoked_at = ?
                        WHERE tenant_id = ? AND context_id = ? AND live""")
                        .params(byPerson, Utc.of(now), tenant.value(), contextId)
                        .update()
                > 0;
    }

    private static Issuer issuer(ResultSet row, int n) throws SQLException {
        long contextId = row.getLong("context_id");
        String details = row.getString("details");
        return new Issuer(
                row.getLong("id"),
                UUID.fromString(row.getString("public_id")),
                Issuer.Kind.valueOf(row.getString("kind")),
                contextId == 0 ? null : Long.valueOf(contextId),
                row.getString("name"),
                details == null ? IssuerDetails.NOTHING : JSON.readValue(details, IssuerDetails.class),
                row.getObject("image_id", Long.class));
    }
}
