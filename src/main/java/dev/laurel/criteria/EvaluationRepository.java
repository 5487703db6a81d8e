package dev.laurel.criteria;

import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The current evaluations. */
@Repository
class EvaluationRepository {

    private static final String SELECT = """
            SELECT rule_set_id, person_id, version, verdict, explanation, evaluated_at, reference
            FROM evaluation WHERE tenant_id = :tenant\s""";

    /** With more pairs of a rule set and a person in one statement, databases read everything there is instead. */
    private static final int MOST_RANGES = 10_000;

    private static final MassInsert INSERT = new MassInsert("""
            evaluation
                (tenant_id, rule_set_id, person_id, version, verdict, explanation, evaluated_at, reference)""", """
            ON DUPLICATE KEY UPDATE version = VALUES(version), verdict = VALUES(verdict),
                explanation = VALUES(explanation), evaluated_at = VALUES(evaluated_at),
                reference = VALUES(reference)""");

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    EvaluationRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** What is stored for one person under one rule set, unparsed: enough to see whether anything changed. */
    record Stored(long ruleSetId, long personId, int version, Verdict verdict, String explanation) {

        static Stored of(Explained now) {
            PersonEvaluation evaluation = now.evaluation();
            return new Stored(
                    evaluation.ruleSetId(),
                    evaluation.personId(),
                    evaluation.ruleSetVersion(),
                    evaluation.evaluation().verdict(),
                    now.explanation());
        }

        Key key() {
            return new Key(ruleSetId, personId);
        }

        boolean says(Explained now) {
            return version == now.evaluation().ruleSetVersion()
                    && verdict == now.evaluation().evaluation().verdict()
                    && explanation.equals(now.explanation());
        }
    }

    record Key(long ruleSetId, long personId) {}

    /** An evaluation and how it is written. */
    record Explained(PersonEvaluation evaluation, String explanation) {

        static Explained of(PersonEvaluation evaluation) {
            return new Explained(evaluation, ExplanationJson.write(evaluation.evaluation()));
        }
    }

    Map<Key, Stored> stored(TenantId tenant, Collection<Long> ruleSetIds, Collection<Long> personIds) {
        if (ruleSetIds.size() == 1 || ruleSetIds.size() * personIds.size() <= MOST_RANGES) {
            return storedOf(tenant, ruleSetIds, personIds);
        }
        Map<Key, Stored> stored = new HashMap<>();
        ruleSetIds.forEach(ruleSet -> stored.putAll(storedOf(tenant, List.of(ruleSet), personIds)));
        return stored;
    }

    private Map<Key, Stored> storedOf(TenantId tenant, Collection<Long> ruleSetIds, Collection<Long> personIds) {
        return jdbc
                .sql("""
                        SELECT rule_set_id, person_id, version, verdict, explanation FROM evaluation
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND person_id IN (:persons)""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .param("persons", personIds)
                .query((row, n) -> new Stored(
                        row.getLong("rule_set_id"),
                        row.getLong("person_id"),
                        row.getInt("version"),
                        Verdict.valueOf(row.getString("verdict")),
                        row.getString("explanation")))
                .list()
                .stream()
                .collect(Collectors.toMap(Stored::key, Function.identity()));
    }

    void save(TenantId tenant, List<Explained> evaluations) {
        INSERT.insert(batch, evaluations, explained -> {
            PersonEvaluation evaluation = explained.evaluation();
            Reference reference = evaluation.reference();
            return new @Nullable Object[] {
                tenant.value(),
                evaluation.ruleSetId(),
                evaluation.personId(),
                evaluation.ruleSetVersion(),
                evaluation.evaluation().verdict().name(),
                explained.explanation(),
                Utc.of(evaluation.evaluatedAt()),
                reference == null ? null : reference.value()
            };
        });
    }

    /** Nothing is kept of people who cannot earn in the course (any more). */
    void forget(TenantId tenant, Collection<Long> ruleSetIds, Collection<Long> personIds) {
        jdbc.sql("""
                DELETE FROM evaluation
                WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND person_id IN (:persons)""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .param("persons", personIds)
                .update();
    }

    /** The rule sets are read first: a delete that joins them would keep everybody from changing any until it commits. */
    void forget(TenantId tenant, long personId) {
        List<Long> ruleSetIds = jdbc.sql("SELECT id FROM rule_set WHERE tenant_id = ? ORDER BY id")
                .params(tenant.value())
                .query(Long.class)
                .list();
        for (int from = 0; from < ruleSetIds.size(); from += MOST_RANGES) {
            forget(
                    tenant,
                    ruleSetIds.subList(from, Math.min(from + MOST_RANGES, ruleSetIds.size())),
                    List.of(personId));
        }
    }

    List<PersonEvaluation> ofRuleSet(TenantId tenant, long ruleSetId, int version) {
        return jdbc.sql(SELECT + "AND rule_set_id = :ruleSet AND version = :version ORDER BY person_id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("version", version)
                .query(EvaluationRepository::evaluation)
                .list();
    }

    List<PersonEvaluation> ofPerson(TenantId tenant, long personId, Collection<Long> ruleSetIds) {
        return jdbc.sql(SELECT + "AND person_id = :person AND rule_set_id IN (:ruleSets)")
                .param("tenant", tenant.value())
                .param("person", personId)
                .param("ruleSets", ruleSetIds)
                .query(EvaluationRepository::evaluation)
                .list();
    }

    /** @param personId whose result in this course has the reference */
    List<Footprint> follow(TenantId tenant, long contextId, long personId, Reference reference) {
        return jdbc.sql("""
                        SELECT e.rule_set_id, e.verdict, e.evaluated_at FROM rule_set s
                        JOIN evaluation e ON e.tenant_id = s.tenant_id AND e.rule_set_id = s.id
                        WHERE s.tenant_id = ? AND s.context_id = ? AND e.person_id = ? AND e.reference = ?
                        ORDER BY e.evaluated_at, e.rule_set_id""")
                .params(tenant.value(), contextId, personId, reference.value())
                .query((row, n) -> new Footprint(
                        Step.CRITERIA,
                        Utc.read(row, "evaluated_at"),
                        outcome(Verdict.valueOf(row.getString("verdict"))) + row.getLong("rule_set_id")))
                .list();
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case MET -> "criteria met, rule set ";
            case NOT_MET -> "criteria not met, rule set ";
            case UNDECIDED, IGNORED -> "not decidable yet, rule set ";
        };
    }

    private static PersonEvaluation evaluation(ResultSet row, int n) throws SQLException {
        String reference = row.getString("reference");
        Instant evaluatedAt = Utc.read(row, "evaluated_at");
        return new PersonEvaluation(
                row.getLong("rule_set_id"),
                row.getInt("version"),
                row.getLong("person_id"),
                ExplanationJson.read(Verdict.valueOf(row.getString("verdict")), row.getString("explanation")),
                evaluatedAt,
                reference == null ? null : new Reference(reference));
    }
}
