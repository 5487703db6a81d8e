package dev.laurel.award.policy;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Versions of policies; none is ever changed. */
@Repository
class AwardPolicyRepository {

    private final JdbcClient jdbc;

    private final AwardSettings settings;

    AwardPolicyRepository(JdbcClient jdbc, AwardSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** By rule set; where staff chose nothing there is none. */
    Map<Long, AwardPolicy> inForce(TenantId tenant, Collection<Long> ruleSetIds) {
        Map<Long, AwardPolicy> inForce = new HashMap<>();
        if (!ruleSetIds.isEmpty()) {
            jdbc.sql("""
                    SELECT p.rule_set_id, p.version, p.review, p.releases, p.settling_seconds, p.release_on, p.on_fall,
                        p.grace_seconds, p.brake_share, p.changed_by, p.changed_at
                    FROM award_policy p JOIN (
                        SELECT tenant_id, rule_set_id, MAX(version) AS version FROM award_policy
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) GROUP BY tenant_id, rule_set_id) newest
                        ON newest.tenant_id = p.tenant_id AND newest.rule_set_id = p.rule_set_id
                            AND newest.version = p.version""")
                    .param("tenant", tenant.value())
                    .param("ruleSets", ruleSetIds)
                    .query((row, n) -> inForce.put(
                            row.getLong("rule_set_id"), version(row, n).policy()))
                    .list();
        }
        return inForce;
    }

    /** Newest first. */
    List<AwardPolicies.Version> versions(TenantId tenant, long ruleSetId, int limit) {
        return jdbc.sql("""
                        SELECT version, review, releases, settling_seconds, release_on, on_fall, grace_seconds, brake_share,
                            changed_by, changed_at
                        FROM award_policy WHERE tenant_id = ? AND rule_set_id = ? ORDER BY version DESC LIMIT ?""")
                .params(tenant.value(), ruleSetId, limit)
                .query(this::version)
                .list();
    }

    /** @return false where somebody else stored this version first */
    boolean add(TenantId tenant, long ruleSetId, int version, AwardPolicy policy, long byPerson, Instant now) {
        AwardPolicy standard = settings.standard();
        return jdbc.sql("""
                        INSERT IGNORE INTO award_policy (tenant_id, rule_set_id, version, review, releases, settling_seconds,
                            release_on, on_fall, grace_seconds, brake_share, changed_by, changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                        .params(
                                tenant.value(),
                                ruleSetId,
                                version,
                                policy.review(),
                                policy.releases().name(),
                                policy.settling().equals(standard.settling())
                                        ? null
                                        : policy.settling().toSeconds(),
                                Utc.ofNullable(policy.releaseOn()),
                                policy.onFall().name(),
                                policy.grace().toSeconds(),
                                policy.brakeShare() == standard.brakeShare() ? null : policy.brakeShare(),
                                byPerson,
                                Utc.of(now))
                        .update()
                == 1;
    }

    /** With how many people somebody expected. */
    void forget(TenantId tenant, long ruleSetId) {
        for (String table : List.of("award_policy", "award_head_count")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND rule_set_id = ?")
                    .params(tenant.value(), ruleSetId)
                    .update();
        }
    }

    private AwardPolicies.Version version(ResultSet row, int n) throws SQLException {
        AwardPolicy standard = settings.standard();
        @Nullable Long settling = row.getObject("settling_seconds", Long.class);
        @Nullable Integer share = row.getObject("brake_share", Integer.class);
        return new AwardPolicies.Version(
                row.getInt("version"),
                new AwardPolicy(
                        row.getBoolean("review"),
                        AwardPolicy.Releases.valueOf(row.getString("releases")),
                        settling == null ? standard.settling() : Duration.ofSeconds(settling),
                        Utc.readNullable(row, "release_on"),
                        AwardPolicy.OnFall.valueOf(row.getString("on_fall")),
                        Duration.ofSeconds(row.getLong("grace_seconds")),
                        share == null ? standard.brakeShare() : share),
                row.getLong("changed_by"),
                Utc.read(row, "changed_at"));
    }
}
