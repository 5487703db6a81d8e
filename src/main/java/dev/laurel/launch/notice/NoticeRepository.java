package dev.laurel.launch.notice;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code notice}. */
@Repository
class NoticeRepository {

    private static final int SLICE = 500;

    private final JdbcClient jdbc;

    NoticeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What became of a notice. */
    enum Outcome {
        DONE,
        IGNORED,
        REPEATED,
        REFUSED
    }

    /** A notice that waits to be verified. */
    record Waiting(long registrationId, String jwt, int attempts, Instant receivedAt) {}

    /** Whether this one is new. */
    boolean keep(TenantId tenant, long registrationId, byte[] jwtHash, String jwt, Instant at) {
        try {
            jdbc.sql("""
                    INSERT INTO notice (tenant_id, registration_id, jwt_hash, jwt, attempts, received_at)
                    VALUES (?, ?, ?, ?, 0, ?)""")
                    .params(tenant.value(), registrationId, jwtHash, jwt, Utc.of(at))
                    .update();
            return true;
        } catch (DuplicateKeyException again) {
            return false;
        }
    }

    int waiting(TenantId tenant, long registrationId) {
        return jdbc.sql("SELECT COUNT(*) FROM notice WHERE tenant_id = ? AND registration_id = ? AND jwt IS NOT NULL")
                .params(tenant.value(), registrationId)
                .query(Integer.class)
                .single();
    }

    Optional<Waiting> waiting(TenantId tenant, byte[] jwtHash) {
        return jdbc.sql("SELECT * FROM notice WHERE tenant_id = ? AND jwt_hash = ? AND jwt IS NOT NULL")
                .params(tenant.value(), jwtHash)
                .query((row, n) -> new Waiting(
                        row.getLong("registration_id"),
                        row.getString("jwt"),
                        row.getInt("attempts"),
                        Utc.read(row, "received_at")))
                .optional();
    }

    void attempted(TenantId tenant, byte[] jwtHash) {
        jdbc.sql("UPDATE notice SET attempts = attempts + 1 WHERE tenant_id = ? AND jwt_hash = ?")
                .params(tenant.value(), jwtHash)
                .update();
    }

    /** Claims the id of a verified notice; {@code false}: another one had it before. */
    boolean claim(TenantId tenant, byte[] jwtHash, byte[] noticeHash) {
        try {
            jdbc.sql("UPDATE notice SET notice_hash = ? WHERE tenant_id = ? AND jwt_hash = ?")
                    .params(noticeHash, tenant.value(), jwtHash)
                    .update();
            return true;
        } catch (DuplicateKeyException replayed) {
            return false;
        }
    }

    void settle(TenantId tenant, byte[] jwtHash, Outcome outcome) {
        jdbc.sql("UPDATE notice SET jwt = NULL, outcome = ? WHERE tenant_id = ? AND jwt_hash = ?")
                .params(outcome.name(), tenant.value(), jwtHash)
                .update();
    }

    /** Clears away what was received before that, and what was refused before the other. */
    void forget(Instant before, Instant refusedBefore) {
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM notice WHERE received_at < ? LIMIT " + SLICE)
                            .param(Utc.of(before))
                            .update()
                    + jdbc.sql("DELETE FROM notice WHERE outcome = 'REFUSED' AND received_at < ? LIMIT " + SLICE)
                            .param(Utc.of(refusedBefore))
                            .update();
        } while (deleted >= SLICE);
    }
}
