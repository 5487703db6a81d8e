package dev.laurel.criteria;

import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which rule sets ask for which badges. Table {@code rule_set_badge}. */
@Repository
class RuleSetBadges {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    RuleSetBadges(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    void save(TenantId tenant, long ruleSetId, Rule rule) {
        jdbc.sql("DELETE FROM rule_set_badge WHERE tenant_id = ? AND rule_set_id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
        batch.batchUpdate(
                "INSERT INTO rule_set_badge (tenant_id, achievement_id, rule_set_id) VALUES (?, ?, ?)",
                rule.badgeIds().stream()
                        .map(badge -> new Object[] {tenant.value(), badge, ruleSetId})
                        .toList());
    }

    /** Active rule sets that ask for any of these badges. */
    List<Binding> asking(TenantId tenant, Collection<Long> achievementIds) {
        return jdbc.sql("""
                        SELECT DISTINCT s.id, s.context_id, b.achievement_id FROM rule_set_badge b
                        JOIN rule_set s ON s.tenant_id = b.tenant_id AND s.id = b.rule_set_id
                        WHERE b.tenant_id = :tenant AND b.achievement_id IN (:badges) AND s.status = 'ACTIVE'
                        ORDER BY s.context_id, s.id""")
                .param("tenant", tenant.value())
                .param("badges", achievementIds)
                .query(RuleSetBadges::binding)
                .list();
    }

    /** Active rule sets that any of these badges is awarded by. */
    List<Binding> giving(TenantId tenant, Collection<Long> achievementIds) {
        return jdbc.sql("""
                        SELECT id, context_id, achievement_id FROM rule_set
                        WHERE tenant_id = :tenant AND achievement_id IN (:badges) AND status = 'ACTIVE'
                        ORDER BY context_id, id""")
                .param("tenant", tenant.value())
                .param("badges", achievementIds)
                .query(RuleSetBadges::binding)
                .list();
    }

    /** Those of these badges that are no longer given: every course that gave one has retired it. */
    Set<Long> retired(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("""
                        SELECT achievement_id FROM rule_set
                        WHERE tenant_id = :tenant AND achievement_id IN (:badges)
                        GROUP BY achievement_id HAVING COUNT(*) = COUNT(retired_at)""")
                        .param("tenant", tenant.value())
                        .param("badges", achievementIds)
                        .query(Long.class)
                        .list());
    }

    /**
     * Whoever saves a rule that asks for badges waits for all others of the tenant who do. Two that ask for each other,
     * saved at the same moment in two courses, would not see each other otherwise.
     */
    void oneAtATime(TenantId tenant, Rule rule) {
        if (!rule.badgeIds().isEmpty()) {
            oneAtATime(tenant);
        }
    }

    /** The same for whoever deletes a badge: no rule that asks for it is saved meanwhile. */
    void oneAtATime(TenantId tenant) {
        jdbc.sql("SELECT id FROM tenant WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** A rule set and a badge that it asks for, or that is awarded by it. */
    record Binding(long ruleSetId, long contextId, long achievementId) {}

    private static Binding binding(ResultSet row, int n) throws SQLException {
        return new Binding(row.getLong("id"), row.getLong("context_id"), row.getLong("achievement_id"));
    }

    /**
     * Whoever asks for a badge must not be asked for by it, over any number of steps: then nobody could ever begin.
     *
     * @throws BadRuleException where it is
     */
    void requireNoCycle(TenantId tenant, long achievementId, Rule rule) {
        Set<Long> seen = new HashSet<>();
        Set<Long> next = rule.badgeIds();
        while (!next.isEmpty()) {
            if (next.contains(achievementId)) {
                throw new BadRuleException("/rule", "rule.bad.cycle");
            }
            seen.addAll(next);
            Set<Long> further = new HashSet<>(askedForBy(tenant, next));
            further.removeAll(seen);
            next = further;
        }
    }

    private List<Long> askedForBy(TenantId tenant, Collection<Long> achievementIds) {
        return jdbc.sql("""
                        SELECT DISTINCT b.achievement_id FROM rule_set s
                        JOIN rule_set_badge b ON b.tenant_id = s.tenant_id AND b.rule_set_id = s.id
                        WHERE s.tenant_id = :tenant AND s.achievement_id IN (:badges)""")
                .param("tenant", tenant.value())
                .param("badges", achievementIds)
                .query(Long.class)
                .list();
    }
}
