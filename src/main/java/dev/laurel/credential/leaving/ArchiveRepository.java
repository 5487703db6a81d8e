package dev.laurel.credential.leaving;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What goes into an archive, page by page, and the table {@code issuer_archive}. */
@Repository
class ArchiveRepository {

    private final JdbcClient jdbc;

    ArchiveRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A credential as it lies there.
     *
     * @param notInForceSince as its status list says
     * @param sealedFor the person under whose key its bytes and those of its forms lie; {@code null}: they lie open
     */
    record Signed(
            long awardId,
            UUID publicId,
            byte[] embedded,
            byte @Nullable [] jwt,
            @Nullable Instant notInForceSince,
            @Nullable Long sealedFor) {}

    List<Signed> signedAfter(TenantId tenant, long awardId, int limit) {
        return jdbc.sql("""
                SELECT c.award_id, c.public_id, c.embedded, c.jwt, e.since, c.sealed_for FROM credential c
                LEFT JOIN status_entry e ON e.tenant_id = c.tenant_id AND e.award_id = c.award_id AND e.past = 0
                WHERE c.tenant_id = ? AND c.award_id > ? AND c.signed_at IS NOT NULL
                ORDER BY c.award_id LIMIT ?""")
                .params(tenant.value(), awardId, limit)
                .query((row, n) -> new Signed(
                        row.getLong("award_id"),
                        UUID.fromString(row.getString("public_id")),
                        row.getBytes("embedded"),
                        row.getBytes("jwt"),
                        Utc.readNullable(row, "since"),
                        row.getObject("sealed_for", Long.class)))
                .list();
    }

    /** A further form of one of these. */
    record Form(long awardId, String saying, byte[] embedded, byte @Nullable [] jwt) {}

    List<Form> forms(TenantId tenant, Collection<Long> awardIds) {
        return jdbc.sql("""
                SELECT award_id, saying, embedded, jwt FROM credential_saying
                WHERE tenant_id = :tenant AND award_id IN (:awards)
                UNION ALL
                SELECT award_id, CONCAT('HELD_', LEFT(HEX(did_hash), 16)), embedded, jwt FROM credential_holding
                WHERE tenant_id = :tenant AND award_id IN (:awards)
                ORDER BY award_id, saying""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .query((row, n) -> new Form(
                        row.getLong("award_id"),
                        row.getString("saying"),
                        row.getBytes("embedded"),
                        row.getBytes("jwt")))
                .list();
    }

    List<UUID> statusLists(TenantId tenant) {
        return jdbc.sql("SELECT public_id FROM status_list WHERE tenant_id = ? AND signed IS NOT NULL ORDER BY id")
                .param(tenant.value())
                .query((row, n) -> UUID.fromString(row.getString("public_id")))
                .list();
    }

    long begin(TenantId tenant, Passage.Way way, long byPerson, Instant now) {
        jdbc.sql("INSERT INTO issuer_archive (tenant_id, way, by_person, permitted_at) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), way.name(), byPerson, Utc.of(now))
                .update();
        return jdbc.sql("SELECT MAX(id) FROM issuer_archive WHERE tenant_id = ? AND way = ? AND by_person = ?")
                .params(tenant.value(), way.name(), byPerson)
                .query(Long.class)
                .single();
    }

    /** What she was permitted and has not used yet. */
    Optional<Passage> unused(TenantId tenant, long byPerson, Instant since) {
        return jdbc.sql("""
                SELECT id, way, by_person, permitted_at, finished_at, issuers, credentials FROM issuer_archive
                WHERE tenant_id = ? AND by_person = ? AND way = 'OUT' AND permitted_at > ? AND issuers IS NULL
                ORDER BY id DESC LIMIT 1""")
                .params(tenant.value(), byPerson, Utc.of(since))
                .query(ArchiveRepository::passage)
                .optional();
    }

    /** True for one caller only. */
    boolean use(TenantId tenant, long id) {
        return jdbc.sql("UPDATE issuer_archive SET issuers = 0, credentials = 0"
                                + " WHERE tenant_id = ? AND id = ? AND issuers IS NULL")
                        .params(tenant.value(), id)
                        .update()
                == 1;
    }

    void finish(TenantId tenant, long id, int issuers, int credentials, Instant now) {
        jdbc.sql(
                        "UPDATE issuer_archive SET issuers = ?, credentials = ?, finished_at = ? WHERE tenant_id = ? AND id = ?")
                .params(issuers, credentials, Utc.of(now), tenant.value(), id)
                .update();
    }

    /** The newest first. */
    List<Passage> passages(TenantId tenant, int limit) {
        return jdbc.sql("""
                SELECT id, way, by_person, permitted_at, finished_at, issuers, credentials FROM issuer_archive
                WHERE tenant_id = ? ORDER BY id DESC LIMIT ?""")
                .params(tenant.value(), limit)
                .query(ArchiveRepository::passage)
                .list();
    }

    private static Passage passage(ResultSet row, int n) throws SQLException {
        return new Passage(
                row.getLong("id"),
                Passage.Way.valueOf(row.getString("way")),
                row.getLong("by_person"),
                Utc.read(row, "permitted_at"),
                Utc.readNullable(row, "finished_at"),
                row.getInt("issuers"),
                row.getInt("credentials"));
    }
}
