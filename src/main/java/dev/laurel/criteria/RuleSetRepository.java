package dev.laurel.criteria;

import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.RuleJson;
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
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rule sets and the versions of their rules. */
@Repository
class RuleSetRepository {

    // In this order, whatever an optimiser thinks: two that lock both in different orders would wait for each other.
    private static final String ANY = """
            SELECT s.id, s.context_id, s.achievement_id, s.status, s.version, s.activated_at, s.retired_at, v.achievement_version,
                v.rule
            FROM rule_set s %s
            STRAIGHT_JOIN rule_set_version v
                ON v.tenant_id = s.tenant_id AND v.rule_set_id = s.id AND v.version = s.version
            WHERE s.tenant_id = :tenant\s""";

    private static final String SELECT = ANY.formatted("");

    /** In the order of their numbers: another index that finds them would lock them in its own. */
    private static final String BY_ID = ANY.formatted("FORCE INDEX (PRIMARY)");

    private final JdbcClient jdbc;

    RuleSetRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(TenantId tenant, long contextId, long achievementId, long byPerson, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO rule_set (tenant_id, context_id, achievement_id, status, version, created_by, created_at)
                VALUES (?, ?, ?, 'DRAFT', 1, ?, ?)""")
                .params(tenant.value(), contextId, achievementId, byPerson, Utc.of(now))
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    void insertVersion(
            TenantId tenant,
            long ruleSetId,
            int version,
            int achievementVersion,
            Rule rule,
            long byPerson,
            Instant now) {
        jdbc.sql("""
                INSERT INTO rule_set_version
                    (tenant_id, rule_set_id, version, achievement_version, rule, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        ruleSetId,
                        version,
                        achievementVersion,
                        RuleJson.write(rule),
                        byPerson,
                        Utc.of(now))
                .update();
    }

