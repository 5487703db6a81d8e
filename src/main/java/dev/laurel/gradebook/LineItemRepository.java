package dev.laurel.gradebook;

import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code line_item}. */
@Repository
class LineItemRepository {

    /** How the {@code resourceId} of a column begins that Laurel writes; also known again after a restore. */
    static final String OUTPUT_PREFIX = "laurel-output:";

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    LineItemRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * A row with what only the sources need.
     *
     * @param emptiedAt since when its source lists no result there, though several were known; {@code null}: it lists some
     */
    record Row(
            LineItem item,
            @Nullable String resourceId,
            @Nullable String tag,
            @Nullable String resourceLinkId,
            Instant createdAt,
            @Nullable Instant emptiedAt) {

        boolean says(Column column) {
            return !item.deleted()
                    && item.label().equals(column.label())
                    && item.kind() == column.kind()
                    && Objects.equals(item.group(), column.group())
                    && isSame(item.mastery(), column.mastery())
                    && isSame(item.scoreMaximum(), column.scoreMaximum())
                    && Objects.equals(resourceId, column.resourceId())
                    && Objects.equals(tag, column.tag())
                    && Objects.equals(resourceLinkId, column.resourceLinkId());
        }

        private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
            return one == null || other == null ? one == other : one.compareTo(other) == 0;
        }
    }

    static boolean isOutput(Column column) {
        String resourceId = column.resourceId();
        return resourceId != null && resourceId.startsWith(OUTPUT_PREFIX);
    }

    /** Adds and changes columns, in one statement; {@code is_output} and {@code created_here} once set stay. */
    void save(
            TenantId tenant,
            long contextId,
            String source,
            Collection<Column> columns,
            boolean output,
            boolean createdHere,
            Instant at) {
        if (columns.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                """
                INSERT INTO line_item (tenant_id, context_id, source, external_hash, external_id, label, kind,
                    group_name, mastery, score_maximum, resource_id, tag, resource_link_id, is_output, created_here, readable, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE, ?)
                ON DUPLICATE KEY UPDATE label = VALUES(label), kind = VALUES(kind), group_name = VALUES(group_name),
                    mastery = VALUES(mastery), score_maximum = VALUES(score_maximum),
                    resource_id = VALUES(resource_id), tag = VALUES(tag), resource_link_id = VALUES(resource_link_id),
                    is_output = GREATEST(is_output, VALUES(is_output)),
                    created_here = GREATEST(created_here, VALUES(created_here)), deleted_at = NULL,
                    still_there = NULL""",
                columns.stream()
                        .map(column -> new Object[] {
                            tenant.value(),
                            contextId,
                            source,
                            Sha256.of(column.externalId()),
                            column.externalId(),
                            column.label(),
                            column.kind().name(),
                            column.group(),
                            column.mastery(),
                            column.scoreMaximum(),
                            column.resourceId(),
                            column.tag(),
                            column.resourceLinkId(),
                            output || isOutput(column),
                            createdHere,
                            Utc.of(at)
                        })
                        .toList());
    }

    /** The courses of a tenant that have a column which Laurel writes. */
    boolean isWrittenIn(TenantId tenant, Collection<Long> contextIds) {
        return !contextIds.isEmpty()
                && jdbc.sql("SELECT COUNT(*) FROM line_item"
                                        + " WHERE tenant_id = :tenant AND context_id IN (:contexts) AND is_output"
                                        + " AND deleted_at IS NULL")
                                .param("tenant", tenant.value())
                                .param("contexts", contextIds)
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    void markDeleted(TenantId tenant, Collection<Long> ids, Instant at) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE line_item SET deleted_at = :at WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("at", Utc.of(at))
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
    }

    /** Why columns that are gone are still there in the LMS; {@code null}: they are not, as far as is known. */
    void setStillThere(TenantId tenant, Collection<Long> ids, LineItem.@Nullable StillThere why) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE line_item SET still_there = :why WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("why", why == null ? null : why.name())
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
    }

    /** See {@link Row#emptiedAt}. */
    void setEmptied(TenantId tenant, Collection<Long> ids, @Nullable Instant at) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE line_item SET emptied_at = :at WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("at", Utc.ofNullable(at))
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
    }

    List<Row> ofContext(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT * FROM line_item WHERE tenant_id = ? AND context_id = ? ORDER BY id")
                .params(tenant.value(), contextId)
                .query((row, n) -> row(row))
                .list();
    }

    Optional<Row> find(TenantId tenant, long id) {
        return jdbc.sql("SELECT * FROM line_item WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((row, n) -> row(row))
                .optional();
    }

    Optional<Row> byExternalId(TenantId tenant, long contextId, String source, String externalId) {
        return jdbc.sql("""
                SELECT * FROM line_item
                WHERE tenant_id = ? AND context_id = ? AND source = ? AND external_hash = ?""")
                .params(tenant.value(), contextId, source, Sha256.of(externalId))
                .query((row, n) -> row(row))
                .optional();
    }

    private static LineItem.@Nullable StillThere stillThere(ResultSet row) throws SQLException {
        String why = row.getString("still_there");
        return why == null ? null : LineItem.StillThere.valueOf(why);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new LineItem(
                        row.getLong("id"),
                        row.getLong("context_id"),
                        row.getString("source"),
                        row.getString("external_id"),
                        row.getString("label"),
                        LineItem.Kind.valueOf(row.getString("kind")),
                        row.getString("group_name"),
                        row.getBigDecimal("mastery"),
                        row.getBigDecimal("score_maximum"),
                        row.getBoolean("is_output"),
                        row.getBoolean("created_here"),
                        row.getBoolean("readable"),
                        row.getObject("deleted_at") != null,
                        stillThere(row)),
                row.getString("resource_id"),
                row.getString("tag"),
                row.getString("resource_link_id"),
                Utc.read(row, "created_at"),
                Utc.readNullable(row, "emptied_at"));
    }
}
