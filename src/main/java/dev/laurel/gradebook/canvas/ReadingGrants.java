package dev.laurel.gradebook.canvas;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code reading_grant}: at most one for a course, and one for all of an institution. Tokens are sealed. */
@Repository
class ReadingGrants {

    private static final String PURPOSE = "reading-grant";

    private static final String SOURCE = CanvasSource.NAME;

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    ReadingGrants(JdbcClient jdbc, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
    }

    Optional<Grant> find(TenantId tenant, long registrationId, long contextId) {
        return among(tenant, registrationId, List.of(contextId)).stream().findFirst();
    }

    /** Those of these courses, {@link Grant#INSTITUTION} being one. One statement. */
    List<Grant> among(TenantId tenant, long registrationId, Collection<Long> contextIds) {
        return jdbc.sql("""
                SELECT * FROM reading_grant
                WHERE tenant_id = :tenant AND registration_id = :registration AND source = :source
                    AND context_id IN (:contexts)
                ORDER BY context_id""")
                .param("tenant", tenant.value())
                .param("registration", registrationId)
                .param("source", SOURCE)
                .param("contexts", contextIds)
                .query((row, n) -> grant(row))
                .list();
    }

    /** At most {@code most}, that of the institution first. */
    List<Grant> ofRegistration(TenantId tenant, long registrationId, int most) {
        return jdbc.sql("""
                SELECT * FROM reading_grant WHERE tenant_id = ? AND registration_id = ? AND source = ?
                ORDER BY context_id LIMIT ?""")
                .params(tenant.value(), registrationId, SOURCE, most)
                .query((row, n) -> grant(row))
                .list();
    }

    List<Grant> ofOwner(TenantId tenant, long personId, int most) {
        return jdbc.sql("""
                SELECT * FROM reading_grant WHERE tenant_id = ? AND owner_person = ? AND source = ?
                ORDER BY granted_at DESC LIMIT ?""")
                .params(tenant.value(), personId, SOURCE, most)
                .query((row, n) -> grant(row))
                .list();
    }

    /** Adds it, or puts it in the place of the one that was there. */
    void save(Grant grant) {
        jdbc.sql("""
                INSERT INTO reading_grant (tenant_id, registration_id, source, context_id, owner_person, owner_user, shard,
                    refresh_sealed, access_sealed, access_until, capabilities, granted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE owner_person = VALUES(owner_person), owner_user = VALUES(owner_user),
                    shard = VALUES(shard), refresh_sealed = VALUES(refresh_sealed), access_sealed = VALUES(access_sealed),
                    access_until = VALUES(access_until), capabilities = VALUES(capabilities),
                    granted_at = VALUES(granted_at), renewing_until = NULL, ended_at = NULL""")
                .params(
                        grant.tenant().value(),
                        grant.registrationId(),
                        SOURCE,
                        grant.contextId(),
                        grant.ownerPerson(),
                        grant.ownerUser(),
                        grant.shard(),
                        grant.refreshToken() == null ? null : seal(grant.refreshToken()),
                        seal(grant.accessToken()),
                        Utc.ofNullable(grant.accessUntil()),
                        CanvasCapability.list(grant.capabilities()),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    /** Whether this caller is the one who gets a new access token now: each new one ends the one before. */
    boolean mayRenew(Grant grant, Instant now, Duration atMost) {
        return jdbc.sql("""
                UPDATE reading_grant SET renewing_until = ?
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?
                    AND (renewing_until IS NULL OR renewing_until < ?)""")
                        .params(
                                Utc.of(now.plus(atMost)),
                                grant.tenant().value(),
                                grant.registrationId(),
                                SOURCE,
                                grant.contextId(),
                                Utc.of(grant.grantedAt()),
                                Utc.of(now))
                        .update()
                == 1;
    }

    void renewed(Grant grant, String accessToken, @Nullable Instant until) {
        jdbc.sql("""
                UPDATE reading_grant SET access_sealed = ?, access_until = ?, shard = ?, renewing_until = NULL
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?""")
                .params(
                        seal(accessToken),
                        Utc.ofNullable(until),
                        grant.shard(),
                        grant.tenant().value(),
                        grant.registrationId(),
                        SOURCE,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    void notRenewed(Grant grant) {
        jdbc.sql("""
                UPDATE reading_grant SET renewing_until = NULL
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?""")
                .params(
                        grant.tenant().value(),
                        grant.registrationId(),
                        SOURCE,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    /** Canvas does not accept it any more. One that was given since stays. */
    void ended(Grant grant, Instant at) {
        jdbc.sql("""
                UPDATE reading_grant SET ended_at = ?, renewing_until = NULL
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?
                    AND ended_at IS NULL""")
                .params(
                        Utc.of(at),
                        grant.tenant().value(),
                        grant.registrationId(),
                        SOURCE,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    void remove(Grant grant) {
        jdbc.sql("""
                DELETE FROM reading_grant
                WHERE tenant_id = ? AND registration_id = ? AND source = ? AND context_id = ? AND granted_at = ?""")
                .params(
                        grant.tenant().value(),
                        grant.registrationId(),
                        SOURCE,
                        grant.contextId(),
                        Utc.of(grant.grantedAt()))
                .update();
    }

    /** @return whether there were any */
    boolean removeOfOwner(TenantId tenant, long personId) {
        return jdbc.sql("DELETE FROM reading_grant WHERE tenant_id = ? AND owner_person = ?")
                        .params(tenant.value(), personId)
                        .update()
                > 0;
    }

    byte[] seal(String token) {
        return masterKey.seal(PURPOSE, token.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable
    String open(byte @Nullable [] sealed) {
        return sealed == null ? null : new String(masterKey.open(PURPOSE, sealed), StandardCharsets.UTF_8);
    }

    private Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("registration_id"),
                row.getLong("context_id"),
                row.getLong("owner_person"),
                row.getString("owner_user"),
                row.getLong("shard"),
                open(row.getBytes("refresh_sealed")),
                String.valueOf(open(row.getBytes("access_sealed"))),
                Utc.readNullable(row, "access_until"),
                CanvasCapability.ofList(row.getString("capabilities")),
                Utc.read(row, "granted_at"),
                Utc.readNullable(row, "ended_at"));
    }
}
