package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Passback.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code passback} and {@code score_outbox}. */
@Repository
class PassbackRepository {

    /** Where there is no column, nothing can have been sent. */
    private static final String HAS_COLUMN = """
            EXISTS (SELECT 1 FROM passback p WHERE p.tenant_id = score_outbox.tenant_id
                AND p.rule_set_id = score_outbox.rule_set_id AND p.line_item_id IS NOT NULL)""";

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    PassbackRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    record Setting(
            long ruleSetId,
            @Nullable Long lineItemId,
            boolean enabled,
            @Nullable String problem) {}

    /**
     * A score that is to be sent.
     *
     * @param lastTime the latest timestamp that this person was sent in this column
     * @param withdrawnAt the award was taken back, and the score is to be taken away
     */
    record Outgoing(
            long awardId,
            long ruleSetId,
            long contextId,
            long personId,
            Reference reference,
            Instant createdAt,
            int attempts,
            @Nullable Instant lastTime,
            @Nullable Instant withdrawnAt) {}

    /** What came of sending it; {@code dueAt} is when to try again. */
    record Outcome(
            Outgoing score,
            @Nullable Instant sentAt,
            @Nullable Instant givenUpAt,
            Instant dueAt,
            @Nullable String problem) {}

    record Trace(
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant givenUpAt,
            @Nullable Instant withdrawnAt) {}

