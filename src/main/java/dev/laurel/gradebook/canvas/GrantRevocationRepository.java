package dev.laurel.gradebook.canvas;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code reading_revocation}: permissions whose end Canvas does not know yet. Tokens are sealed as those of grants. */
@Repository
class GrantRevocationRepository {

    /** So many are read together. */
    static final int MOST = 200;

    private final JdbcClient jdbc;

    private final ReadingGrants grants;

    GrantRevocationRepository(JdbcClient jdbc, ReadingGrants grants) {
        this.jdbc = jdbc;
        this.grants = grants;
    }

    /** @param since when it ended here, UTC */
    record Row(Grant grant, Instant since) {}

    void add(Grant grant, Instant now) {
        jdbc.sql("""
                INSERT INTO reading_revocation (tenant_id, registration_id, source, context_id, granted_at, refresh_sealed,
                    access_sealed, access_until, over_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE over_since = over_since""")
                .params(
                        grant.tenant().value(),
                        grant.registrationId(),
                        CanvasSource.NAME,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()),
                        grant.refreshToken() == null ? null : grants.seal(grant.refreshToken()),
                        grants.seal(grant.accessToken()),
                        Utc.ofNullable(grant.accessUntil()),
                        Utc.of(now))
                .update();
    }

    /** What somebody allowed and Canvas still accepts. */
    void addOfOwner(TenantId tenant, long personId, Instant now) {
        jdbc.sql("""
                INSERT INTO reading_revocation (tenant_id, registration_id, source, context_id, granted_at, refresh_sealed,
                    access_sealed, access_until, over_since)
                SELECT tenant_id, registration_id, source, context_id, granted_at, refresh_sealed, access_sealed,
                    access_until, ?
                FROM reading_grant WHERE tenant_id = ? AND owner_person = ? AND source = ? AND ended_at IS NULL
                ON DUPLICATE KEY UPDATE over_since = reading_revocation.over_since""")
                .params(Utc.of(now), tenant.value(), personId, CanvasSource.NAME)
                .update();
    }

    /** Of a tenant, the oldest first of those behind this place, at most {@value #MOST}. */
    List<Row> some(TenantId tenant, GrantRevocationPlace behind) {
        return jdbc.sql("SELECT * FROM reading_revocation WHERE tenant_id = ? AND source = ?"
                        + " AND (over_since, registration_id, context_id, granted_at) > (?, ?, ?, ?)"
                        + " ORDER BY over_since, registration_id, context_id, granted_at LIMIT ?")
                .params(
                        tenant.value(),
                        CanvasSource.NAME,
                        Utc.of(behind.since()),
                        behind.registrationId(),
                        behind.contextId(),
                        Utc.of(behind.grantedAt()),
                        MOST)
                .query((row, n) -> new Row(grant(row), Utc.read(row, "over_since")))
                .list();
    }

    /** At one Canvas of the tenant, the oldest first, at most {@value #MOST}. */
    List<Row> ofRegistration(TenantId tenant, long registrationId) {
        return jdbc.sql("SELECT * FROM reading_revocation WHERE tenant_id = ? AND registration_id = ? AND source = ?"
                        + " ORDER BY over_since LIMIT ?")
                .params(tenant.value(), registrationId, CanvasSource.NAME, MOST)
                .query((row, n) -> new Row(grant(row), Utc.read(row, "over_since")))
                .list();
    }

    void removeAll(TenantId tenant, long registrationId) {
        jdbc.sql("DELETE FROM reading_revocation WHERE tenant_id = ? AND registration_id = ? AND source = ?")
                .params(tenant.value(), registrationId, CanvasSource.NAME)
                .update();
    }

    List<TenantId> tenants() {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM reading_revocation")
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    void remove(Grant grant) {
        jdbc.sql("""
                DELETE FROM reading_revocation
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?""")
                .params(
                        grant.tenant().value(),
                        grant.registrationId(),
                        CanvasSource.NAME,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    private Grant grant(ResultSet row) throws SQLException {
        Instant grantedAt = Utc.read(row, "granted_at");
        return new Grant(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("registration_id"),
                row.getLong("context_id"),
                0,
                null,
                0,
                grants.open(row.getBytes("refresh_sealed")),
                String.valueOf(grants.open(row.getBytes("access_sealed"))),
                Utc.readNullable(row, "access_until"),
                Set.of(),
                grantedAt,
                null);
    }
}
