package dev.laurel.credential.endorsement;

import dev.laurel.credential.endorsement.Endorsement.State;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code endorsement}. */
@Repository
class EndorsementRepository {

    private static final String COLUMNS = "id, subject, endorser_id, endorser, vouched_by, remark, valid_until,"
            + " embeddable, state, brought_at, decided_at FROM endorsement WHERE tenant_id = :tenant";

    private final JdbcClient jdbc;

    EndorsementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Brought(Endorsement says, byte[] brought, byte[] credential, byte[] hash, long broughtBy) {}

    /** The same credential again changes nothing, unless it had ended: then somebody decides anew. */
    void add(TenantId tenant, Brought brought) {
        Endorsement says = brought.says();
        jdbc.sql("""
                INSERT INTO endorsement (tenant_id, subject, content_hash, endorser_id, endorser, vouched_by, remark, valid_until,
                    brought, credential, embeddable, state, brought_by, brought_at, checked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(
                        tenant.value(),
                        says.subject(),
                        brought.hash(),
                        says.endorserId(),
                        says.endorser(),
                        says.vouchedBy(),
                        says.remark(),
                        Utc.ofNullable(says.validUntil()),
                        brought.brought(),
                        brought.credential(),
                        says.embeddable(),
                        says.state().name(),
                        brought.broughtBy(),
                        Utc.of(says.broughtAt()),
                        Utc.of(says.broughtAt()))
                .update();
        jdbc.sql("""
                UPDATE endorsement SET state = ?, brought = ?, vouched_by = ?, embeddable = ?, brought_by = ?, brought_at = ?,
                    checked_at = ?, decided_by = NULL, decided_at = NULL
                WHERE tenant_id = ? AND content_hash = ? AND state = 'ENDED'""")
                .params(
                        says.state().name(),
                        brought.brought(),
                        says.vouchedBy(),
                        says.embeddable(),
                        brought.broughtBy(),
                        Utc.of(says.broughtAt()),
                        Utc.of(says.broughtAt()),
                        tenant.value(),
                        brought.hash())
                .update();
    }

    Optional<Endorsement> byHash(TenantId tenant, byte[] hash) {
        return jdbc.sql("SELECT " + COLUMNS + " AND content_hash = :hash")
                .param("tenant", tenant.value())
                .param("hash", hash)
                .query(EndorsementRepository::endorsement)
                .optional();
    }

    /** What waits first, then the newest. */
    List<Endorsement> all(TenantId tenant, int offset, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " ORDER BY state = 'PENDING' DESC, id DESC LIMIT :limit OFFSET :offset")
                .param("tenant", tenant.value())
                .param("limit", limit)
                .param("offset", offset)
                .query(EndorsementRepository::endorsement)
                .list();
    }

    int count(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM endorsement WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    List<Endorsement> approved(TenantId tenant, Collection<String> subjects, Instant now, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         AND state = 'APPROVED' AND subject IN (:subjects) AND (valid_until IS NULL OR valid_until > :now)
                        ORDER BY decided_at DESC, id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("subjects", subjects)
                .param("now", Utc.of(now))
                .param("limit", limit)
                .query(EndorsementRepository::endorsement)
                .list();
    }

    record Embedded(long id, String subject, byte[] hash, byte[] credential) {}

    /** The oldest first, so that another one does not move them. */
    List<Embedded> embedded(TenantId tenant, Collection<String> subjects) {
        return jdbc.sql("""
                SELECT id, subject, content_hash, credential FROM endorsement
                WHERE tenant_id = :tenant AND state = 'APPROVED' AND embeddable AND subject IN (:subjects)
                    AND valid_until IS NULL
                ORDER BY id""")
                .param("tenant", tenant.value())
                .param("subjects", subjects)
                .query((row, n) -> new Embedded(
                        row.getLong("id"),
                        row.getString("subject"),
                        row.getBytes("content_hash"),
                        row.getBytes("credential")))
                .list();
    }

    /** The same decision again keeps its moment. */
    boolean decide(TenantId tenant, long id, State state, long byPerson, Instant now) {
        return jdbc.sql("""
                        UPDATE endorsement SET decided_by = ?, decided_at = IF(state = ?, decided_at, ?), state = ?
                        WHERE tenant_id = ? AND id = ? AND state <> 'ENDED'""")
                        .params(byPerson, state.name(), Utc.of(now), state.name(), tenant.value(), id)
                        .update()
                == 1;
    }

    record Due(TenantId tenant, long id, byte[] hash, byte[] brought) {}

    /** Those that are shown and were last looked at before this time. */
    List<Due> due(TenantId tenant, Instant before, int limit) {
        return jdbc.sql("""
                SELECT id, content_hash, brought FROM endorsement
                WHERE tenant_id = ? AND state = 'APPROVED' AND checked_at < ? ORDER BY checked_at LIMIT ?""")
                .params(tenant.value(), Utc.of(before), limit)
                .query((row, n) ->
                        new Due(tenant, row.getLong("id"), row.getBytes("content_hash"), row.getBytes("brought")))
                .list();
    }

    List<TenantId> tenantsWithDue(Instant before) {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM endorsement WHERE state = 'APPROVED' AND checked_at < ?")
                .param(Utc.of(before))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    /** @param fits whether it may still stand inside badges, if it might until now */
    void checked(TenantId tenant, long id, boolean ended, boolean fits, Instant now) {
        jdbc.sql("UPDATE endorsement SET checked_at = ?, state = IF(? AND state = 'APPROVED', 'ENDED', state),"
                        + " embeddable = embeddable AND ? WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), ended, fits, tenant.value(), id)
                .update();
    }

    private static Endorsement endorsement(ResultSet row, int n) throws SQLException {
        @Nullable Instant until = Utc.readNullable(row, "valid_until");
        return new Endorsement(
                row.getLong("id"),
                row.getString("subject"),
                row.getString("endorser_id"),
                row.getString("endorser"),
                row.getString("vouched_by"),
                row.getString("remark"),
                until,
                row.getBoolean("embeddable"),
                State.valueOf(row.getString("state")),
                Utc.read(row, "brought_at"),
                Utc.readNullable(row, "decided_at"));
    }
}
