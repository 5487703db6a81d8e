package dev.laurel.credential.brought;

import dev.laurel.credential.brought.Brought.Proof;
import dev.laurel.credential.brought.Brought.Refusal;
import dev.laurel.credential.brought.Brought.State;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code brought_badge}. */
@Repository
class BroughtRepository {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Without the badge itself, which may have 2 MB. */
    private static final String COLUMNS = """
            SELECT b.id, b.person_id, b.context_id, b.name, b.achievement, b.issuer, b.issuer_name, b.vouched_by, b.alignments,
                b.since, b.until, b.state, b.proof, b.brought_at
            FROM brought_badge b
            WHERE b.tenant_id = ?""";

    private static final String IS_DUE = " AND (state IN ('COUNTS', 'WAITING') OR look_until > ?) AND checked_at < ?";

    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final JdbcClient jdbc;

    BroughtRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One that is there stays, whoever brought it. */
    void add(TenantId tenant, Brought badge, byte[] identity, byte[] sealed) {
        Proof proof = badge.proof();
        jdbc.sql("""
                INSERT INTO brought_badge (tenant_id, person_id, context_id, identity, name, achievement, issuer, issuer_name,
                    vouched_by, alignments, since, until, state, proof, sealed, brought_at, checked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(
                        tenant.value(),
                        badge.personId(),
                        badge.contextId(),
                        identity,
                        badge.name(),
                        badge.achievement(),
                        badge.issuer(),
                        badge.issuerName(),
                        badge.vouchedBy(),
                        JSON.writeValueAsString(badge.alignments()),
                        Utc.of(badge.since()),
                        Utc.ofNullable(badge.until()),
                        badge.state().name(),
                        proof == null ? null : proof.name(),
                        sealed,
                        Utc.of(badge.broughtAt()),
                        Utc.of(badge.broughtAt()))
                .update();
    }

    Optional<Brought> byIdentity(TenantId tenant, byte[] identity) {
        return jdbc.sql(COLUMNS + " AND b.identity = ?")
                .params(tenant.value(), identity)
                .query(BroughtRepository::badge)
                .optional();
    }

    Optional<Brought> lock(TenantId tenant, long id) {
        return jdbc.sql(COLUMNS + " AND b.id = ? FOR UPDATE")
                .params(tenant.value(), id)
                .query(BroughtRepository::badge)
                .optional();
    }

    List<Brought> ofPeople(TenantId tenant, Collection<Long> people, int limit) {
        String places = String.join(", ", Collections.nCopies(people.size(), "?"));
        List<Object> params = new ArrayList<>(people);
        params.add(0, tenant.value());
        params.add(limit);
        return jdbc.sql(COLUMNS + " AND b.person_id IN (" + places + ") ORDER BY b.id DESC LIMIT ?")
                .params(params)
                .query(BroughtRepository::badge)
                .list();
    }

    List<Brought> inCourse(TenantId tenant, long contextId, int limit) {
        return jdbc.sql(COLUMNS + " AND b.context_id = ? ORDER BY b.state = 'WAITING' DESC, b.id DESC LIMIT ?")
                .params(tenant.value(), contextId, limit)
                .query(BroughtRepository::badge)
                .list();
    }

    int count(TenantId tenant, long personId) {
        return jdbc.sql("SELECT COUNT(*) FROM brought_badge WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .query(Integer.class)
                .single();
    }

    void confirmed(TenantId tenant, long id, long byPerson, Instant now) {
        jdbc.sql("UPDATE brought_badge SET state = 'COUNTS', proof = 'STAFF', decided_by = ?, decided_at = ?"
                        + " WHERE tenant_id = ? AND id = ?")
                .params(byPerson, Utc.of(now), tenant.value(), id)
                .update();
    }

    /** Whoever it belongs to can bring it then. That it is not this person's is kept. */
    void refused(TenantId tenant, Brought badge, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO brought_refusal (tenant_id, person_id, identity, refused_by, refused_at)
                SELECT tenant_id, person_id, identity, ?, ? FROM brought_badge
                WHERE tenant_id = ? AND id = ? AND identity IS NOT NULL
                ON DUPLICATE KEY UPDATE refused_by = VALUES(refused_by), refused_at = VALUES(refused_at)""").params(byPerson, Utc.of(now), tenant.value(), badge.id()).update();
        jdbc.sql("UPDATE brought_badge"
                        + " SET state = 'REFUSED', identity = NULL, proof = NULL, decided_by = ?, decided_at = ?"
                        + " WHERE tenant_id = ? AND id = ?")
                .params(byPerson, Utc.of(now), tenant.value(), badge.id())
                .update();
    }

    /** That this person's badge was said not to be hers, when she had brought it. */
    record Refused(long broughtId, long personId, Refusal refusal) {}

