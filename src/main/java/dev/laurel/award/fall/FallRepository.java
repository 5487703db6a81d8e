package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
public class FallRepository {

    private static final String SELECT = """
            SELECT f.id, f.award_id, f.rule_set_id, f.person_id, f.fell_at, f.follows, f.state, f.grace_seconds, f.told_at,
                f.act_at,
                EXISTS (SELECT 1 FROM award_question q WHERE q.tenant_id = f.tenant_id AND q.rule_set_id = f.rule_set_id
                    AND q.person_id = f.person_id AND q.live = TRUE) AS asks,
                EXISTS (SELECT 1 FROM award_question q WHERE q.tenant_id = f.tenant_id AND q.rule_set_id = f.rule_set_id
                    AND q.person_id = f.person_id AND q.asked_at >= f.fell_at) AS spoke,
                w.released_at IS NOT NULL AS released
            FROM award_fall f JOIN award w ON w.tenant_id = f.tenant_id AND w.id = f.award_id
                AND (w.valid_until IS NULL OR w.valid_until > :now)
            WHERE f.tenant_id = :tenant AND f.live = TRUE\s""";

    /** From the fall of an award whose time is over nothing follows. */
    private static final String NOT_OVER = """
            EXISTS (SELECT 1 FROM award w WHERE w.tenant_id = f.tenant_id AND w.id = f.award_id
                AND (w.valid_until IS NULL OR w.valid_until > :now))""";

    /** Nothing is suspended before its holder has it. */
    private static final String TO_BE_SUSPENDED = """
            f.live = TRUE AND f.state = 'OPEN' AND f.follows = 'SUSPEND'
            AND EXISTS (SELECT 1 FROM award w WHERE w.tenant_id = f.tenant_id AND w.id = f.award_id
                AND w.released_at IS NOT NULL AND (w.valid_until IS NULL OR w.valid_until > :now))\s""";

    private static final String NOBODY_ASKS = """
            NOT EXISTS (SELECT 1 FROM award_question q WHERE q.tenant_id = f.tenant_id
                AND q.rule_set_id = f.rule_set_id AND q.person_id = f.person_id AND q.live = TRUE)\s""";

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    FallRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    public enum State {
        OPEN,
        SUSPENDED,
        RECOVERED,
        KEPT,
        REVOKED,
        SUPERSEDED
    }

    /**
     * Awards of these people that stand, locked; not those that a person decided to keep when they fell before. Most whose
     * first grade is too low have none, and are found by what they could have of this badge, or of the sample of it.
     */
    List<Award> lockStanding(TenantId tenant, RuleSet ruleSet, Collection<Long> people, AwardRepository awards) {
        List<Long> standing = new ArrayList<>();
        jdbc.sql("""
                        SELECT a.id, a.rule_set_id, a.revoked_at FROM award a
                        WHERE a.tenant_id = :tenant AND a.person_id IN (:people) AND a.achievement_id = :badge
                        UNION ALL
                        SELECT a.id, a.rule_set_id, a.revoked_at FROM achievement s
                        JOIN award a ON a.tenant_id = s.tenant_id AND a.person_id IN (:people) AND a.achievement_id = s.id
                        WHERE s.tenant_id = :tenant AND s.sample_of = :badge""")
                .param("tenant", tenant.value())
                .param("people", people)
                .param("badge", ruleSet.achievementId())
                .query(row -> {
                    if (row.getLong("rule_set_id") == ruleSet.id() && row.getTimestamp("revoked_at") == null) {
                        standing.add(row.getLong("id"));
                    }
                });
        if (standing.isEmpty()) {
            return List.of();
        }
        standing.removeAll(jdbc.sql("""
                        SELECT award_id FROM award_fall
                        WHERE tenant_id = :tenant AND award_id IN (:awards) AND state = 'KEPT'""")
                .param("tenant", tenant.value())
                .param("awards", standing)
                .query(Long.class)
                .set());
        return standing.isEmpty()
                ? List.of()
                : awards.findForUpdate(tenant, standing).stream()
                        .filter(award -> award.revokedAt() == null)
                        .toList();
    }

