package dev.laurel.criteria.template;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rule sets that were made from a file, and from which of its badges. Table {@code rule_set_import}. */
@Component
public class RuleSetImports {

    private final JdbcClient jdbc;

    private final Clock clock;

    RuleSetImports(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What came into this course: the rule set by the badge in the file. One statement. */
    public Map<UUID, Long> into(TenantId tenant, long contextId) {
        Map<UUID, Long> made = new HashMap<>();
        jdbc.sql("SELECT badge_id, rule_set_id FROM rule_set_import WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query((row, n) -> Map.entry(UUID.fromString(row.getString("badge_id")), row.getLong("rule_set_id")))
                .list()
                .forEach(each -> made.put(each.getKey(), each.getValue()));
        return made;
    }

    /**
     * This rule set was made from that badge; call it in the transaction that made it.
     *
     * @throws org.springframework.dao.DuplicateKeyException where another one of this course was
     */
    public void record(TenantId tenant, long contextId, UUID badge, long ruleSetId, long byPerson) {
        jdbc.sql("""
                INSERT INTO rule_set_import (tenant_id, context_id, badge_id, rule_set_id, imported_by, imported_at)
                VALUES (?, ?, ?, ?, ?, ?)""")
                .params(tenant.value(), contextId, badge.toString(), ruleSetId, byPerson, Utc.of(clock.instant()))
                .update();
    }
}
