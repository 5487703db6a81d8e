package dev.laurel.criteria;

import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Columns as they were when somebody last looked at the rules that ask for them. */
@Repository
class KnownColumnRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    KnownColumnRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    record Known(
            long ruleSetId,
            long lineItemId,
            String label,
            @Nullable BigDecimal maximum) {}

    void put(TenantId tenant, long ruleSetId, Collection<LineItem> columns) {
        batch.batchUpdate(
                """
                INSERT INTO rule_set_column (tenant_id, rule_set_id, line_item_id, label, maximum) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE label = VALUES(label), maximum = VALUES(maximum)""",
                columns.stream()
                        .map(column -> new @Nullable Object[] {
                            tenant.value(), ruleSetId, column.id(), column.label(), column.scoreMaximum()
                        })
                        .toList());
    }

    List<Known> of(TenantId tenant, Collection<Long> ruleSetIds) {
        return jdbc.sql("""
                        SELECT rule_set_id, line_item_id, label, maximum FROM rule_set_column
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) ORDER BY rule_set_id, line_item_id""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .query((row, n) -> new Known(
                        row.getLong("rule_set_id"),
                        row.getLong("line_item_id"),
                        row.getString("label"),
                        row.getBigDecimal("maximum")))
                .list();
    }
}
