package dev.laurel.publication;

import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ShareRepository {

    private final JdbcClient jdbc;

    ShareRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where an award is public. */
    record Shared(TenantId tenant, long awardId) {}

    /** An address that its holder did not withdraw. */
    record Kept(byte[] sealedToken, @Nullable Instant endsAt) {

        boolean isOver(Instant now) {
            return endsAt != null && !endsAt.isAfter(now);
        }
    }

    /** @param withdrawnAt by its holder, or by the end that she chose */
    record Trace(Instant createdAt, @Nullable Instant withdrawnAt) {}

    /** The one question without a tenant: whoever has the token is allowed to ask it. */
    Optional<Shared> live(byte[] tokenHash, Instant now) {
        return jdbc.sql("""
                SELECT tenant_id, award_id FROM share
                WHERE token_hash = ? AND live = TRUE AND (ends_at IS NULL OR ends_at > ?)""")
                .params(tokenHash, Utc.of(now))
                .query((row, n) -> new Shared(new TenantId(row.getLong("tenant_id")), row.getLong("award_id")))
                .optional();
    }

    /** The last address that was not withdrawn, whether it has come to its end or not. */
    Optional<Kept> kept(TenantId tenant, long awardId) {
        return jdbc.sql("SELECT token_sealed, ends_at FROM share WHERE tenant_id = ? AND award_id = ? AND live = TRUE")
                .params(tenant.value(), awardId)
                .query((row, n) -> new Kept(row.getBytes("token_sealed"), Utc.readNullable(row, "ends_at")))
                .optional();
    }

    /** The awards that are public without an end, by their numbers, after this one. */
    List<Long> awardsAfter(TenantId tenant, long awardId, int limit) {
        return jdbc.sql("""
                SELECT award_id FROM share
                WHERE tenant_id = ? AND award_id > ? AND live = TRUE AND ends_at IS NULL
                ORDER BY award_id LIMIT ?""")
                .params(tenant.value(), awardId, limit)
                .query(Long.class)
                .list();
    }

    /** Where the award is shared already, nothing changes. */
    void add(
            TenantId tenant,
            long awardId,
            Reference reference,
            byte[] tokenHash,
            byte[] sealedToken,
            @Nullable Instant endsAt,
            Instant now) {
        jdbc.sql("""
                INSERT INTO share (token_hash, tenant_id, award_id, reference, token_sealed, live, created_at, ends_at)
                VALUES (?, ?, ?, ?, ?, TRUE, ?, ?)
                ON DUPLICATE KEY UPDATE award_id = VALUES(award_id)""")
                .params(
                        tokenHash,
                        tenant.value(),
                        awardId,
                        reference.value(),
                        sealedToken,
                        Utc.of(now),
                        endsAt == null ? null : Utc.of(endsAt))
                .update();
    }

    /** What has come to its end stays ended. */
    int end(TenantId tenant, long awardId, @Nullable Instant endsAt, Instant now) {
        return jdbc.sql("""
                UPDATE share SET ends_at = ?
                WHERE tenant_id = ? AND award_id = ? AND live = TRUE AND (ends_at IS NULL OR ends_at > ?)""")
                .params(endsAt == null ? null : Utc.of(endsAt), tenant.value(), awardId, Utc.of(now))
                .update();
    }

    /** Makes place for a new address where one has come to its end. */
    int retire(TenantId tenant, long awardId, Instant now) {
        return jdbc.sql("""
                UPDATE share SET live = NULL, withdrawn_at = ends_at
                WHERE tenant_id = ? AND award_id = ? AND live = TRUE AND ends_at <= ?""").params(tenant.value(), awardId, Utc.of(now)).update();
    }

    /** What has come to its end by itself was withdrawn then. */
    int withdraw(TenantId tenant, long awardId, Instant now) {
        return jdbc.sql("""
                UPDATE share SET live = NULL, withdrawn_at = LEAST(?, IFNULL(ends_at, ?))
                WHERE tenant_id = ? AND award_id = ? AND live = TRUE""")
                .params(Utc.of(now), Utc.of(now), tenant.value(), awardId)
                .update();
    }

    /** Of every tenant: what its holder withdrew, or what came to the end that she chose, after this moment. */
    List<Ended> endedAfter(Instant moment, Instant now) {
        return jdbc.sql("""
                SELECT token_hash, withdrawn_at AS ended FROM share WHERE withdrawn_at > ?
                UNION ALL SELECT token_hash, ends_at FROM share WHERE ends_at > ? AND ends_at <= ? AND live = TRUE""")
                .params(Utc.of(moment), Utc.of(moment), Utc.of(now))
                .query((row, n) ->
                        new Ended(HexFormat.of().formatHex(row.getBytes("token_hash")), Utc.read(row, "ended")))
                .list();
    }

    /** Those of these addresses at which something is to be seen, in letters. */
    Set<String> open(Collection<String> tokenHashes, Instant now) {
        return Set.copyOf(jdbc.sql("""
                        SELECT token_hash FROM share
                        WHERE token_hash IN (:hashes) AND live = TRUE AND (ends_at IS NULL OR ends_at > :now)""")
                .param(
                        "hashes",
                        tokenHashes.stream().map(HexFormat.of()::parseHex).toList())
                .param("now", Utc.of(now))
                .query((row, n) -> HexFormat.of().formatHex(row.getBytes("token_hash")))
                .list());
    }

    /** @return whether it was not withdrawn before */
    boolean withdraw(String tokenHash, Instant at) {
        return jdbc.sql("UPDATE share SET live = NULL, withdrawn_at = ? WHERE token_hash = ? AND live = TRUE")
                        .params(Utc.of(at), HexFormat.of().parseHex(tokenHash))
                        .update()
                == 1;
    }

    /**
     * Where awards are public, others that say the same are, and as much of them is shown. Two statements.
     *
     * @param again by the number of the earlier one
     */
    void goOn(TenantId tenant, Map<Long, Long> again) {
        List<Long> before = List.copyOf(again.keySet());
        List<Long> after = before.stream().map(again::get).toList();
        for (String sql : List.of("""
                INSERT INTO disclosure (tenant_id, award_id, detail, work, changed_at)
                SELECT tenant_id, ELT(FIELD(award_id, :before), :after), detail, work, changed_at FROM disclosure
                WHERE tenant_id = :tenant AND award_id IN (:before)""", """
                UPDATE share SET award_id = ELT(FIELD(award_id, :before), :after)
                WHERE tenant_id = :tenant AND award_id IN (:before) AND live = TRUE""")) {
            jdbc.sql(sql)
                    .param("tenant", tenant.value())
                    .param("before", before)
                    .param("after", after)
                    .update();
        }
    }

    List<Trace> traces(TenantId tenant, Reference reference, Instant now) {
        return jdbc.sql("""
                SELECT created_at, IFNULL(withdrawn_at, IF(ends_at <= ?, ends_at, NULL)) AS withdrawn_at FROM share
                WHERE tenant_id = ? AND reference = ? ORDER BY created_at""")
                .params(Utc.of(now), tenant.value(), reference.value())
                .query((row, n) -> {
                    return new Trace(Utc.read(row, "created_at"), Utc.readNullable(row, "withdrawn_at"));
                })
                .list();
    }
}
