package dev.laurel.publication.mail;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who wants messages, and which wait. */
@Repository
class MessageRepository {

    /** What a message is about. */
    enum Kind {
        EARNED,
        /** The time of the badge runs out soon. */
        ENDS,
        /** Its results fell, and something follows from it. */
        FELL
    }

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    MessageRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    record Addressee(TenantId tenant, long personId) {}

    /** Empty where nothing was chosen yet, which is no. */
    Optional<Boolean> choice(TenantId tenant, long personId) {
        return jdbc.sql("SELECT allowed FROM mail_choice WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .query(Boolean.class)
                .optional();
    }

    /** Whoever wants no messages gets none of those that wait either. */
    void choose(TenantId tenant, long personId, boolean allowed, Instant now) {
        jdbc.sql("""
                INSERT INTO mail_choice (tenant_id, person_id, allowed, changed_at) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE allowed = VALUES(allowed), changed_at = VALUES(changed_at)""").params(tenant.value(), personId, allowed, Utc.of(now)).update();
        if (!allowed) {
            jdbc.sql("""
                    UPDATE message_outbox SET waiting = NULL, ended = 'DROPPED', ended_at = ?
                    WHERE tenant_id = ? AND person_id = ? AND waiting""").params(Utc.of(now), tenant.value(), personId).update();
        }
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM mail_choice WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
        jdbc.sql("DELETE FROM message_outbox WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    List<Long> wanting(TenantId tenant, Collection<Long> people) {
        return jdbc.sql(
                        "SELECT person_id FROM mail_choice WHERE tenant_id = :tenant AND allowed AND person_id IN (:people)")
                .param("tenant", tenant.value())
                .param("people", people)
                .query(Long.class)
                .list();
    }

    /**
     * @param anew a kind that can come again: its row waits once more; others are told once for ever
     * @param holders by the number of the award
     */
    void add(TenantId tenant, Kind kind, boolean anew, Map<Long, Long> holders, Instant now) {
        String again = anew
                ? "created_at = VALUES(created_at), waiting = TRUE, ended = NULL, ended_at = NULL"
                : "award_id = award_id";
        batch.batchUpdate(
                "INSERT INTO message_outbox (tenant_id, award_id, kind, person_id, created_at, waiting)"
                        + " VALUES (?, ?, ?, ?, ?, TRUE) ON DUPLICATE KEY UPDATE " + again,
                holders.entrySet().stream()
                        .map(award ->
                                new Object[] {tenant.value(), award.getKey(), kind.name(), award.getValue(), Utc.of(now)
                                })
                        .toList());
    }

    /** Those for whom something waits, and who got nothing since. */
    List<Addressee> due(Instant since, int limit) {
        return jdbc.sql("""
                        SELECT DISTINCT o.tenant_id, o.person_id FROM message_outbox o
                        JOIN mail_choice c ON c.tenant_id = o.tenant_id AND c.person_id = o.person_id
                        WHERE o.waiting AND c.allowed AND (c.last_digest_at IS NULL OR c.last_digest_at <= ?)
                        LIMIT ?""")
                .params(Utc.of(since), limit)
                .query((row, n) -> new Addressee(new TenantId(row.getLong("tenant_id")), row.getLong("person_id")))
                .list();
    }

    /** True for one node only. */
    boolean claim(Addressee addressee, Instant since, Instant now) {
        return jdbc.sql("""
                        UPDATE mail_choice SET last_digest_at = ?
                        WHERE tenant_id = ? AND person_id = ? AND allowed
                            AND (last_digest_at IS NULL OR last_digest_at <= ?)""")
                        .params(Utc.of(now), addressee.tenant().value(), addressee.personId(), Utc.of(since))
                        .update()
                == 1;
    }

    /** One thing to tell. */
    record Waiting(long awardId, Kind kind) {}

    List<Waiting> waiting(Addressee addressee) {
        return jdbc.sql("""
                        SELECT award_id, kind FROM message_outbox
                        WHERE tenant_id = ? AND person_id = ? AND waiting ORDER BY created_at, award_id FOR UPDATE""")
                .params(addressee.tenant().value(), addressee.personId())
                .query((row, n) -> new Waiting(row.getLong("award_id"), Kind.valueOf(row.getString("kind"))))
                .list();
    }

    void end(Addressee addressee, Collection<Waiting> told, String how, Instant now) {
        jdbc.sql("""
                UPDATE message_outbox SET waiting = NULL, ended = :how, ended_at = :now
                WHERE tenant_id = :tenant AND person_id = :person AND (award_id, kind) IN (:told)""")
                .param("how", how)
                .param("now", Utc.of(now))
                .param("tenant", addressee.tenant().value())
                .param("person", addressee.personId())
                .param("told", keys(told))
                .update();
    }

    /** The mail server did not take it: it waits again, for a later try. */
    void again(Addressee addressee, Collection<Waiting> told, Instant lastDigestAt) {
        jdbc.sql("""
                UPDATE message_outbox SET waiting = TRUE, ended = NULL, ended_at = NULL
                WHERE tenant_id = :tenant AND person_id = :person AND (award_id, kind) IN (:told)""")
                .param("tenant", addressee.tenant().value())
                .param("person", addressee.personId())
                .param("told", keys(told))
                .update();
        lastDigestAt(addressee, lastDigestAt);
    }

    /** When the last message counts as sent. */
    void lastDigestAt(Addressee addressee, Instant at) {
        jdbc.sql("UPDATE mail_choice SET last_digest_at = ? WHERE tenant_id = ? AND person_id = ?")
                .params(Utc.of(at), addressee.tenant().value(), addressee.personId())
                .update();
    }

    private static List<Object[]> keys(Collection<Waiting> told) {
        return told.stream()
                .map(each -> new Object[] {each.awardId(), each.kind().name()})
                .toList();
    }

    /** When this ran last, here or elsewhere; noted as now. */
    Optional<Instant> run(Instant now) {
        Optional<Instant> before = jdbc.sql("SELECT run_at FROM message_run WHERE id = 1")
                .query((row, n) -> Utc.read(row, "run_at"))
                .optional();
        jdbc.sql("INSERT INTO message_run (id, run_at) VALUES (1, ?) ON DUPLICATE KEY UPDATE run_at = VALUES(run_at)")
                .param(Utc.of(now))
                .update();
        return before;
    }

    void drop(TenantId tenant, Collection<Long> awardIds, Collection<Kind> kinds, Instant now) {
        jdbc.sql("""
                UPDATE message_outbox SET waiting = NULL, ended = 'DROPPED', ended_at = :now
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND kind IN (:kinds) AND waiting""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("kinds", kinds.stream().map(Kind::name).toList())
                .update();
    }

    int dropAll(Instant now) {
        return jdbc.sql("UPDATE message_outbox SET waiting = NULL, ended = 'DROPPED', ended_at = ? WHERE waiting")
                .param(Utc.of(now))
                .update();
    }

    /**
     * A time of which everything may have been told before, by an installation that was set back to a backup since.
     *
     * @param since when that backup was made, or later
     * @param until when everything has been decided anew
     */
    record Quiet(Instant since, Instant until) {

        boolean contains(Instant time) {
            return !time.isBefore(since) && time.isBefore(until);
        }
    }

    /** One that begins before another one ends goes on from there. */
    void beQuiet(Instant since, Instant until) {
        jdbc.sql("""
                UPDATE message_run SET quiet_since = IF(quiet_until > ?, quiet_since, ?), quiet_until = ?
                WHERE id = 1""").params(Utc.of(since), Utc.of(since), Utc.of(until)).update();
    }

    /** The last one; empty where there was none. */
    Optional<Quiet> quiet() {
        return jdbc.sql("SELECT quiet_since, quiet_until FROM message_run WHERE id = 1 AND quiet_until IS NOT NULL")
                .query((row, n) -> new Quiet(Utc.read(row, "quiet_since"), Utc.read(row, "quiet_until")))
                .optional();
    }
}
