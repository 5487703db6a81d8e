package dev.laurel.award.human;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class HumanDecisionRepository {

    /** By person the latest undone pass that keeps the badge from her. */
    private static final String LAST_UNDONE = """
            (SELECT tenant_id, person_id, MAX(pass_id) AS pass_id FROM undone_pass_person
            WHERE tenant_id = ? AND rule_set_id = ? GROUP BY tenant_id, person_id) u
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    HumanDecisionRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** What was noted as earlier comes last. @param people {@code null}: everybody */
    List<HumanDecision> live(TenantId tenant, long ruleSetId, @Nullable Collection<Long> people) {
        return jdbc.sql("""
                        SELECT id, rule_set_id, person_id, kind, reason, evidence_text, evidence_url, given_level,
                            given_level_names, by_person, decided_at, needs_second, second_by, no_more, no_more_by,
                            pass_id
                        FROM human_decision
                        WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND live = TRUE\s""" + (people == null ? "" : "AND person_id IN (:people) ") + "ORDER BY earlier, id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people == null ? List.of(0L) : people)
                .query(HumanDecisionRepository::decision)
                .list();
    }

    Set<Long> among(TenantId tenant, long ruleSetId, HumanDecision.Kind kind, Collection<Long> people) {
        return new HashSet<>(jdbc.sql("""
                        SELECT person_id FROM human_decision
                        WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND person_id IN (:people) AND live = TRUE
                            AND kind = :kind AND (needs_second = FALSE OR second_by IS NOT NULL)""")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .param("kind", kind.name())
                .query(Long.class)
                .list());
    }

    Set<Long> metEarlier(TenantId tenant, long personId) {
        return ruleSets(tenant, personId, "kind = 'EARLIER'");
    }

    Set<Long> withheld(TenantId tenant, long personId) {
        return ruleSets(tenant, personId, "(kind = 'WITHHELD' OR no_more)");
    }

    private Set<Long> ruleSets(TenantId tenant, long personId, String which) {
        return new HashSet<>(jdbc.sql("""
                        SELECT rule_set_id FROM human_decision
                        WHERE tenant_id = ? AND person_id = ? AND live = TRUE AND\s""" + which)
                .params(tenant.value(), personId)
                .query(Long.class)
                .list());
    }

    /** @param limited the decision before it, where no check gives more than that */
    void add(
            TenantId tenant,
            long ruleSetId,
            Collection<Long> people,
            HumanDecision.Kind kind,
            String reason,
            @Nullable String evidenceText,
            @Nullable String evidenceUrl,
            @Nullable Integer level,
            List<String> tiers,
            boolean needsSecond,
            @Nullable HumanDecision limited,
            @Nullable Long passId,
            long byPerson,
            Instant now) {
        boolean noMore = limited != null && limited.noMore();
        Long noMoreBy = limited == null ? null : limited.noMoreBy();
        batch.batchUpdate(
                """
                INSERT INTO human_decision (tenant_id, rule_set_id, person_id, kind, reason, evidence_text, evidence_url,
                    given_level, given_level_names, by_person, decided_at, needs_second, no_more, no_more_by, pass_id, live)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)""",
                people.stream()
                        .sorted()
                        .map(person -> new @Nullable Object[] {
                            tenant.value(),
                            ruleSetId,
                            person,
                            kind.name(),
                            reason,
                            evidenceText,
                            evidenceUrl,
                            level,
                            tiers.isEmpty() ? null : JSON.writeValueAsString(tiers),
                            byPerson,
                            Utc.of(now),
                            needsSecond,
                            noMore,
                            noMoreBy,
                            passId
                        })
                        .toList());
    }

    /** Of what is granted to these people; of whom that was decided alone before, it stays so. */
    void noMore(TenantId tenant, long ruleSetId, Collection<Long> people, @Nullable Long passId, long byPerson) {
        jdbc.sql("""
                UPDATE human_decision SET pass_id = IF(no_more AND pass_id IS NULL, NULL, :pass), no_more = TRUE,
                    no_more_by = :by
                WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND person_id IN (:people) AND live = TRUE
                    AND kind = 'GRANTED'""")
                .param("pass", passId)
                .param("by", byPerson)
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .update();
    }

    boolean second(TenantId tenant, long id, long byPerson, Instant now) {
        return jdbc.sql("""
                        UPDATE human_decision SET second_by = ?, second_at = ?
                        WHERE tenant_id = ? AND id = ? AND live = TRUE AND needs_second = TRUE AND second_by IS NULL""").params(byPerson, Utc.of(now), tenant.value(), id).update() == 1;
    }

    /** Where it is in force still, and nobody has confirmed it since it was read. */
    boolean end(TenantId tenant, HumanDecision read, String reason, long byPerson, Instant now) {
        return jdbc.sql("""
                        UPDATE human_decision SET live = NULL, ended_by = ?, ended_at = ?, end_reason = ?
                        WHERE tenant_id = ? AND id = ? AND live = TRUE AND second_by <=> ?""")
                        .params(Arrays.asList(
                                byPerson, Utc.of(now), reason, tenant.value(), read.id(), read.secondBy()))
                        .update()
                == 1;
    }

    void end(
            TenantId tenant,
            long ruleSetId,
            Collection<Long> people,
            Collection<HumanDecision.Kind> kinds,
            String reason,
            long byPerson,
            Instant now) {
        jdbc.sql("""
                UPDATE human_decision SET live = NULL, ended_by = :by, ended_at = :now, end_reason = :reason
                WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND person_id IN (:people) AND live = TRUE
                    AND kind IN (:kinds)""")
                .param("kinds", kinds.stream().map(Enum::name).toList())
                .param("by", byPerson)
                .param("now", Utc.of(now))
                .param("reason", reason)
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .update();
    }

    /** What undoing this pass decided holds no longer, for whomever no other undone pass keeps it from either. */
    void endPass(TenantId tenant, long ruleSetId, long passId, String reason, long byPerson, Instant now) {
        jdbc.sql("""
                UPDATE human_decision SET live = NULL, ended_by = ?, ended_at = ?, end_reason = ?
                WHERE tenant_id = ? AND rule_set_id = ? AND pass_id = ? AND live = TRUE AND kind = 'WITHHELD'""")
                .params(byPerson, Utc.of(now), reason, tenant.value(), ruleSetId, passId)
                .update();
        jdbc.sql("""
                INSERT INTO human_decision (tenant_id, rule_set_id, person_id, kind, reason, by_person, decided_at,
                    needs_second, no_more, pass_id, live)
                SELECT p.tenant_id, p.rule_set_id, u.person_id, 'WITHHELD', p.undone_reason, p.undone_by, p.undone_at,
                    FALSE, FALSE, p.id, TRUE
                FROM\s""" + LAST_UNDONE + """
                JOIN award_pass p ON p.tenant_id = u.tenant_id AND p.id = u.pass_id
                WHERE NOT EXISTS (SELECT 1 FROM human_decision d
                    WHERE d.tenant_id = p.tenant_id AND d.rule_set_id = p.rule_set_id AND d.person_id = u.person_id
                        AND d.live = TRUE AND d.kind <> 'EARLIER')""").params(tenant.value(), ruleSetId).update();
        jdbc.sql("UPDATE human_decision d LEFT JOIN " + LAST_UNDONE + """
                ON u.person_id = d.person_id
                LEFT JOIN award_pass p ON p.tenant_id = u.tenant_id AND p.id = u.pass_id
                SET d.no_more = (p.id IS NOT NULL), d.no_more_by = COALESCE(p.undone_by, d.no_more_by), d.pass_id = p.id
                WHERE d.tenant_id = ? AND d.rule_set_id = ? AND d.pass_id = ? AND d.live = TRUE
                    AND d.kind = 'GRANTED'""")
                .params(tenant.value(), ruleSetId, tenant.value(), ruleSetId, passId)
                .update();
        jdbc.sql("DELETE FROM withheld_before WHERE tenant_id = ? AND rule_set_id = ? AND pass_id = ?")
                .params(tenant.value(), ruleSetId, passId)
                .update();
    }

    private static HumanDecision decision(ResultSet row, int n) throws SQLException {
        String names = row.getString("given_level_names");
        return new HumanDecision(
                row.getLong("id"),
                row.getLong("rule_set_id"),
                row.getLong("person_id"),
                HumanDecision.Kind.valueOf(row.getString("kind")),
                row.getString("reason"),
                row.getString("evidence_text"),
                row.getString("evidence_url"),
                row.getObject("given_level", Integer.class),
                names == null ? List.of() : List.of(JSON.readValue(names, String[].class)),
                row.getLong("by_person"),
                Utc.read(row, "decided_at"),
                row.getBoolean("needs_second"),
                row.getObject("second_by", Long.class),
                row.getBoolean("no_more"),
                row.getObject("no_more_by", Long.class),
                row.getObject("pass_id", Long.class));
    }
}
