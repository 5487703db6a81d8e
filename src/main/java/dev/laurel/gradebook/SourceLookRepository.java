package dev.laurel.gradebook;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code source_look}: how the reading of a course through each of its sources goes. */
@Repository
class SourceLookRepository {

    private final JdbcClient jdbc;

    SourceLookRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** See the comments of the table. */
    record Row(
            @Nullable String bookmark,
            @Nullable Instant wholeAt,
            Instant triedAt,
            Instant answeredAt,
            @Nullable Instant lookedAt,
            Instant nextLookAt,
            @Nullable Instant notBefore,
            int failures,
            @Nullable Instant failingSince,
            int unmatched,
            @Nullable String problem,
            int requests,
            int results,
            int changes) {

        Row dueAt(Instant at) {
            return new Row(
                    bookmark,
                    wholeAt,
                    triedAt,
                    answeredAt,
                    lookedAt,
                    at,
                    notBefore,
                    failures,
                    failingSince,
                    unmatched,
                    problem,
                    requests,
                    results,
                    changes);
        }

        /**
         * Some people were looked at between two looks at everybody: what those found, and when the next is, stays.
         * Whoever was named later, and whoever asked for everybody since, still waits. Where looks failed before, the next at
         * everybody need not wait any longer.
         */
        Row lookedAtSome(Row found) {
            return new Row(
                    bookmark,
                    wholeAt,
                    found.triedAt(),
                    found.answeredAt(),
                    found.lookedAt(),
                    failures > 0 && found.triedAt().isBefore(nextLookAt) ? found.triedAt() : nextLookAt,
                    notBefore,
                    failures,
                    failingSince,
                    Math.max(unmatched, found.unmatched()),
                    problem,
                    found.requests(),
                    found.results(),
                    found.changes());
        }
    }

    /** By the name of the source. */
    Map<String, Row> ofCourse(TenantId tenant, long contextId) {
        Map<String, Row> rows = new HashMap<>();
        jdbc.sql("SELECT * FROM source_look WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(row -> {
                    rows.put(row.getString("source"), row(row));
                });
        return rows;
    }

    /** A row with the course and the source that it is of. */
    record Of(long contextId, String source, Row row) {}

    /** What costs the platforms of a tenant most comes first. */
    List<Of> dearest(TenantId tenant, int from, int most) {
        return jdbc.sql(
                        "SELECT * FROM source_look WHERE tenant_id = ? ORDER BY requests DESC, context_id, source LIMIT ?, ?")
                .params(tenant.value(), from, most)
                .query((row, n) -> new Of(row.getLong("context_id"), row.getString("source"), row(row)))
                .list();
    }

    int count(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM source_look WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    /**
     * Writes how a look ended.
     *
     * @param before the bookmark with which it began; one that was forgotten since stays forgotten
     */
    void save(TenantId tenant, long contextId, String source, Row row, @Nullable String before) {
        jdbc.sql("""
                INSERT INTO source_look (tenant_id, context_id, source, bookmark, whole_at, tried_at, answered_at,
                    looked_at, next_look_at, not_before, failures, failing_since, unmatched, problem, requests, results,
                    changes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    bookmark = IF(bookmark IS NULL AND ? IS NOT NULL, NULL, VALUES(bookmark)),
                    whole_at = VALUES(whole_at), tried_at = VALUES(tried_at), answered_at = VALUES(answered_at),
                    looked_at = VALUES(looked_at), next_look_at = VALUES(next_look_at), not_before = VALUES(not_before),
                    failures = VALUES(failures), failing_since = VALUES(failing_since), unmatched = VALUES(unmatched), problem = VALUES(problem),
                    requests = VALUES(requests), results = VALUES(results), changes = VALUES(changes)""")
                .params(
                        tenant.value(),
                        contextId,
                        source,
                        row.bookmark(),
                        Utc.ofNullable(row.wholeAt()),
                        Utc.of(row.triedAt()),
                        Utc.of(row.answeredAt()),
                        Utc.ofNullable(row.lookedAt()),
                        Utc.of(row.nextLookAt()),
                        Utc.ofNullable(row.notBefore()),
                        row.failures(),
                        Utc.ofNullable(row.failingSince()),
                        row.unmatched(),
                        SyncRepository.cut(row.problem()),
                        row.requests(),
                        row.results(),
                        row.changes(),
                        before)
                .update();
    }

    /** The next look is at everything. */
    void forgetBookmark(TenantId tenant, long contextId, String source) {
        jdbc.sql("UPDATE source_look SET bookmark = NULL WHERE tenant_id = ? AND context_id = ? AND source = ?")
                .params(tenant.value(), contextId, source)
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        Instant triedAt = Utc.read(row, "tried_at");
        return new Row(
                row.getString("bookmark"),
                Utc.readNullable(row, "whole_at"),
                triedAt,
                Objects.requireNonNullElse(Utc.readNullable(row, "answered_at"), triedAt),
                Utc.readNullable(row, "looked_at"),
                Utc.read(row, "next_look_at"),
                Utc.readNullable(row, "not_before"),
                row.getInt("failures"),
                Utc.readNullable(row, "failing_since"),
                row.getInt("unmatched"),
                row.getString("problem"),
                row.getInt("requests"),
                row.getInt("results"),
                row.getInt("changes"));
    }
}
