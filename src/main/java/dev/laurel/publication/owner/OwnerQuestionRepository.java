package dev.laurel.publication.owner;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code owner_question}. */
@Repository
class OwnerQuestionRepository {

    private static final String QUESTION =
            "SELECT id, code, asked_by, created_at, ends_at, answered_at FROM owner_question ";

    private final JdbcClient jdbc;

    OwnerQuestionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(
            TenantId tenant,
            long awardId,
            long personId,
            byte[] secretHash,
            String code,
            @Nullable String askedBy,
            Instant now,
            Instant endsAt) {
        jdbc.sql("""
                INSERT INTO owner_question (tenant_id, award_id, person_id, secret_hash, code, asked_by, created_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(tenant.value(), awardId, personId, secretHash, code, askedBy, Utc.of(now), Utc.of(endsAt))
                .update();
    }

    int askedSince(TenantId tenant, long awardId, Instant since) {
        return jdbc.sql("SELECT COUNT(*) FROM owner_question WHERE tenant_id = ? AND award_id = ? AND created_at > ?")
                .params(tenant.value(), awardId, Utc.of(since))
                .query(Integer.class)
                .single();
    }

    /** What can be answered now, the newest first. */
    List<OwnerQuestion> open(TenantId tenant, long awardId, Instant now) {
        return jdbc.sql(QUESTION + """
                        WHERE tenant_id = ? AND award_id = ? AND answered_at IS NULL AND ends_at > ? ORDER BY id DESC""")
                .params(tenant.value(), awardId, Utc.of(now))
                .query((row, n) -> question(row))
                .list();
    }

    Optional<OwnerQuestion> bySecret(TenantId tenant, long awardId, byte[] hash) {
        return jdbc.sql(QUESTION + "WHERE secret_hash = ? AND tenant_id = ? AND award_id = ?")
                .params(hash, tenant.value(), awardId)
                .query((row, n) -> question(row))
                .optional();
    }

    /** Whether it could still be answered. */
    boolean answer(TenantId tenant, long awardId, long id, Instant now) {
        return jdbc.sql("""
                        UPDATE owner_question SET answered_at = ?
                        WHERE tenant_id = ? AND award_id = ? AND id = ? AND answered_at IS NULL AND ends_at > ?""")
                        .params(Utc.of(now), tenant.value(), awardId, id, Utc.of(now))
                        .update()
                > 0;
    }

    void forgetBefore(Instant before) {
        jdbc.sql("DELETE FROM owner_question WHERE created_at < ?")
                .param(Utc.of(before))
                .update();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM owner_question WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    private static OwnerQuestion question(ResultSet row) throws SQLException {
        return new OwnerQuestion(
                row.getLong("id"),
                row.getString("code"),
                row.getString("asked_by"),
                Utc.read(row, "created_at"),
                Utc.read(row, "ends_at"),
                Utc.readNullable(row, "answered_at"));
    }
}
