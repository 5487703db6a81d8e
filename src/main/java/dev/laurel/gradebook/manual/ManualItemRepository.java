package dev.laurel.gradebook.manual;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code manual_item}, {@code rubric_row} and {@code rubric_level}. */
@Repository
class ManualItemRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    ManualItemRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    record Row(
            long lineItemId,
            @Nullable LocalDate heldOn,
            @Nullable String instructions) {}

    /** @param rows by the line item of the evidence, in their order */
    record Rubrics(Map<Long, List<Long>> rows, Map<Long, List<RubricRow.Level>> levels) {}

    /** Whether it was not there before. */
    boolean insert(
            TenantId tenant,
            long contextId,
            long lineItemId,
            @Nullable LocalDate heldOn,
            @Nullable String instructions,
            long addedBy,
            Instant at) {
        return jdbc.sql("""
                        INSERT IGNORE INTO manual_item (tenant_id, line_item_id, context_id, held_on, instructions, added_by, added_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                        .params(tenant.value(), lineItemId, contextId, heldOn, instructions, addedBy, Utc.of(at))
                        .update()
                == 1;
    }

    void insertRow(TenantId tenant, long evidenceItemId, int place, long lineItemId, List<RubricRow.Level> levels) {
        jdbc.sql("INSERT INTO rubric_row (tenant_id, evidence_item_id, place, line_item_id) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), evidenceItemId, place, lineItemId)
                .update();
        batch.batchUpdate(
                "INSERT INTO rubric_level (tenant_id, line_item_id, points, label) VALUES (?, ?, ?, ?)",
                levels.stream()
                        .map(level -> new Object[] {tenant.value(), lineItemId, level.points(), level.label()})
                        .toList());
    }

    List<Row> ofContext(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT * FROM manual_item WHERE tenant_id = ? AND context_id = ? ORDER BY line_item_id")
                .params(tenant.value(), contextId)
                .query((row, n) -> new Row(
                        row.getLong("line_item_id"),
                        row.getObject("held_on", LocalDate.class),
                        row.getString("instructions")))
                .list();
    }

    Rubrics rubrics(TenantId tenant, long contextId) {
        Map<Long, List<Long>> rows = new LinkedHashMap<>();
        Map<Long, List<RubricRow.Level>> levels = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT r.evidence_item_id, r.line_item_id, l.points, l.label
                FROM manual_item m
                JOIN rubric_row r ON r.tenant_id = m.tenant_id AND r.evidence_item_id = m.line_item_id
                JOIN rubric_level l ON l.tenant_id = r.tenant_id AND l.line_item_id = r.line_item_id
                WHERE m.tenant_id = ? AND m.context_id = ?
                ORDER BY r.evidence_item_id, r.place, l.points""").params(tenant.value(), contextId).query(row -> {
            long rowId = row.getLong("line_item_id");
            if (!levels.containsKey(rowId)) {
                rows.computeIfAbsent(row.getLong("evidence_item_id"), id -> new ArrayList<>())
                        .add(rowId);
            }
            BigDecimal points = row.getBigDecimal("points").stripTrailingZeros();
            levels.computeIfAbsent(rowId, id -> new ArrayList<>())
                    .add(new RubricRow.Level(row.getString("label"), points));
        });
        return new Rubrics(rows, levels);
    }
}
