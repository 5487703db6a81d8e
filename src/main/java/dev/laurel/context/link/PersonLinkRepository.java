package dev.laurel.context.link;

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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code person_link}, {@code person_link_act}, {@code link_offer} and {@code link_case}. */
@Repository
class PersonLinkRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    PersonLinkRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Who offers to be linked. */
    record Offer(long personId, long registrationId) {}

    /** Nobody else links these people until the transaction ends. */
    void lock(TenantId tenant, Collection<Long> personIds) {
        jdbc.sql("SELECT id FROM person WHERE tenant_id = :tenant AND id IN (:ids) ORDER BY id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("ids", personIds)
                .query(Long.class)
                .list();
    }

    /** The human of each of these persons that is linked with another one. */
    Map<Long, Long> humans(TenantId tenant, Collection<Long> personIds) {
        Map<Long, Long> humans = new HashMap<>();
        if (!personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT person_id, human_id FROM person_link
                    WHERE tenant_id = :tenant AND person_id IN (:ids) AND ended_at IS NULL""")
                    .param("tenant", tenant.value())
                    .param("ids", personIds)
                    .query(row -> {
                        humans.put(row.getLong("person_id"), row.getLong("human_id"));
                    });
        }
        return humans;
    }

    /** @param humanIds {@code null}: all of the tenant */
    Map<Long, Set<Long>> persons(TenantId tenant, @Nullable Collection<Long> humanIds) {
        Map<Long, Set<Long>> persons = new HashMap<>();
        if (humanIds != null && humanIds.isEmpty()) {
            return persons;
        }
        JdbcClient.StatementSpec query = jdbc.sql(
                        "SELECT human_id, person_id FROM person_link WHERE tenant_id = :tenant AND ended_at IS NULL"
                                + (humanIds == null ? "" : " AND human_id IN (:ids)"))
                .param("tenant", tenant.value());
        if (humanIds != null) {
            query = query.param("ids", humanIds);
        }
        query.query(row -> {
            persons.computeIfAbsent(row.getLong("human_id"), human -> new TreeSet<>())
                    .add(row.getLong("person_id"));
        });
        return persons;
    }

    void link(TenantId tenant, Set<Long> personIds, long humanId, Humans.How how, Instant at) {
        batch.batchUpdate(
                "INSERT INTO person_link (tenant_id, person_id, human_id, how, linked_at) VALUES (?, ?, ?, ?, ?)",
                personIds.stream()
                        .map(person -> new Object[] {tenant.value(), person, humanId, how.name(), Utc.of(at)})
                        .toList());
    }

    void end(TenantId tenant, Collection<Long> personIds, Instant at) {
        jdbc.sql("""
                UPDATE person_link SET ended_at = :at
                WHERE tenant_id = :tenant AND person_id IN (:ids) AND ended_at IS NULL""")
                .param("at", Utc.of(at))
                .param("tenant", tenant.value())
                .param("ids", personIds)
                .update();
    }

    /** @param one the smaller number */
    void act(TenantId tenant, long one, long other, Humans.How how, Instant at) {
        jdbc.sql("INSERT INTO person_link_act (tenant_id, one, other, how, acted_at) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), one, other, how.name(), Utc.of(at))
                .update();
    }

    /** Those that hold between any of these. */
    List<Humans.Act> acts(TenantId tenant, Collection<Long> personIds) {
        return jdbc.sql("""
                        SELECT DISTINCT one, other, how FROM person_link_act
                        WHERE tenant_id = :tenant AND ended_at IS NULL AND one IN (:ids) AND other IN (:ids)""")
                .param("tenant", tenant.value())
                .param("ids", personIds)
                .query((row, n) -> new Humans.Act(
                        row.getLong("one"), row.getLong("other"), Humans.How.valueOf(row.getString("how"))))
                .list();
    }

    /** The oldest first. */
    List<LinkHistory.Said> said(TenantId tenant, long personId) {
        return jdbc.sql("""
                        SELECT CASE WHEN one = :person THEN other ELSE one END AS with_whom, how, acted_at, ended_at
                        FROM person_link_act WHERE tenant_id = :tenant AND (one = :person OR other = :person)
                        ORDER BY acted_at""")
                .param("tenant", tenant.value())
                .param("person", personId)
                .query((row, n) -> new LinkHistory.Said(
                        row.getLong("with_whom"),
                        row.getString("how"),
                        Utc.read(row, "acted_at"),
                        Utc.readNullable(row, "ended_at")))
                .list();
    }

    void endAct(TenantId tenant, Humans.Act act, Instant at) {
        jdbc.sql("""
                UPDATE person_link_act SET ended_at = ?
                WHERE tenant_id = ? AND one = ? AND other = ? AND how = ? AND ended_at IS NULL""")
                .params(
                        Utc.of(at),
                        tenant.value(),
                        act.one(),
                        act.other(),
                        act.how().name())
                .update();
    }

    /** Whether one of these was linked by somebody before with anybody who is not among them. */
    boolean wasLinkedElsewhere(TenantId tenant, Collection<Long> personIds) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM person_link_act
                        WHERE tenant_id = :tenant AND how <> 'PLATFORM' AND ended_at IS NOT NULL
                            AND (one IN (:ids) AND other NOT IN (:ids) OR other IN (:ids) AND one NOT IN (:ids))""")
                        .param("tenant", tenant.value())
                        .param("ids", personIds)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** In the place of an earlier offer of the same person. */
    void offer(TenantId tenant, byte[] codeHash, Offer offer, Instant until) {
        jdbc.sql("""
                INSERT INTO link_offer (tenant_id, code_hash, person_id, registration_id, until) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), registration_id = VALUES(registration_id),
                    until = VALUES(until)""")
                .params(tenant.value(), codeHash, offer.personId(), offer.registrationId(), Utc.of(until))
                .update();
    }

    /** Answers whether the code was there to be used up. */
    boolean use(TenantId tenant, byte[] codeHash) {
        return jdbc.sql("DELETE FROM link_offer WHERE tenant_id = ? AND code_hash = ?")
                        .params(tenant.value(), codeHash)
                        .update()
                > 0;
    }

    void withdraw(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM link_offer WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    Optional<Offer> find(TenantId tenant, byte[] codeHash, Instant now) {
        return jdbc.sql("""
                        SELECT person_id, registration_id FROM link_offer
                        WHERE tenant_id = ? AND code_hash = ? AND until > ?""")
                .params(tenant.value(), codeHash, Utc.of(now))
                .query((row, n) -> new Offer(row.getLong("person_id"), row.getLong("registration_id")))
                .optional();
    }

    /** The same two ask once. */
    void ask(TenantId tenant, long one, long other, LinkCase.Reason reason, Instant at) {
        boolean asked = openCases(tenant).stream()
                .anyMatch(open -> Set.of(open.one(), open.other()).equals(Set.of(one, other)));
        if (!asked) {
            jdbc.sql("INSERT INTO link_case (tenant_id, one, other, reason, asked_at) VALUES (?, ?, ?, ?, ?)")
                    .params(tenant.value(), one, other, reason.name(), Utc.of(at))
                    .update();
        }
    }

    /** The two are one human by now: nobody need decide any more. */
    void settle(TenantId tenant, long one, long other) {
        jdbc.sql("""
                DELETE FROM link_case
                WHERE tenant_id = ? AND decided_at IS NULL AND (one = ? AND other = ? OR one = ? AND other = ?)""").params(tenant.value(), one, other, other, one).update();
    }

    List<LinkCase> openCases(TenantId tenant) {
        return jdbc.sql("SELECT * FROM link_case WHERE tenant_id = ? AND decided_at IS NULL ORDER BY id")
                .param(tenant.value())
                .query((row, n) -> linkCase(row))
                .list();
    }

    /** Whether the institution said of one of these and one of the others that they are two people. */
    boolean wasRefused(TenantId tenant, Collection<Long> ones, Collection<Long> others) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM link_case
                        WHERE tenant_id = :tenant AND (accepted = FALSE OR ended_at IS NOT NULL)
                            AND (one IN (:ones) AND other IN (:others) OR one IN (:others) AND other IN (:ones))""")
                        .param("tenant", tenant.value())
                        .param("ones", ones)
                        .param("others", others)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<LinkCase> openCase(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM link_case WHERE tenant_id = ? AND id = ? AND decided_at IS NULL")
                .params(tenant.value(), id)
                .query((row, n) -> linkCase(row))
                .optional();
    }

    Optional<LinkCase> lockCase(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM link_case WHERE tenant_id = ? AND id = ? AND decided_at IS NULL FOR UPDATE")
                .params(tenant.value(), id)
                .query((row, n) -> linkCase(row))
                .optional();
    }

    Optional<LinkCase> findCase(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM link_case WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((row, n) -> linkCase(row))
                .optional();
    }

    /**
     * Those that hold first, and of each the newest.
     *
     * @param personId {@code null}: about anybody
     */
    List<LinkDecision> decidedCases(TenantId tenant, @Nullable Long personId, int limit) {
        return jdbc.sql("""
                        SELECT c.*, c.accepted AND c.ended_at IS NULL AND EXISTS (
                                SELECT 1 FROM person_link_act a
                                WHERE a.tenant_id = c.tenant_id AND a.one = LEAST(c.one, c.other)
                                    AND a.other = GREATEST(c.one, c.other) AND a.how = 'STAFF' AND a.ended_at IS NULL) AS holds
                        FROM link_case c WHERE c.tenant_id = :tenant AND c.decided_at IS NOT NULL
                            AND (:person IS NULL OR c.one = :person OR c.other = :person)
                        ORDER BY holds DESC, c.decided_at DESC, c.id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("person", personId)
                .param("limit", limit)
                .query((row, n) -> new LinkDecision(
                        linkCase(row),
                        row.getBoolean("accepted"),
                        row.getLong("decided_by"),
                        Utc.read(row, "decided_at"),
                        row.getObject("ended_by", Long.class),
                        Utc.readNullable(row, "ended_at"),
                        row.getBoolean("holds")))
                .list();
    }

    /** Whether it was accepted and nobody had taken that back. */
    boolean endCase(TenantId tenant, long id, long byPerson, Instant at) {
        return jdbc.sql("UPDATE link_case SET ended_by = ?, ended_at = ?"
                                + " WHERE tenant_id = ? AND id = ? AND accepted AND ended_at IS NULL")
                        .params(byPerson, Utc.of(at), tenant.value(), id)
                        .update()
                == 1;
    }

    void decide(TenantId tenant, long id, boolean accepted, long byPerson, Instant at) {
        jdbc.sql("UPDATE link_case SET accepted = ?, decided_by = ?, decided_at = ? WHERE tenant_id = ? AND id = ?")
                .params(accepted, byPerson, Utc.of(at), tenant.value(), id)
                .update();
    }

    /** Nothing is left to decide about somebody who is erased. */
    void forgetCases(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM link_case WHERE tenant_id = ? AND (one = ? OR other = ?) AND decided_at IS NULL")
                .params(tenant.value(), personId, personId)
                .update();
    }

    private static LinkCase linkCase(ResultSet row) throws SQLException {
        return new LinkCase(
                row.getLong("id"),
                row.getLong("one"),
                row.getLong("other"),
                LinkCase.Reason.valueOf(row.getString("reason")),
                Utc.read(row, "asked_at"));
    }
}
