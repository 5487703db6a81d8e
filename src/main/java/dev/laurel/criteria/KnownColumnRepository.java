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

    /** @param group the one that the rule counts, with this column in it; {@code null} where it names the column */
    record Known(
            long ruleSetId,
            long lineItemId,
            String label,
            @Nullable BigDecimal maximum,
            @Nullable String group) {

        static Known of(long ruleSetId, LineItem column, boolean named) {
            return new Known(
                    ruleSetId, column.id(), column.label(), column.scoreMaximum(), named ? null : column.group());
        }
    }

    /** These and no others are known of the rule set from now on. */
    void replace(TenantId tenant, long ruleSetId, Collection<Known> columns) {
        jdbc.sql("DELETE FROM rule_set_column WHERE tenant_id = ? AND rule_set_id = ?")
                .params(tenant.value(), ruleSetId)
                .update();
        addNew(tenant, columns);
    }

    /** What is known already stays as it is. */
    void addNew(TenantId tenant, Collection<Known> columns) {
        batch.batchUpdate(
                """
                INSERT INTO rule_set_column (tenant_id, rule_set_id, line_item_id, label, maximum, group_name)
                VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE label = label""",
                columns.stream()
                        .map(column -> new @Nullable Object[] {
                            tenant.value(),
                            column.ruleSetId(),
                            column.lineItemId(),
                            column.label(),
                            column.maximum(),
                            column.group()
                        })
                        .toList());
    }

    List<Known> of(TenantId tenant, Collection<Long> ruleSetIds) {
        return jdbc.sql("""
                        SELECT rule_set_id, line_item_id, label, maximum, group_name FROM rule_set_column
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) ORDER BY rule_set_id, line_item_id""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .query((row, n) -> new Known(
                        row.getLong("rule_set_id"),
                        row.getLong("line_item_id"),
                        row.getString("label"),
                        row.getBigDecimal("maximum"),
                        row.getString("group_name")))
                .list();
    }
}
