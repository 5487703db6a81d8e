package dev.laurel.gradebook.csv;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of {@code csv_import} and {@code csv_import_part}. */
@Repository
class ImportRepository {

    private static final String OLD =
            "(state = 'STAGED' AND uploaded_at < ? OR state = 'CONFIRMED' AND uploaded_at < ?)";

    private final JdbcClient jdbc;

    ImportRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sealed {@code null} once the file is gone */
    record Row(CsvImport shown, byte @Nullable [] sealed) {}

    long add(TenantId tenant, long contextId, long byPerson, byte[] sealed, long rows, Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO csv_import (tenant_id, context_id, by_person, state, uploaded_at, sealed, rows_done, rows_all,
                    recorded, problems)
                VALUES (?, ?, ?, 'STAGED', ?, ?, 0, ?, 0, 0)""")
                .params(tenant.value(), contextId, byPerson, Utc.of(at), sealed, rows)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Number.class)).longValue();
    }

    void addPart(TenantId tenant, long importId, int place, byte[] sealed) {
        jdbc.sql("INSERT INTO csv_import_part (tenant_id, import_id, place, sealed) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), importId, place, sealed)
                .update();
    }

    Optional<byte[]> part(TenantId tenant, long importId, int place) {
        return jdbc.sql("SELECT sealed FROM csv_import_part WHERE tenant_id = ? AND import_id = ? AND place = ?")
                .params(tenant.value(), importId, place)
                .query(byte[].class)
                .optional();
    }

    /** What this person has not decided on in this course. */
    Optional<Row> staged(TenantId tenant, long contextId, long byPerson) {
        return jdbc.sql("""
                SELECT * FROM csv_import
                WHERE tenant_id = ? AND context_id = ? AND by_person = ? AND state = 'STAGED' ORDER BY id DESC LIMIT 1""")
                .params(tenant.value(), contextId, byPerson)
                .query((row, n) -> row(row))
                .optional();
    }

    /** Newest first, without those that nobody decided on. */
    List<CsvImport> decided(TenantId tenant, long contextId, int limit) {
        return jdbc.sql("""
                SELECT * FROM csv_import
                WHERE tenant_id = ? AND context_id = ? AND confirmed_at IS NOT NULL ORDER BY id DESC LIMIT ?""")
                .params(tenant.value(), contextId, limit)
                .query((row, n) -> row(row).shown())
                .list();
    }

    Optional<Row> find(TenantId tenant, long importId) {
        return jdbc.sql("SELECT * FROM csv_import WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), importId)
                .query((row, n) -> row(row))
                .optional();
    }

    Optional<Row> lock(TenantId tenant, long importId) {
        return jdbc.sql("SELECT * FROM csv_import WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), importId)
                .query((row, n) -> row(row))
                .optional();
    }

    /** Only while nobody decided on it. */
    void describe(TenantId tenant, long importId, byte[] sealed) {
        jdbc.sql("UPDATE csv_import SET sealed = ? WHERE tenant_id = ? AND id = ? AND state = 'STAGED'")
                .params(sealed, tenant.value(), importId)
                .update();
    }

    boolean confirm(TenantId tenant, long importId, Instant at) {
        return jdbc.sql("""
                        UPDATE csv_import SET state = 'CONFIRMED', confirmed_at = ?
                        WHERE tenant_id = ? AND id = ? AND state = 'STAGED'""").params(Utc.of(at), tenant.value(), importId).update() == 1;
    }

    /** What was recorded since the last time. */
    void progress(TenantId tenant, long importId, long rowsDone, long recorded, long problems) {
        jdbc.sql("""
                UPDATE csv_import SET rows_done = ?, recorded = recorded + ?, problems = problems + ?
                WHERE tenant_id = ? AND id = ?""")
                .params(rowsDone, recorded, problems, tenant.value(), importId)
                .update();
    }

    /** The file goes; what is known of the import stays where somebody had decided on it. */
    void finish(TenantId tenant, long importId, CsvImport.State state, Instant at) {
        jdbc.sql("DELETE FROM csv_import_part WHERE tenant_id = ? AND import_id = ?")
                .params(tenant.value(), importId)
                .update();
        jdbc.sql("UPDATE csv_import SET state = ?, finished_at = ?, sealed = NULL WHERE tenant_id = ? AND id = ?")
                .params(state.name(), Utc.of(at), tenant.value(), importId)
                .update();
    }

    /** Those that nobody decided on and that were brought before, and those that never ended and were brought before. */
    List<Long> open(TenantId tenant, Instant staged, Instant confirmed) {
        return jdbc.sql("SELECT id FROM csv_import WHERE tenant_id = ? AND " + OLD)
                .params(tenant.value(), Utc.of(staged), Utc.of(confirmed))
                .query(Long.class)
                .list();
    }

    List<TenantId> withOpen(Instant staged, Instant confirmed) {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM csv_import WHERE " + OLD)
                .params(Utc.of(staged), Utc.of(confirmed))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    /** Whether one is being recorded in this course. */
    boolean isBusy(TenantId tenant, long contextId) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM csv_import WHERE tenant_id = ? AND context_id = ? AND state = 'CONFIRMED'""")
                        .params(tenant.value(), contextId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CsvImport(
                        row.getLong("id"),
                        row.getLong("context_id"),
                        row.getLong("by_person"),
                        CsvImport.State.valueOf(row.getString("state")),
                        Utc.read(row, "uploaded_at"),
                        Utc.readNullable(row, "confirmed_at"),
                        Utc.readNullable(row, "finished_at"),
                        row.getLong("rows_done"),
                        row.getLong("rows_all"),
                        row.getLong("recorded"),
                        row.getLong("problems")),
                row.getBytes("sealed"));
    }
}
