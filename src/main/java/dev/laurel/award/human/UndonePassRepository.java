package dev.laurel.award.human;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code undone_pass_person}: whom undoing a pass keeps a badge from, or more of it than she was given by hand. */
@Repository
class UndonePassRepository {

    private final JdbcClient jdbc;

    UndonePassRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By pass. */
    Map<Long, Set<Long>> people(TenantId tenant, long ruleSetId) {
        Map<Long, Set<Long>> people = new TreeMap<>();
        jdbc.sql("SELECT pass_id, person_id FROM undone_pass_person WHERE tenant_id = ? AND rule_set_id = ?")
                .params(tenant.value(), ruleSetId)
                .query(row -> {
                    people.computeIfAbsent(row.getLong("pass_id"), any -> new HashSet<>())
                            .add(row.getLong("person_id"));
                });
        return people;
    }

    /**
     * After something was decided about these people: no pass keeps anything from those of whom a person decided alone.
     *
     * @param passId with which it was decided about the others, beside those before it; {@code null}: with none
     */
    void decided(TenantId tenant, long ruleSetId, Collection<Long> people, @Nullable Long passId) {
        jdbc.sql("""
                DELETE u FROM undone_pass_person u
                LEFT JOIN human_decision d ON d.tenant_id = u.tenant_id AND d.rule_set_id = u.rule_set_id
                    AND d.person_id = u.person_id AND d.live = TRUE AND d.pass_id IS NOT NULL
                WHERE u.tenant_id = :tenant AND u.rule_set_id = :ruleSet AND u.person_id IN (:people) AND d.id IS NULL""")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("people", people)
                .update();
        if (passId != null) {
            jdbc.sql("""
                    INSERT INTO undone_pass_person (tenant_id, rule_set_id, person_id, pass_id)
                    SELECT tenant_id, rule_set_id, person_id, :pass FROM human_decision
                    WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND person_id IN (:people) AND live = TRUE
                        AND pass_id IS NOT NULL
                    ON DUPLICATE KEY UPDATE pass_id = VALUES(pass_id)""")
                    .param("pass", passId)
                    .param("tenant", tenant.value())
                    .param("ruleSet", ruleSetId)
                    .param("people", people)
                    .update();
        }
    }

    void end(TenantId tenant, long ruleSetId, long passId) {
        jdbc.sql("DELETE FROM undone_pass_person WHERE tenant_id = ? AND rule_set_id = ? AND pass_id = ?")
                .params(tenant.value(), ruleSetId, passId)
                .update();
    }
}
