package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of {@code archive_arrival} and {@code archive_arrival_part}. */
@Repository
class ArrivalRepository {

    /** Parts that go in one statement, which stays far below what a replicated transaction may weigh. */
    private static final int FORGOTTEN_TOGETHER = 16;

    private static final String FORGETTABLE = """
            (finished_at IS NULL AND brought_at < ? OR finished_at IS NOT NULL AND EXISTS (SELECT 1
                FROM archive_arrival_part p WHERE p.tenant_id = a.tenant_id AND p.arrival_id = a.id))""";

    private final JdbcClient jdbc;

    ArrivalRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the place of the institution.
     *
     * @param deadAfter of one that is received, without a {@linkplain #alive sign of life}
     * @throws org.springframework.dao.DuplicateKeyException where another one has the place
     */
    long begin(TenantId tenant, long byPerson, Instant now, Duration deadAfter) {
        jdbc.sql("""
                UPDATE archive_arrival SET state = 'LOST', under_way = NULL, finished_at = ?
                WHERE tenant_id = ? AND under_way = 1 AND state = 'RECEIVING' AND alive_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND""").params(Utc.of(now), tenant.value(), deadAfter.toSeconds()).update();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO archive_arrival (tenant_id, by_person, state, under_way, brought_at, alive_at, bytes, bytes_read,
                    entries_read, issuers, badges, badges_done, badges_new)
                VALUES (?, ?, 'RECEIVING', 1, ?, UTC_TIMESTAMP(6), 0, 0, 0, 0, 0, 0, 0)""").params(tenant.value(), byPerson, Utc.of(now)).update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Number.class)).longValue();
    }

    /** It is still received. */
    void alive(TenantId tenant, long id) {
        jdbc.sql(
                        "UPDATE archive_arrival SET alive_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? AND state = 'RECEIVING'")
                .params(tenant.value(), id)
                .update();
    }

    /**
     * It is whole.
     *
     * @return {@code false} where it lost its place meanwhile
     */
    boolean received(TenantId tenant, long id, byte[] keySealed, long bytes) {
        return jdbc.sql("""
                        UPDATE archive_arrival SET state = 'CHECKING', key_sealed = ?, bytes = ?
                        WHERE tenant_id = ? AND id = ? AND state = 'RECEIVING'""").params(keySealed, bytes, tenant.value(), id).update() == 1;
    }

    /**
     * So much is checked, or what was before where that is more.
     *
     * @return whether it is still to be checked
     */
    boolean checked(TenantId tenant, long id, long entries, long bytes) {
        return jdbc.sql("""
                UPDATE archive_arrival SET entries_read = GREATEST(entries_read, ?), bytes_read = GREATEST(bytes_read, ?)
                WHERE tenant_id = ? AND id = ? AND state = 'CHECKING'""").params(entries, bytes, tenant.value(), id).update() == 1;
    }

    /** Its issuers are here. */
    void settled(TenantId tenant, long id, ArrivingIssuers.Settled settled, int badges) {
        jdbc.sql("""
                UPDATE archive_arrival SET state = 'ARRIVING', issuers = ?, badges = ?, bytes_read = bytes, saved_at = ?,
                    issuers_older = ?, withdrawals_kept = ?
                WHERE tenant_id = ? AND id = ?""")
                .params(
                        settled.issuers(),
                        badges,
                        Utc.of(settled.savedAt()),
                        settled.older(),
                        settled.withdrawalsKept(),
                        tenant.value(),
                        id)
                .update();
    }

    void arrived(TenantId tenant, long id, int done, int fresh) {
        jdbc.sql("""
                UPDATE archive_arrival SET badges_done = badges_done + ?, badges_new = badges_new + ?
                WHERE tenant_id = ? AND id = ?""").params(done, fresh, tenant.value(), id).update();
    }

    /** The key goes at once; its parts are {@linkplain #forgetParts forgotten} after that. */
    void finish(TenantId tenant, long id, ArchiveArrival.State state, Instant now) {
        jdbc.sql("""
                UPDATE archive_arrival SET state = ?, under_way = NULL, key_sealed = NULL, finished_at = ?
                WHERE tenant_id = ? AND id = ?""").params(state.name(), Utc.of(now), tenant.value(), id).update();
    }

    void refuse(TenantId tenant, long id, ArchiveRefusedException why, Instant now) {
        finish(tenant, id, ArchiveArrival.State.REFUSED, now);
        jdbc.sql("UPDATE archive_arrival SET refusal = ?, refused_word = ? WHERE tenant_id = ? AND id = ?")
                .params(why.reason().name(), Varchar.fit(String.join(" ", why.words()), 500), tenant.value(), id)
                .update();
    }

    /** Frees the place of one that did not come to be received; of any other nothing changes. */
    void discard(TenantId tenant, long id) {
        if (find(tenant, id).filter(ArchiveArrival::isReceived).isEmpty()) {
            forgetParts(tenant, id);
            jdbc.sql("DELETE FROM archive_arrival WHERE tenant_id = ? AND id = ? AND state = 'RECEIVING'")
                    .params(tenant.value(), id)
                    .update();
        }
    }

    /** What has the place of the institution, else the newest that is decided. */
    Optional<ArchiveArrival> latest(TenantId tenant, Duration deadAfter) {
        return jdbc.sql("""
                SELECT * FROM archive_arrival WHERE tenant_id = ?
                    AND (state <> 'RECEIVING' OR alive_at >= UTC_TIMESTAMP(6) - INTERVAL ? SECOND)
                ORDER BY under_way DESC, id DESC LIMIT 1""")
                .params(tenant.value(), deadAfter.toSeconds())
                .query(ArrivalRepository::arrival)
                .optional();
    }

    Optional<ArchiveArrival> find(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM archive_arrival WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query(ArrivalRepository::arrival)
                .optional();
    }

    Optional<ArchiveArrival> lock(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM archive_arrival WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), id)
                .query(ArrivalRepository::arrival)
                .optional();
    }

    /** Of one that is under way; empty of any other. */
    Optional<byte[]> keySealed(TenantId tenant, long id) {
        return jdbc.sql("SELECT key_sealed FROM archive_arrival WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((row, n) -> Optional.ofNullable(row.getBytes("key_sealed")))
                .optional()
                .flatMap(Function.identity());
    }

    void addPart(TenantId tenant, long id, int place, byte[] sealed) {
        jdbc.sql("INSERT INTO archive_arrival_part (tenant_id, arrival_id, place, sealed) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), id, place, sealed)
                .update();
    }

    Optional<byte[]> part(TenantId tenant, long id, int place) {
        return jdbc.sql("SELECT sealed FROM archive_arrival_part WHERE tenant_id = ? AND arrival_id = ? AND place = ?")
                .params(tenant.value(), id, place)
                .query(byte[].class)
                .optional();
    }

    void forgetParts(TenantId tenant, long id) {
        int gone = FORGOTTEN_TOGETHER;
        while (gone == FORGOTTEN_TOGETHER) {
            gone = jdbc.sql(
                            "DELETE FROM archive_arrival_part WHERE tenant_id = ? AND arrival_id = ? ORDER BY place LIMIT "
                                    + FORGOTTEN_TOGETHER)
                    .params(tenant.value(), id)
                    .update();
        }
    }

    /** Those that were brought before and never ended, and those that are decided and still have parts. */
    List<ArchiveArrival> forgettable(TenantId tenant, Instant brought) {
        return jdbc.sql("SELECT * FROM archive_arrival a WHERE tenant_id = ? AND " + FORGETTABLE)
                .params(tenant.value(), Utc.of(brought))
                .query(ArrivalRepository::arrival)
                .list();
    }

    List<TenantId> withForgettable(Instant brought) {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM archive_arrival a WHERE " + FORGETTABLE)
                .param(Utc.of(brought))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    private static ArchiveArrival arrival(ResultSet row, int n) throws SQLException {
        String refusal = row.getString("refusal");
        String word = row.getString("refused_word");
        return new ArchiveArrival(
                row.getLong("id"),
                row.getLong("by_person"),
                ArchiveArrival.State.valueOf(row.getString("state")),
                Utc.read(row, "brought_at"),
                Utc.readNullable(row, "finished_at"),
                row.getLong("bytes"),
                row.getLong("bytes_read"),
                row.getLong("entries_read"),
                row.getInt("issuers"),
                row.getInt("badges"),
                row.getInt("badges_done"),
                row.getInt("badges_new"),
                Utc.readNullable(row, "saved_at"),
                row.getInt("issuers_older"),
                row.getInt("withdrawals_kept"),
                refusal == null ? null : Reason.valueOf(refusal),
                word == null ? "" : word);
    }
}
