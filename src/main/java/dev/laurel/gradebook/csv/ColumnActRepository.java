package dev.laurel.gradebook.csv;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code csv_column_act}, which are only ever added. */
@Repository
class ColumnActRepository {

    private final JdbcClient jdbc;

    ColumnActRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, long contextId, ColumnAct act) {
        jdbc.sql("""
                INSERT INTO csv_column_act (tenant_id, context_id, line_item_id, act, label_before, label_after, by_person, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        contextId,
                        act.lineItemId(),
                        act.isRemoval() ? "REMOVED" : "RENAMED",
                        act.before(),
                        act.after(),
                        act.byPerson(),
                        Utc.of(act.at()))
                .update();
    }

    /** Newest first. */
    List<ColumnAct> latest(TenantId tenant, long contextId, int limit) {
        return jdbc.sql("SELECT * FROM csv_column_act WHERE tenant_id = ? AND context_id = ? ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), contextId, limit)
                .query((row, n) -> new ColumnAct(
                        row.getLong("line_item_id"),
                        row.getString("label_before"),
                        row.getString("label_after"),
                        row.getLong("by_person"),
                        Utc.read(row, "at")))
                .list();
    }

    /** The names that columns of the course were given last, by the number of the column. */
    Map<Long, String> names(TenantId tenant, long contextId) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("""
                SELECT line_item_id, label_after FROM csv_column_act
                WHERE tenant_id = ? AND context_id = ? AND act = 'RENAMED' ORDER BY id""").params(tenant.value(), contextId).query(row -> {
            names.put(row.getLong("line_item_id"), row.getString("label_after"));
        });
        return names;
    }
}
