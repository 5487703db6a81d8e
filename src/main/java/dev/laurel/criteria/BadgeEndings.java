package dev.laurel.criteria;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the rule set of a badge ends: a draft that was never activated is deleted, any other is retired. What it awarded
 * stays as it is, and so does what verifies it.
 */
@Component
public class BadgeEndings {

    private final JdbcClient jdbc;

    private final RuleSets ruleSets;

    private final RuleSetBadges badges;

    private final Clock clock;

    BadgeEndings(JdbcClient jdbc, RuleSets ruleSets, RuleSetBadges badges, Clock clock) {
        this.jdbc = jdbc;
        this.ruleSets = ruleSets;
        this.badges = badges;
        this.clock = clock;
    }

    /**
     * How many badges, of whatever course, have a rule that cannot be met by this one once it is no longer given here; those
     * that are retired aside. None where another course gives it, or has a draft of it.
     */
    public int asking(TenantId tenant, RuleSet ruleSet) {
        return jdbc.sql("""
                        SELECT COUNT(DISTINCT s.achievement_id) FROM rule_set_badge b
                        JOIN rule_set s ON s.tenant_id = b.tenant_id AND s.id = b.rule_set_id
                        WHERE b.tenant_id = ? AND b.achievement_id = ? AND s.retired_at IS NULL AND NOT EXISTS (
                            SELECT 1 FROM rule_set o
                            WHERE o.tenant_id = b.tenant_id AND o.achievement_id = b.achievement_id AND o.id <> ?
                                AND o.retired_at IS NULL)""")
                .params(tenant.value(), ruleSet.achievementId(), ruleSet.id())
                .query(Integer.class)
                .single();
    }

    /** Whether any course gives the badge, or has a draft of it. */
    public boolean isBound(TenantId tenant, long achievementId) {
        return jdbc.sql("SELECT COUNT(*) FROM rule_set WHERE tenant_id = ? AND achievement_id = ?")
                        .params(tenant.value(), achievementId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether this is a draft that can go: it was never activated, and no rule asks for its badge that would go with it. */
    public boolean mayBeDeleted(TenantId tenant, RuleSet ruleSet) {
        return ruleSet.isNew()
                && (asking(tenant, ruleSet) == 0
                        || jdbc.sql(
                                                "SELECT COUNT(*) FROM rule_set WHERE tenant_id = ? AND achievement_id = ? AND id <> ?")
                                        .params(tenant.value(), ruleSet.achievementId(), ruleSet.id())
                                        .query(Integer.class)
                                        .single()
                                > 0);
    }

    /**
     * Deletes a draft with every version of its rule. Where it came from another course or a file, it is offered again.
     *
     * @return false where it cannot go, see {@link #mayBeDeleted}; then nothing is done
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public boolean delete(TenantId tenant, long ruleSetId) {
        RuleSet draft = ruleSets.lock(tenant, ruleSetId);
        badges.oneAtATime(tenant);
        if (!mayBeDeleted(tenant, draft)) {
            return false;
        }
        for (String table :
                List.of("rule_set_badge", "rule_set_column", "rule_set_copy", "rule_set_import", "rule_set_version")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND rule_set_id = ?")
                    .params(tenant.value(), ruleSetId)
                    .update();
        }
        jdbc.sql("DELETE FROM rule_set WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
        return true;
    }

    /**
     * The badge is no longer given here. It is paused where it was active.
     *
     * @return false where it was never activated, or is retired; then nothing is done
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public boolean retire(TenantId tenant, long ruleSetId, long byPerson) {
        RuleSet ruleSet = ruleSets.lock(tenant, ruleSetId);
        if (ruleSet.isNew() || ruleSet.isRetired()) {
            return false;
        }
        ruleSets.pause(tenant, ruleSetId, byPerson);
        Instant now = clock.instant();
        jdbc.sql(
                        "UPDATE rule_set SET retired_at = ?, retired_by = ?, silenced_at = NULL WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), byPerson, tenant.value(), ruleSetId)
                .update();
        return true;
    }

    /** It may be given again: it is paused until somebody activates it. */
    @Transactional
    public void takeBack(TenantId tenant, long ruleSetId) {
        ruleSets.lock(tenant, ruleSetId);
        jdbc.sql("UPDATE rule_set SET retired_at = NULL, retired_by = NULL WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
    }
}