    /** Whether another course gives the same badge. */
    boolean isShared(TenantId tenant, RuleSet ruleSet) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM rule_set
                            WHERE tenant_id = ? AND achievement_id = ? AND context_id <> ?)""")
                .params(tenant.value(), ruleSet.achievementId(), ruleSet.contextId())
                .query(Boolean.class)
                .single();
    }

    /** Who made the version in force. */
    long author(TenantId tenant, RuleSet ruleSet) {
        return jdbc.sql("""
                        SELECT created_by FROM rule_set_version
                        WHERE tenant_id = ? AND rule_set_id = ? AND version = ?""")
                .params(tenant.value(), ruleSet.id(), ruleSet.version())
                .query(Long.class)
                .single();
    }

    void putInForce(TenantId tenant, long ruleSetId, int version) {
        jdbc.sql("UPDATE rule_set SET version = ? WHERE tenant_id = ? AND id = ?")
                .params(version, tenant.value(), ruleSetId)
                .update();
    }

    /** Whether anything changed. */
    boolean setStatus(TenantId tenant, long ruleSetId, RuleSet.Status status, Instant now) {
        return jdbc.sql("""
                        UPDATE rule_set SET status = :status, activated_at =
                            CASE WHEN :status = 'ACTIVE' AND activated_at IS NULL THEN :now ELSE activated_at END,
                            retired_at = CASE WHEN :status = 'ACTIVE' THEN NULL ELSE retired_at END,
                            retired_by = CASE WHEN :status = 'ACTIVE' THEN NULL ELSE retired_by END,
                            activated_version = CASE WHEN :status = 'ACTIVE' THEN version ELSE activated_version END,
                            silenced_at = NULL
                        WHERE tenant_id = :tenant AND id = :id AND status <> :status""")
                        .param("status", status.name())
                        .param("now", Utc.of(now))
                        .param("tenant", tenant.value())
                        .param("id", ruleSetId)
                        .update()
                == 1;
    }

    Optional<RuleSet> find(TenantId tenant, long ruleSetId) {
        return jdbc.sql(SELECT + "AND s.id = :id")
                .param("tenant", tenant.value())
                .param("id", ruleSetId)
                .query(RuleSetRepository::ruleSet)
                .optional();
    }

    /** The rule set, locked until the transaction ends, so that of two edits at once each makes a version of its own. */
    Optional<RuleSet> findForUpdate(TenantId tenant, long ruleSetId) {
        return jdbc.sql(SELECT + "AND s.id = :id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("id", ruleSetId)
                .query(RuleSetRepository::ruleSet)
                .optional();
    }

    Optional<Rule> lastActive(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                        SELECT v.rule FROM rule_set s
                        JOIN rule_set_version v
                            ON v.tenant_id = s.tenant_id AND v.rule_set_id = s.id AND v.version = s.activated_version
                        WHERE s.tenant_id = ? AND s.id = ?""")
                .params(tenant.value(), ruleSetId)
                .query(String.class)
                .optional()
                .map(RuleJson::read);
    }

    /** Rules as they stood, by rule set and version. */
    Map<RuleVersion, Rule> rules(TenantId tenant, Set<RuleVersion> versions) {
        Map<RuleVersion, Rule> rules = new HashMap<>();
        jdbc.sql("""
                        SELECT rule_set_id, version, rule FROM rule_set_version
                        WHERE tenant_id = :tenant AND (rule_set_id, version) IN (:versions)""")
                .param("tenant", tenant.value())
                .param(
                        "versions",
                        versions.stream()
                                .map(each -> new Object[] {each.ruleSetId(), each.version()})
                                .toList())
                .query(row -> {
                    rules.put(
                            new RuleVersion(row.getLong("rule_set_id"), row.getInt("version")),
                            RuleJson.read(row.getString("rule")));
                });
        return rules;
    }

    List<RuleSet> ofContext(TenantId tenant, long contextId) {
        return jdbc.sql(SELECT + "AND s.context_id = :context ORDER BY s.id")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .query(RuleSetRepository::ruleSet)
                .list();
    }

    List<RuleSet> ofContexts(TenantId tenant, Collection<Long> contextIds) {
        return jdbc.sql(SELECT + "AND s.context_id IN (:contexts) ORDER BY s.context_id, s.id")
                .param("tenant", tenant.value())
                .param("contexts", contextIds)
                .query(RuleSetRepository::ruleSet)
                .list();
    }

    List<RuleSet> active(TenantId tenant, long contextId) {
        return jdbc.sql(SELECT + "AND s.context_id = :context AND s.status = 'ACTIVE' ORDER BY s.id")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .query(RuleSetRepository::ruleSet)
                .list();
    }

    /** Pauses an active one until its course may speak for its issuer again. */
    void silence(TenantId tenant, long ruleSetId, Instant now) {
        jdbc.sql("UPDATE rule_set SET status = 'PAUSED', silenced_at = ?"
                        + " WHERE tenant_id = ? AND id = ? AND status = 'ACTIVE'")
                .params(Utc.of(now), tenant.value(), ruleSetId)
                .update();
    }

    /**
     * Sets one going that was silent.
     *
     * @return whether it was, and is given still: somebody may have paused or ended it meanwhile
     */
    boolean resume(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                        UPDATE rule_set SET status = 'ACTIVE', activated_version = version, silenced_at = NULL
                        WHERE tenant_id = ? AND id = ? AND status = 'PAUSED' AND silenced_at IS NOT NULL
                            AND retired_at IS NULL""").params(tenant.value(), ruleSetId).update() == 1;
    }

    /** A paused one stays so, whatever its course may do again. */
    void keepPaused(TenantId tenant, long ruleSetId) {
        jdbc.sql("UPDATE rule_set SET silenced_at = NULL WHERE tenant_id = ? AND id = ? AND status = 'PAUSED'")
                .params(tenant.value(), ruleSetId)
                .update();
    }

    /** Those that are silent, but may be given. */
    List<RuleSet> silenced(TenantId tenant, long contextId) {
        return jdbc.sql(SELECT + "AND s.context_id = :context AND s.silenced_at IS NOT NULL AND s.retired_at IS NULL"
                        + " ORDER BY s.id")
                .param("tenant", tenant.value())
                .param("context", contextId)
                .query(RuleSetRepository::ruleSet)
                .list();
    }

    /** Active ones, which nobody pauses or edits until the transaction ends. Others who read them do not wait. */
    List<RuleSet> lockActive(TenantId tenant, long contextId) {
        // Found first, without a lock, by the index that does.
        List<Long> ids = jdbc.sql(
                        "SELECT id FROM rule_set WHERE tenant_id = ? AND context_id = ? AND status = 'ACTIVE'")
                .params(tenant.value(), contextId)
                .query(Long.class)
                .list();
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(BY_ID + "AND s.id IN (:ids) AND s.status = 'ACTIVE' ORDER BY s.id LOCK IN SHARE MODE")
                        .param("tenant", tenant.value())
                        .param("ids", ids)
                        .query(RuleSetRepository::ruleSet)
                        .list();
    }

    /** Active ones of these, locked like {@link #lockActive}, of whose course nothing waits to be evaluated. */
    Set<Long> lockUpToDate(TenantId tenant, Collection<Long> ruleSetIds) {
        Map<Long, Long> contexts = new HashMap<>();
        jdbc.sql("""
                SELECT id, context_id FROM rule_set
                WHERE tenant_id = :tenant AND id IN (:ids) AND status = 'ACTIVE' ORDER BY id LOCK IN SHARE MODE""").param("tenant", tenant.value()).param("ids", ruleSetIds).query(row -> {
            contexts.put(row.getLong("id"), row.getLong("context_id"));
        });
        if (!contexts.isEmpty()) {
            List<Long> waiting = jdbc.sql("""
                            SELECT DISTINCT context_id FROM criteria_due
                            WHERE tenant_id = :tenant AND context_id IN (:contexts)""")
                    .param("tenant", tenant.value())
                    .param("contexts", contexts.values())
                    .query(Long.class)
                    .list();
            contexts.values().removeAll(waiting);
        }
        return Set.copyOf(contexts.keySet());
    }

    private static RuleSet ruleSet(ResultSet row, int n) throws SQLException {

        return new RuleSet(
                row.getLong("id"),
                row.getLong("context_id"),
                row.getLong("achievement_id"),
                row.getInt("achievement_version"),
                RuleSet.Status.valueOf(row.getString("status")),
                row.getInt("version"),
                RuleJson.read(row.getString("rule")),
                Utc.readNullable(row, "activated_at"),
                Utc.readNullable(row, "retired_at"));
    }
}