    Optional<Setting> setting(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                SELECT rule_set_id, line_item_id, enabled, problem FROM passback
                WHERE tenant_id = ? AND rule_set_id = ?""")
                .params(tenant.value(), ruleSetId)
                .query((row, n) -> new Setting(
                        row.getLong("rule_set_id"),
                        row.getObject("line_item_id", Long.class),
                        row.getBoolean("enabled"),
                        row.getString("problem")))
                .optional();
    }

    void forget(TenantId tenant, long ruleSetId) {
        jdbc.sql("DELETE FROM passback WHERE tenant_id = ? AND rule_set_id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
    }

    void turn(TenantId tenant, long ruleSetId, boolean on, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO passback (tenant_id, rule_set_id, enabled, enabled_by, changed_at)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE enabled = VALUES(enabled), enabled_by = VALUES(enabled_by),
                    changed_at = VALUES(changed_at), problem = NULL""")
                .params(tenant.value(), ruleSetId, on, byPerson, Utc.of(now))
                .update();
    }

    Set<Long> enabledAmong(TenantId tenant, Set<Long> ruleSetIds) {
        String marks = String.join(", ", Collections.nCopies(ruleSetIds.size(), "?"));
        return new HashSet<>(jdbc.sql("SELECT rule_set_id FROM passback WHERE tenant_id = ? AND enabled = TRUE"
                        + " AND rule_set_id IN (" + marks + ")")
                .param(tenant.value())
                .params(List.copyOf(ruleSetIds))
                .query(Long.class)
                .list());
    }

    /** Asks for these scores. Those sent before stay sent; those given up on are tried again. */
    void add(TenantId tenant, Collection<Award> awards, Instant now) {
        template.batchUpdate(
                """
                INSERT INTO score_outbox
                    (tenant_id, award_id, rule_set_id, context_id, person_id, reference, created_at, due_at, attempts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
                ON DUPLICATE KEY UPDATE
                    attempts = IF(given_up_at IS NULL, attempts, 0),
                    due_at = IF(given_up_at IS NULL, due_at, VALUES(due_at)),
                    given_up_at = NULL""",
                awards.stream()
                        .map(award -> new Object[] {
                            tenant.value(),
                            award.id(),
                            award.ruleSetId(),
                            award.contextId(),
                            award.personId(),
                            award.reference().value(),
                            Utc.of(now),
                            Utc.of(now)
                        })
                        .toList());
    }

    /** Locks what is due; call within a transaction and then {@link #lease}. */
    List<Outgoing> lockDue(TenantId tenant, long ruleSetId, Instant now, int limit) {
        return jdbc.sql("""
                SELECT award_id, rule_set_id, context_id, person_id, reference, created_at, attempts, withdrawn_at,
                    (SELECT MAX(sent.score_time) FROM score_outbox sent
                     WHERE sent.tenant_id = o.tenant_id AND sent.rule_set_id = o.rule_set_id
                         AND sent.person_id = o.person_id) AS last_time
                FROM score_outbox o
                WHERE tenant_id = ? AND rule_set_id = ? AND sent_at IS NULL AND given_up_at IS NULL AND due_at <= ?
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED""")
                .params(tenant.value(), ruleSetId, Utc.of(now), limit)
                .query((row, n) -> new Outgoing(
                        row.getLong("award_id"),
                        row.getLong("rule_set_id"),
                        row.getLong("context_id"),
                        row.getLong("person_id"),
                        new Reference(row.getString("reference")),
                        Utc.read(row, "created_at"),
                        row.getInt("attempts"),
                        Utc.readNullable(row, "last_time"),
                        Utc.readNullable(row, "withdrawn_at")))
                .list();
    }

    /** Nobody else takes them until then. */
    void lease(TenantId tenant, List<Outgoing> scores, Instant until) {
        if (!scores.isEmpty()) {
            store(
                    tenant,
                    scores.stream()
                            .map(score -> new Outcome(score, null, null, until, null))
                            .toList(),
                    0);
        }
    }

    /** Keeps the timestamp that these are about to be sent with, so that no node ever sends an earlier one. */
    void timed(TenantId tenant, List<Outgoing> scores, Instant at) {
        if (scores.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE score_outbox SET score_time = :at WHERE tenant_id = :tenant AND award_id IN (:awards)")
                .param("at", Utc.of(at))
                .param("tenant", tenant.value())
                .param("awards", scores.stream().map(Outgoing::awardId).toList())
                .update();
    }

    /** What was dropped meanwhile stays dropped, and what is to be taken away since then still is. */
    void record(TenantId tenant, List<Outcome> outcomes) {
        store(tenant, outcomes, 1);
    }

    private void store(TenantId tenant, List<Outcome> outcomes, int attempt) {
        template.batchUpdate(
                """
                INSERT INTO score_outbox
                    (tenant_id, award_id, rule_set_id, context_id, person_id, reference, created_at,
                     withdrawn_at, due_at, attempts, sent_at, problem, given_up_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    due_at = IF(withdrawn_at <=> VALUES(withdrawn_at), VALUES(due_at), due_at),
                    attempts = IF(withdrawn_at <=> VALUES(withdrawn_at), VALUES(attempts), attempts),
                    problem = IF(withdrawn_at <=> VALUES(withdrawn_at), VALUES(problem), problem),
                    given_up_at = IF(withdrawn_at <=> VALUES(withdrawn_at),
                        IFNULL(given_up_at, VALUES(given_up_at)), given_up_at),
                    sent_at = IF(withdrawn_at <=> VALUES(withdrawn_at), IFNULL(sent_at, VALUES(sent_at)), sent_at)""",
                outcomes.stream()
                        // Whoever takes awards back goes through them in this order, too.
                        .sorted(Comparator.comparingLong(
                                outcome -> outcome.score().awardId()))
                        .map(outcome -> new @Nullable Object[] {
                            tenant.value(),
                            outcome.score().awardId(),
                            outcome.score().ruleSetId(),
                            outcome.score().contextId(),
                            outcome.score().personId(),
                            outcome.score().reference().value(),
                            Utc.of(outcome.score().createdAt()),
                            Utc.ofNullable(outcome.score().withdrawnAt()),
                            Utc.of(outcome.dueAt()),
                            outcome.score().attempts() + attempt,
                            Utc.ofNullable(outcome.sentAt()),
                            outcome.problem(),
                            Utc.ofNullable(outcome.givenUpAt())
                        })
                        .toList());
    }

    /** What was not sent yet never is. */
    void drop(TenantId tenant, Collection<Long> awardIds, Instant now) {
        drop(tenant, awardIds, now, "");
    }

    private void drop(TenantId tenant, Collection<Long> awardIds, Instant now, String only) {
        jdbc.sql("""
                UPDATE score_outbox SET given_up_at = :now, problem = NULL
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND sent_at IS NULL AND given_up_at IS NULL\s""" + only)
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .update();
    }

    /**
     * Awards that were taken back: what never went out does not, and what did, or may have, is to be taken away.
     *
     * @return the rule sets with something to take away
     */
    Set<Long> withdraw(TenantId tenant, Collection<Long> awardIds, Instant now) {
        drop(tenant, awardIds, now, "AND (score_time IS NULL OR NOT " + HAS_COLUMN + ")");
        jdbc.sql("""
                UPDATE score_outbox
                SET withdrawn_at = :now, due_at = :now, attempts = 0, sent_at = NULL, given_up_at = NULL, problem = NULL
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND score_time IS NOT NULL AND withdrawn_at IS NULL
                    AND (sent_at IS NOT NULL OR given_up_at IS NULL) AND\s""" + HAS_COLUMN)
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .update();
        return jdbc.sql("""
                        SELECT DISTINCT rule_set_id FROM score_outbox
                        WHERE tenant_id = :tenant AND award_id IN (:awards) AND withdrawn_at = :now""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("now", Utc.of(now))
                .query(Long.class)
                .set();
    }

    Optional<Instant> nextDue(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                SELECT MIN(due_at) AS due FROM score_outbox
                WHERE tenant_id = ? AND rule_set_id = ? AND sent_at IS NULL AND given_up_at IS NULL""")
                .params(tenant.value(), ruleSetId)
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "due")))
                .single();
    }

    /** True for one caller at a time, until {@code until} at most; for nobody once it was turned off. */
    boolean claimColumn(TenantId tenant, long ruleSetId, Instant now, Instant until) {
        return jdbc.sql("""
                        UPDATE passback SET creating_until = ? WHERE tenant_id = ? AND rule_set_id = ?
                        AND enabled = TRUE AND line_item_id IS NULL AND (creating_until IS NULL OR creating_until < ?)""")
                        .params(Utc.of(until), tenant.value(), ruleSetId, Utc.of(now))
                        .update()
                == 1;
    }

    void columnMade(TenantId tenant, long ruleSetId, long lineItemId) {
        jdbc.sql("""
                UPDATE passback SET line_item_id = ?, creating_until = NULL, problem = NULL
                WHERE tenant_id = ? AND rule_set_id = ?""").params(lineItemId, tenant.value(), ruleSetId).update();
    }

    /** The column is gone from the LMS, and the scores with it: the next attempt makes a new one and sends them all. */
    void forgetColumn(TenantId tenant, long ruleSetId, Instant now) {
        jdbc.sql("UPDATE passback SET line_item_id = NULL WHERE tenant_id = ? AND rule_set_id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
        jdbc.sql("""
                UPDATE score_outbox SET sent_at = NULL, due_at = ?, attempts = 0
                WHERE tenant_id = ? AND rule_set_id = ? AND sent_at IS NOT NULL AND withdrawn_at IS NULL""").params(Utc.of(now), tenant.value(), ruleSetId).update();
    }

    Optional<Long> ofColumn(TenantId tenant, long lineItemId) {
        return jdbc.sql("SELECT rule_set_id FROM passback WHERE tenant_id = ? AND line_item_id = ?")
                .params(tenant.value(), lineItemId)
                .query(Long.class)
                .optional();
    }

    void problem(TenantId tenant, long ruleSetId, String problem) {
        jdbc.sql("""
                UPDATE passback SET problem = ?, creating_until = NULL WHERE tenant_id = ? AND rule_set_id = ?""").params(problem, tenant.value(), ruleSetId).update();
    }

    Optional<Status> status(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                SELECT p.enabled, p.problem,
                    COUNT(CASE WHEN o.withdrawn_at IS NULL THEN o.sent_at END) AS sent,
                    COUNT(CASE WHEN o.problem IS NOT NULL THEN o.given_up_at END) AS given_up,
                    COUNT(CASE WHEN o.sent_at IS NULL AND o.given_up_at IS NULL THEN o.award_id END) AS waiting,
                    MAX(CASE WHEN o.sent_at IS NULL THEN o.problem END) AS score_problem
                FROM passback p LEFT JOIN score_outbox o
                    ON o.tenant_id = p.tenant_id AND o.rule_set_id = p.rule_set_id
                WHERE p.tenant_id = ? AND p.rule_set_id = ?
                GROUP BY p.enabled, p.problem""")
                .params(tenant.value(), ruleSetId)
                .query((row, n) -> {
                    String problem = row.getString("problem");
                    return new Status(
                            row.getBoolean("enabled"),
                            row.getInt("sent"),
                            row.getInt("waiting"),
                            row.getInt("given_up"),
                            problem == null ? row.getString("score_problem") : problem);
                })
                .optional();
    }

    List<Trace> traces(TenantId tenant, Reference reference) {
        return jdbc.sql("""
                SELECT created_at, sent_at, given_up_at, withdrawn_at FROM score_outbox
                WHERE tenant_id = ? AND reference = ? ORDER BY created_at""")
                .params(tenant.value(), reference.value())
                .query((row, n) -> new Trace(
                        Utc.read(row, "created_at"),
                        Utc.readNullable(row, "sent_at"),
                        Utc.readNullable(row, "given_up_at"),
                        Utc.readNullable(row, "withdrawn_at")))
                .list();
    }

    /** Work that no job may know of any more; for the sweep, which knows no tenant. */
    record Overdue(TenantId tenant, long ruleSetId) {}

    List<Overdue> overdue(Instant since) {
        return jdbc.sql("""
                SELECT DISTINCT o.tenant_id, o.rule_set_id FROM score_outbox o
                JOIN passback p ON p.tenant_id = o.tenant_id AND p.rule_set_id = o.rule_set_id AND p.enabled = TRUE
                WHERE o.sent_at IS NULL AND o.given_up_at IS NULL AND o.due_at < ?""")
                .params(Utc.of(since))
                .query((row, n) -> new Overdue(new TenantId(row.getLong("tenant_id")), row.getLong("rule_set_id")))
                .list();
    }

    Optional<Instant> oldestUnsent() {
        return jdbc.sql("""
                SELECT MIN(o.created_at) AS oldest FROM score_outbox o
                JOIN passback p ON p.tenant_id = o.tenant_id AND p.rule_set_id = o.rule_set_id AND p.enabled = TRUE
                WHERE o.sent_at IS NULL AND o.given_up_at IS NULL""")
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "oldest")))
                .single();
    }
}
