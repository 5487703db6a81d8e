package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rule sets that were made after one of another course, and which. Table {@code rule_set_copy}. */
@Component
public class RuleSetCopies {

    private final RuleSets ruleSets;

    private final JdbcClient jdbc;

    private final Clock clock;

    RuleSetCopies(RuleSets ruleSets, JdbcClient jdbc, Clock clock) {
        this.ruleSets = ruleSets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** {@code ruleSetId} in the course {@code contextId} was made after {@code sourceId}. */
    public record Copy(long contextId, long sourceId, long ruleSetId) {}

    /** Everything that was copied into these courses. One statement. */
    public List<Copy> into(TenantId tenant, Collection<Long> contextIds) {
        if (contextIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT context_id, source_rule_set_id, rule_set_id FROM rule_set_copy
                WHERE tenant_id = :tenant AND context_id IN (:contexts)""")
                .param("tenant", tenant.value())
                .param("contexts", contextIds)
                .query((row, n) -> new Copy(
                        row.getLong("context_id"), row.getLong("source_rule_set_id"), row.getLong("rule_set_id")))
                .list();
    }

    /**
     * A draft in another course, made after one.
     *
     * @param badge what is awarded there
     * @param rule the source's over the columns and badges of that course
     * @throws BadRuleException as {@link RuleSets#create}
     * @throws org.springframework.dao.DuplicateKeyException where it was copied into that course before
     */
    @Transactional
    public RuleSet copy(
            TenantId tenant, RuleSet source, long contextId, AchievementVersion.Key badge, Rule rule, long byPerson) {
        RuleSet copy = ruleSets.create(tenant, contextId, badge.achievementId(), badge.version(), rule, byPerson);
        jdbc.sql("""
                INSERT INTO rule_set_copy
                    (tenant_id, context_id, source_rule_set_id, rule_set_id, copied_by, copied_at)
                VALUES (?, ?, ?, ?, ?, ?)""")
                .params(tenant.value(), contextId, source.id(), copy.id(), byPerson, Utc.of(clock.instant()))
                .update();
        return copy;
    }
}
