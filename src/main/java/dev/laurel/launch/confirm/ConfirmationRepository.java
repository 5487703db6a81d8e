package dev.laurel.launch.confirm;

import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code confirmation}: which tickets were used, on whatever node. */
@Repository
class ConfirmationRepository {

    private static final int SLICE = 5_000;

    private final JdbcClient jdbc;

    ConfirmationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** True exactly once. */
    boolean opens(Ticket ticket, Instant now) {
        return jdbc.sql("INSERT IGNORE INTO confirmation (tenant_id, launch_id, number_hash, opened_at)"
                                + " VALUES (?, ?, ?, ?)")
                        .params(
                                ticket.tenant().value(),
                                ticket.launchId(),
                                new Secret(ticket.number()).hash(),
                                Utc.of(now))
                        .update()
                == 1;
    }

    /** True exactly once, and only after it was opened. */
    boolean uses(Ticket ticket, Instant now) {
        return jdbc.sql("UPDATE confirmation SET used_at = ?"
                                + " WHERE tenant_id = ? AND launch_id = ? AND number_hash = ? AND used_at IS NULL")
                        .params(
                                Utc.of(now),
                                ticket.tenant().value(),
                                ticket.launchId(),
                                new Secret(ticket.number()).hash())
                        .update()
                == 1;
    }

    void done(Ticket ticket, Instant now) {
        jdbc.sql("UPDATE confirmation SET done_at = ? WHERE tenant_id = ? AND launch_id = ? AND number_hash = ?")
                .params(Utc.of(now), ticket.tenant().value(), ticket.launchId(), new Secret(ticket.number()).hash())
                .update();
    }

    boolean isDone(TenantId tenant, long launchId, String number) {
        return jdbc.sql("SELECT COUNT(*) FROM confirmation WHERE tenant_id = ? AND launch_id = ? AND number_hash = ?"
                                + " AND done_at IS NOT NULL")
                        .params(tenant.value(), launchId, new Secret(number).hash())
                        .query(Long.class)
                        .single()
                > 0;
    }

    void forget(Instant before) {
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM confirmation WHERE opened_at < ? LIMIT " + SLICE)
                    .param(Utc.of(before))
                    .update();
        } while (deleted == SLICE);
    }
}
