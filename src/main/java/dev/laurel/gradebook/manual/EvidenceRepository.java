package dev.laurel.gradebook.manual;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of {@code evidence}, {@code evidence_file} and {@code evidence_assessment}; what is personal in them is sealed. */
@Repository
class EvidenceRepository {

    private final JdbcClient jdbc;

    EvidenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(long id, long personId, int version, Instant handedInAt, byte[] contentHash, byte[] sealed) {}

    record FileRow(long evidenceId, int place, FileType type, int bytes, byte[] sealedName) {}

    record Content(FileType type, byte[] sealedName, byte[] sealed) {}

    record AssessmentRow(long evidenceId, boolean accepted, long byPerson, Instant at, byte[] sealed) {}

    long insert(TenantId tenant, long contextId, long lineItemId, Row row) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO evidence (tenant_id, context_id, line_item_id, person_id, version, handed_in_at, content_hash, sealed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        contextId,
                        lineItemId,
                        row.personId(),
                        row.version(),
                        Utc.of(row.handedInAt()),
                        row.contentHash(),
                        row.sealed())
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    void insertFile(TenantId tenant, FileRow file, byte[] sealed) {
        jdbc.sql("""
                INSERT INTO evidence_file (tenant_id, evidence_id, place, file_type, bytes, sealed_name, sealed)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        file.evidenceId(),
                        file.place(),
                        file.type().name(),
                        file.bytes(),
                        file.sealedName(),
                        sealed)
                .update();
    }

    void insertAssessment(TenantId tenant, AssessmentRow row) {
        jdbc.sql("""
                INSERT INTO evidence_assessment (tenant_id, evidence_id, accepted, by_person, assessed_at, sealed)
                VALUES (?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        row.evidenceId(),
                        row.accepted(),
                        row.byPerson(),
                        Utc.of(row.at()),
                        row.sealed())
                .update();
    }

    Optional<Row> latest(TenantId tenant, long lineItemId, long personId) {
        return jdbc.sql("""
                SELECT * FROM evidence WHERE tenant_id = ? AND line_item_id = ? AND person_id = ?
                ORDER BY version DESC LIMIT 1""")
                .params(tenant.value(), lineItemId, personId)
                .query((row, n) -> row(row))
                .optional();
    }

    int versionsSince(TenantId tenant, long lineItemId, long personId, Instant since) {
        return jdbc.sql("""
                SELECT COUNT(*) FROM evidence
                WHERE tenant_id = ? AND line_item_id = ? AND person_id = ? AND handed_in_at >= ?""")
                .params(tenant.value(), lineItemId, personId, Utc.of(since))
                .query(Integer.class)
                .single();
    }

    void forgetFiles(TenantId tenant, long personId) {
        jdbc.sql("""
                DELETE f FROM evidence_file f JOIN evidence e ON e.tenant_id = f.tenant_id AND e.id = f.evidence_id
                WHERE e.tenant_id = ? AND e.person_id = ?""").params(tenant.value(), personId).update();
    }

    /** Every version of one learner, oldest first. */
    List<Row> versions(TenantId tenant, long lineItemId, long personId) {
        return jdbc.sql("""
                SELECT * FROM evidence WHERE tenant_id = ? AND line_item_id = ? AND person_id = ? ORDER BY version""")
                .params(tenant.value(), lineItemId, personId)
                .query((row, n) -> row(row))
                .list();
    }

    /** The latest version of everybody, those that nobody has assessed first, and of these the oldest. */
    List<HandedIn> handedIn(TenantId tenant, long lineItemId) {
        return jdbc.sql("""
                SELECT e.person_id, e.version, e.handed_in_at, EXISTS (
                    SELECT 1 FROM evidence_assessment a WHERE a.tenant_id = e.tenant_id AND a.evidence_id = e.id) AS assessed
                FROM evidence e
                WHERE e.tenant_id = ? AND e.line_item_id = ? AND NOT EXISTS (
                    SELECT 1 FROM evidence later WHERE later.tenant_id = e.tenant_id
                    AND later.line_item_id = e.line_item_id AND later.person_id = e.person_id AND later.version > e.version)
                ORDER BY assessed, e.handed_in_at, e.id""")
                .params(tenant.value(), lineItemId)
                .query((row, n) -> new HandedIn(
                        row.getLong("person_id"),
                        row.getInt("version"),
                        Utc.read(row, "handed_in_at"),
                        row.getBoolean("assessed")))
                .list();
    }

    List<FileRow> files(TenantId tenant, Collection<Long> evidenceIds) {
        if (evidenceIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT evidence_id, place, file_type, bytes, sealed_name FROM evidence_file
                WHERE tenant_id = :tenant AND evidence_id IN (:ids) ORDER BY evidence_id, place""")
                .param("tenant", tenant.value())
                .param("ids", evidenceIds)
                .query((row, n) -> new FileRow(
                        row.getLong("evidence_id"),
                        row.getInt("place"),
                        FileType.valueOf(row.getString("file_type")),
                        row.getInt("bytes"),
                        row.getBytes("sealed_name")))
                .list();
    }

    Optional<Content> content(TenantId tenant, long lineItemId, long personId, int version, int place) {
        return jdbc.sql("""
                SELECT f.file_type, f.sealed_name, f.sealed
                FROM evidence e JOIN evidence_file f ON f.tenant_id = e.tenant_id AND f.evidence_id = e.id
                WHERE e.tenant_id = ? AND e.line_item_id = ? AND e.person_id = ? AND e.version = ? AND f.place = ?""")
                .params(tenant.value(), lineItemId, personId, version, place)
                .query((row, n) -> new Content(
                        FileType.valueOf(row.getString("file_type")),
                        row.getBytes("sealed_name"),
                        row.getBytes("sealed")))
                .optional();
    }

    List<AssessmentRow> assessments(TenantId tenant, Collection<Long> evidenceIds) {
        if (evidenceIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT * FROM evidence_assessment WHERE tenant_id = :tenant AND evidence_id IN (:ids) ORDER BY id""")
                .param("tenant", tenant.value())
                .param("ids", evidenceIds)
                .query((row, n) -> new AssessmentRow(
                        row.getLong("evidence_id"),
                        row.getBoolean("accepted"),
                        row.getLong("by_person"),
                        Utc.read(row, "assessed_at"),
                        row.getBytes("sealed")))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getLong("person_id"),
                row.getInt("version"),
                Utc.read(row, "handed_in_at"),
                row.getBytes("content_hash"),
                row.getBytes("sealed"));
    }
}
