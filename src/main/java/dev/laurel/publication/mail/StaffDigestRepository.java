package dev.laurel.publication.mail;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who of the staff wants the weekly message of which course. Table {@code staff_mail_choice}. */
@Repository
class StaffDigestRepository {

    /** In {@code message_run}: the messages to students are 1. */
    private static final int RUN = 2;

    private final JdbcClient jdbc;

    StaffDigestRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Reader(TenantId tenant, long contextId, long personId) {}

    Optional<Boolean> choice(Reader reader) {
        return jdbc.sql(
                        "SELECT allowed FROM staff_mail_choice WHERE tenant_id = ? AND context_id = ? AND person_id = ?")
                .params(reader.tenant().value(), reader.contextId(), reader.personId())
                .query(Boolean.class)
                .optional();
    }

    /** Turned off and on again, she still gets no second one within a week. */
    void choose(Reader reader, boolean allowed, Instant now) {
        jdbc.sql("""
                INSERT INTO staff_mail_choice (tenant_id, context_id, person_id, allowed, changed_at, look_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE allowed = VALUES(allowed), changed_at = VALUES(changed_at)""")
                .params(
                        reader.tenant().value(),
                        reader.contextId(),
                        reader.personId(),
                        allowed,
                        Utc.of(now),
                        Utc.of(now))
                .update();
    }

    void silence(TenantId tenant, long personId, Instant now) {
        jdbc.sql("UPDATE staff_mail_choice SET allowed = FALSE, changed_at = ? WHERE tenant_id = ? AND person_id = ?")
                .params(Utc.of(now), tenant.value(), personId)
                .update();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM staff_mail_choice WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    List<Reader> due(Instant now, int limit) {
        return jdbc.sql("""
                        SELECT tenant_id, context_id, person_id FROM staff_mail_choice
                        WHERE allowed AND look_at <= ? ORDER BY look_at LIMIT ?""")
                .params(Utc.of(now), limit)
                .query((row, n) -> new Reader(
                        new TenantId(row.getLong("tenant_id")), row.getLong("context_id"), row.getLong("person_id")))
                .list();
    }

    /** True for one node only; it is looked again at {@code next}, whatever comes of this. */
    boolean claim(Reader reader, Instant now, Instant next) {
        return jdbc.sql("""
                        UPDATE staff_mail_choice SET look_at = ?
                        WHERE tenant_id = ? AND context_id = ? AND person_id = ? AND allowed AND look_at <= ?""")
                        .params(
                                Utc.of(next),
                                reader.tenant().value(),
                                reader.contextId(),
                                reader.personId(),
                                Utc.of(now))
                        .update()
                == 1;
    }

    /** Noted before it is sent: a crash in between loses one message and never sends one twice. */
    void sent(Reader reader, Instant now, Instant next) {
        jdbc.sql("""
                UPDATE staff_mail_choice SET last_digest_at = ?, look_at = ?
                WHERE tenant_id = ? AND context_id = ? AND person_id = ?""")
                .params(Utc.of(now), Utc.of(next), reader.tenant().value(), reader.contextId(), reader.personId())
                .update();
    }

    /** What was due when the installation stopped may have been sent since, by what this is a backup of. */
    int postpone(Instant now, Instant next) {
        return jdbc.sql("UPDATE staff_mail_choice SET look_at = ? WHERE allowed AND look_at <= ?")
                .params(Utc.of(next), Utc.of(now))
                .update();
    }

    /** When this ran last, here or elsewhere; noted as now. */
    Optional<Instant> run(Instant now) {
        Optional<Instant> before = jdbc.sql("SELECT run_at FROM message_run WHERE id = ?")
                .param(RUN)
                .query((row, n) -> Utc.read(row, "run_at"))
                .optional();
        jdbc.sql("INSERT INTO message_run (id, run_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE run_at = VALUES(run_at)")
                .params(RUN, Utc.of(now))
                .update();
        return before;
    }
}