    /** What was said of these badges to any of these people; the newest last. */
    List<Refused> refusals(TenantId tenant, Collection<Long> badgeIds, Collection<Long> people) {
        return badgeIds.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        SELECT b.id, r.person_id, r.refused_by, r.refused_at
                        FROM brought_badge b
                        JOIN brought_refusal r ON r.tenant_id = b.tenant_id AND r.identity = b.identity
                        WHERE b.tenant_id = :tenant AND b.id IN (:badges) AND r.person_id IN (:people)
                        ORDER BY r.refused_at""")
                        .param("tenant", tenant.value())
                        .param("badges", badgeIds)
                        .param("people", people)
                        .query((row, n) -> new Refused(
                                row.getLong("id"),
                                row.getLong("person_id"),
                                new Refusal(row.getLong("refused_by"), Utc.read(row, "refused_at"))))
                        .list();
    }

    /** Whether it only waited, and now is somebody else's. */
    boolean release(TenantId tenant, long id) {
        return jdbc.sql("UPDATE brought_badge SET state = 'ANOTHERS', identity = NULL"
                                + " WHERE tenant_id = ? AND id = ? AND state = 'WAITING'")
                        .params(tenant.value(), id)
                        .update()
                == 1;
    }

    void delete(TenantId tenant, long id) {
        jdbc.sql("DELETE FROM brought_badge WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .update();
    }

    void forget(TenantId tenant, long personId) {
        for (String table : List.of("brought_badge", "brought_refusal")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND person_id = ?")
                    .params(tenant.value(), personId)
                    .update();
        }
    }

    record Due(long id, long personId, byte[] identity, byte[] sealed) {}

    /** What counts, or may yet or again, and was last looked at before this time. */
    List<Due> due(TenantId tenant, Instant before, Instant now, int limit) {
        return jdbc.sql("SELECT id, person_id, identity, sealed FROM brought_badge WHERE tenant_id = ?" + IS_DUE
                        + " ORDER BY checked_at LIMIT ?")
                .params(tenant.value(), Utc.of(now), Utc.of(before), limit)
                .query((row, n) -> new Due(
                        row.getLong("id"), row.getLong("person_id"), row.getBytes("identity"), row.getBytes("sealed")))
                .list();
    }

    List<TenantId> tenantsWithDue(Instant before, Instant now) {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM brought_badge WHERE TRUE" + IS_DUE)
                .params(Utc.of(now), Utc.of(before))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    void looked(TenantId tenant, long id, Instant now) {
        jdbc.sql("UPDATE brought_badge SET checked_at = ? WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), tenant.value(), id)
                .update();
    }

    /**
     * It holds, and counts where it is known to be hers.
     *
     * @param proof {@code null}: it is not, or not any more
     */
    void held(TenantId tenant, long id, byte[] sealed, @Nullable Proof proof, Instant now) {
        jdbc.sql("UPDATE brought_badge SET checked_at = ?, sealed = ?, look_until = NULL, proof = ?, state = ?"
                        + " WHERE tenant_id = ? AND id = ?")
                .params(
                        Utc.of(now),
                        sealed,
                        proof == null ? null : proof.name(),
                        (proof == null ? State.WAITING : State.COUNTS).name(),
                        tenant.value(),
                        id)
                .update();
    }

    /** Whether these badges of theirs are theirs by an e-mail address is to be found out anew, at the next look. */
    void doubt(TenantId tenant, Collection<Long> people) {
        jdbc.sql("UPDATE brought_badge SET proof = NULL, checked_at = :long"
                        + " WHERE tenant_id = :tenant AND person_id IN (:people) AND proof = 'EMAIL'")
                .param("long", Utc.of(LONG_AGO))
                .param("tenant", tenant.value())
                .param("people", people)
                .update();
    }

    /**
     * It does not hold.
     *
     * @param lookUntil until when it is looked at again, where that was not said before; {@code null}: it is not
     */
    void ended(TenantId tenant, long id, State how, @Nullable Instant lookUntil, Instant now) {
        jdbc.sql("UPDATE brought_badge SET checked_at = ?, state = ?, look_until = "
                        + (lookUntil == null ? "?" : "COALESCE(look_until, ?)") + " WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), how.name(), Utc.ofNullable(lookUntil), tenant.value(), id)
                .update();
    }

    /** Sets anew what did not count, as it is brought now. */
    void renewed(TenantId tenant, Brought before, Brought now, byte[] sealed) {
        Proof proof = now.proof() == null ? before.proof() : now.proof();
        jdbc.sql("""
                UPDATE brought_badge SET state = ?, proof = ?, since = ?, until = ?, sealed = ?, checked_at = ?, look_until = NULL
                WHERE tenant_id = ? AND id = ?""")
                .params(
                        (proof == null ? State.WAITING : State.COUNTS).name(),
                        proof == null ? null : proof.name(),
                        Utc.of(now.since()),
                        Utc.ofNullable(now.until()),
                        sealed,
                        Utc.of(now.broughtAt()),
                        tenant.value(),
                        before.id())
                .update();
    }

    private static Brought badge(ResultSet row, int n) throws SQLException {
        String proof = row.getString("proof");
        return new Brought(
                row.getLong("id"),
                row.getLong("person_id"),
                row.getLong("context_id"),
                row.getString("name"),
                row.getString("achievement"),
                row.getString("issuer"),
                row.getString("issuer_name"),
                row.getString("vouched_by"),
                List.of(JSON.readValue(row.getString("alignments"), String[].class)),
                Utc.read(row, "since"),
                Utc.readNullable(row, "until"),
                State.valueOf(row.getString("state")),
                proof == null ? null : Proof.valueOf(proof),
                Utc.read(row, "brought_at"));
    }
}
