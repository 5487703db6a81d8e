package dev.laurel.award.question;

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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class QuestionRepository {

    private static final String SELECT = """
            SELECT id, rule_set_id, person_id, words, facts, verdict, asked_at, answer, answered_at
            FROM award_question WHERE tenant_id = ? AND\s""";

    private final JdbcClient jdbc;

    QuestionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An open one of hers gets the new words and facts. */
    void ask(TenantId tenant, long ruleSetId, long personId, String words, String facts, String verdict, Instant now) {
        jdbc.sql("""
                INSERT INTO award_question (tenant_id, rule_set_id, person_id, words, facts, verdict, asked_at, live)
                VALUES (?, ?, ?, ?, ?, ?, ?, TRUE)
                ON DUPLICATE KEY UPDATE words = VALUES(words), facts = VALUES(facts), verdict = VALUES(verdict),
                    asked_at = VALUES(asked_at)""")
                .params(tenant.value(), ruleSetId, personId, words, facts, verdict, Utc.of(now))
                .update();
    }

    List<Question> open(TenantId tenant, long ruleSetId) {
        return jdbc.sql(SELECT + "rule_set_id = ? AND live = TRUE ORDER BY asked_at, id")
                .params(tenant.value(), ruleSetId)
                .query(QuestionRepository::question)
                .list();
    }

    Map<Long, Long> counts(TenantId tenant, Collection<Long> ruleSetIds) {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT rule_set_id, COUNT(*) AS many FROM award_question
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND live = TRUE GROUP BY rule_set_id""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .query(row -> {
                    counts.put(row.getLong("rule_set_id"), row.getLong("many"));
                });
        return counts;
    }

    List<Question> unread(TenantId tenant, Collection<Long> ruleSetIds, long personId) {
        return jdbc.sql("""
                        SELECT id, rule_set_id, person_id, words, facts, verdict, asked_at, answer, answered_at
                        FROM award_question
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND person_id = :person
                            AND answered_at IS NOT NULL AND read_at IS NULL ORDER BY answered_at DESC, id DESC""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .param("person", personId)
                .query(QuestionRepository::question)
                .list();
    }

    void read(TenantId tenant, Collection<Long> ruleSetIds, long personId, Instant until, Instant now) {
        jdbc.sql("""
                UPDATE award_question SET read_at = :now
                WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND person_id = :person
                    AND answered_at <= :until AND read_at IS NULL""")
                .param("until", Utc.of(until))
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .param("person", personId)
                .update();
    }

    Optional<Question> latest(TenantId tenant, long ruleSetId, long personId) {
        return jdbc.sql(SELECT + "rule_set_id = ? AND person_id = ? ORDER BY id DESC LIMIT 1")
                .params(tenant.value(), ruleSetId, personId)
                .query(QuestionRepository::question)
                .optional();
    }

    Set<Long> asking(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return asking(tenant, ruleSetId, people, "");
    }

    /** Locked: nobody of these people asks, or says it otherwise, before the transaction ends. */
    Set<Long> lockAsking(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return asking(tenant, ruleSetId, people, " FOR UPDATE");
    }

    private Set<Long> asking(TenantId tenant, long ruleSetId, Collection<Long> people, String locked) {
        return jdbc.sql("""
                        SELECT person_id FROM award_question
                        WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND live = TRUE AND person_id IN (:people)""" + locked)
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .query(Long.class)
                .set();
    }

    void answerAll(
            TenantId tenant, long ruleSetId, Collection<Long> people, String answer, long byPerson, Instant now) {
        jdbc.sql("""
                UPDATE award_question SET answer = :answer, answered_by = :by, answered_at = :now, live = NULL
                WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND person_id IN (:people) AND live = TRUE""")
                .param("answer", answer)
                .param("by", byPerson)
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .update();
    }

    List<Question> ofPerson(TenantId tenant, long personId) {
        return jdbc.sql(SELECT + "person_id = ? ORDER BY id")
                .params(tenant.value(), personId)
                .query(QuestionRepository::question)
                .list();
    }

    boolean answer(
            TenantId tenant,
            long ruleSetId,
            long questionId,
            Instant asked,
            String answer,
            long byPerson,
            Instant now) {
        return jdbc.sql("""
                        UPDATE award_question SET answer = ?, answered_by = ?, answered_at = ?, live = NULL
                        WHERE tenant_id = ? AND rule_set_id = ? AND id = ? AND asked_at = ? AND live = TRUE""")
                        .params(answer, byPerson, Utc.of(now), tenant.value(), ruleSetId, questionId, Utc.of(asked))
                        .update()
                == 1;
    }

    private static Question question(ResultSet row, int n) throws SQLException {
        return new Question(
                row.getLong("id"),
                row.getLong("rule_set_id"),
                row.getLong("person_id"),
                row.getString("words"),
                row.getString("facts"),
                row.getString("verdict"),
                Utc.read(row, "asked_at"),
                row.getString("answer"),
                Utc.readNullable(row, "answered_at"));
    }
}