    void add(TenantId tenant, List<Award> fallen, AwardPolicy policy, Instant now) {
        batch.batchUpdate(
                """
                INSERT INTO award_fall (tenant_id, award_id, rule_set_id, person_id, fell_at, follows, grace_seconds, act_at,
                    state, live)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', TRUE)
                ON DUPLICATE KEY UPDATE live = VALUES(live)""",
                fallen.stream()
                        .map(award -> new Object[] {
                            tenant.value(),
                            award.id(),
                            award.ruleSetId(),
                            award.personId(),
                            Utc.of(now),
                            policy.onFall().name(),
                            policy.grace().toSeconds(),
                            Utc.of(now.plus(Fall.untold(policy.grace())))
                        })
                        .toList());
    }

    /** Of these awards what something follows from and their holders were not told of yet. */
    List<Long> untold(TenantId tenant, Collection<Long> awardIds) {
        return jdbc.sql("""
                        SELECT id FROM award_fall
                        WHERE tenant_id = :tenant AND award_id IN (:awards) AND live = TRUE AND state = 'OPEN'
                            AND follows <> 'KEEP' AND told_at IS NULL""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .query(Long.class)
                .list();
    }

    /** The grace of these begins. */
    void told(TenantId tenant, Collection<Long> fallIds, Instant now) {
        jdbc.sql("""
                UPDATE award_fall
                SET told_at = :now, act_at = TIMESTAMPADD(SECOND, grace_seconds, CAST(:now AS datetime(6)))
                WHERE tenant_id = :tenant AND id IN (:ids) AND state = 'OPEN' AND told_at IS NULL""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", fallIds)
                .update();
    }

    /** Their holders have these awards from now on, and can be told. */
    void released(TenantId tenant, Collection<Long> awardIds, Instant now) {
        jdbc.sql("""
                UPDATE award_fall
                SET act_at = TIMESTAMPADD(SECOND, GREATEST(grace_seconds, :untold), CAST(:now AS datetime(6)))
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND live = TRUE AND state = 'OPEN'
                    AND told_at IS NULL""")
                .param("untold", Fall.UNTOLD.toSeconds())
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .update();
    }

    Map<Long, Long> counts(TenantId tenant, Collection<Long> ruleSetIds, Instant now) {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.sql("SELECT f.rule_set_id, COUNT(*) AS many FROM award_fall f WHERE f.tenant_id = :tenant"
                        + " AND f.rule_set_id IN (:ruleSets) AND f.live = TRUE AND " + NOT_OVER
                        + " GROUP BY f.rule_set_id")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .param("now", Utc.of(now))
                .query(row -> {
                    counts.put(row.getLong("rule_set_id"), row.getLong("many"));
                });
        return counts;
    }

    /** What is open, oldest first; {@code null} means everybody. */
    List<Fall> open(TenantId tenant, long ruleSetId, @Nullable Collection<Long> people, Instant now) {
        return jdbc.sql(SELECT + "AND f.rule_set_id = :ruleSet "
                        + (people == null ? "" : "AND f.person_id IN (:people) ") + "ORDER BY f.id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people == null ? List.of(0L) : people)
                .param("now", Utc.of(now))
                .query(FallRepository::fall)
                .list();
    }

    Optional<Fall> find(TenantId tenant, long ruleSetId, long fallId, Instant now) {
        return find(tenant, ruleSetId, fallId, now, "");
    }

    /** Locked until the transaction ends; its award is locked before. */
    Optional<Fall> lock(TenantId tenant, long ruleSetId, long fallId, Instant now) {
        return find(tenant, ruleSetId, fallId, now, " FOR UPDATE");
    }

    private Optional<Fall> find(TenantId tenant, long ruleSetId, long fallId, Instant now, String lock) {
        return jdbc.sql(SELECT + "AND f.rule_set_id = :ruleSet AND f.id = :id" + lock)
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("id", fallId)
                .param("now", Utc.of(now))
                .query(FallRepository::fall)
                .optional();
    }

    List<Long> threatened(TenantId tenant, long personId, Instant now) {
        return jdbc.sql("""
                        SELECT DISTINCT f.award_id FROM award_fall f
                        WHERE f.tenant_id = :tenant AND f.person_id = :person AND f.live = TRUE AND f.state = 'OPEN'
                            AND f.follows <> 'KEEP' AND\s""" + NOT_OVER)
                .param("tenant", tenant.value())
                .param("person", personId)
                .param("now", Utc.of(now))
                .query(Long.class)
                .list();
    }

    List<Fall> ofAwards(TenantId tenant, Collection<Long> awardIds, Instant now) {
        return jdbc.sql(SELECT + "AND f.award_id IN (:awards)")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("now", Utc.of(now))
                .query(FallRepository::fall)
                .list();
    }

    /** Rule sets with something to be suspended now. */
    List<Long> dueRuleSets(TenantId tenant, Instant now) {
        return jdbc.sql(
                        "SELECT DISTINCT f.rule_set_id FROM award_fall f WHERE f.tenant_id = :tenant AND f.act_at <= :now AND "
                                + TO_BE_SUSPENDED)
                .param("tenant", tenant.value())
                .param("now", Utc.of(now))
                .query(Long.class)
                .list();
    }

    /**
     * Of these rule sets what is to be suspended now: the grace is over and the student does not object. Locked, the awards
     * first, as by whoever releases or evaluates; another node's are skipped.
     */
    List<Fall> lockDue(TenantId tenant, Collection<Long> ruleSetIds, Instant now, int limit) {
        List<Long> awards = due("f.award_id", "f.rule_set_id IN (:these)", tenant, ruleSetIds, now, "LIMIT " + limit);
        List<Long> locked = awards.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        SELECT id FROM award WHERE tenant_id = :tenant AND id IN (:awards)
                        ORDER BY id FOR UPDATE SKIP LOCKED""")
                        .param("tenant", tenant.value())
                        .param("awards", awards)
                        .query(Long.class)
                        .list();
        List<Long> ids = locked.isEmpty()
                ? List.of()
                : due("f.id", "f.award_id IN (:these)", tenant, locked, now, "FOR UPDATE SKIP LOCKED");
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "AND f.id IN (:ids) ORDER BY f.id")
                        .param("tenant", tenant.value())
                        .param("ids", ids)
                        .param("now", Utc.of(now))
                        .query(FallRepository::fall)
                        .list();
    }

    private List<Long> due(
            String what, String which, TenantId tenant, Collection<Long> these, Instant now, String howMany) {
        return jdbc.sql("SELECT " + what + " FROM award_fall f WHERE f.tenant_id = :tenant AND f.act_at <= :now AND "
                        + which + " AND " + TO_BE_SUSPENDED + "AND " + NOBODY_ASKS + "ORDER BY f.id " + howMany)
                .param("tenant", tenant.value())
                .param("now", Utc.of(now))
                .param("these", these)
                .query(Long.class)
                .list();
    }

    void suspended(TenantId tenant, Collection<Long> fallIds, Instant now) {
        jdbc.sql(
                        "UPDATE award_fall SET state = 'SUSPENDED', decided_at = :now WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", fallIds)
                .update();
    }

    /** @param byPerson {@code null}: the result is back */
    public void close(TenantId tenant, Collection<Long> awardIds, State how, @Nullable Long byPerson, Instant now) {
        if (awardIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
                UPDATE award_fall SET state = :state, live = NULL, decided_by = :by, decided_at = :now
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND live = TRUE""")
                .param("state", how.name())
                .param("by", byPerson)
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .update();
    }

    public void close(TenantId tenant, long awardId, State how, long byPerson, Instant now) {
        close(tenant, List.of(awardId), how, byPerson, now);
    }

    /** The next that is due at this moment or later. */
    Optional<Instant> next(TenantId tenant, Instant from) {
        return jdbc.sql("""
                SELECT MIN(act_at) AS due FROM award_fall
                WHERE tenant_id = ? AND live = TRUE AND state = 'OPEN' AND follows = 'SUSPEND' AND act_at >= ?""")
                .params(tenant.value(), Utc.of(from))
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "due")))
                .single();
    }

    List<TenantId> overdue(Instant since, Instant now) {
        return jdbc.sql("SELECT DISTINCT f.tenant_id FROM award_fall f WHERE f.act_at < :since AND " + TO_BE_SUSPENDED
                        + "AND " + NOBODY_ASKS)
                .param("since", Utc.of(since))
                .param("now", Utc.of(now))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    private static Fall fall(ResultSet row, int n) throws SQLException {
        return new Fall(
                row.getLong("id"),
                row.getLong("award_id"),
                row.getLong("rule_set_id"),
                row.getLong("person_id"),
                Utc.read(row, "fell_at"),
                AwardPolicy.OnFall.valueOf(row.getString("follows")),
                Duration.ofSeconds(row.getLong("grace_seconds")),
                Utc.readNullable(row, "told_at"),
                Utc.read(row, "act_at"),
                State.SUSPENDED.name().equals(row.getString("state")),
                row.getBoolean("asks"),
                row.getBoolean("spoke"),
                row.getBoolean("released"));
    }
}
