package dev.laurel.launch.browser;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Table {@code hand_over}: codes that carry one launch from a frame without cookies into a tab of its own, each once and for
 * a minute. Only hashes are stored. A code is given only to a page whose browser was proven, and never in an address.
 */
@Repository
public class HandOvers {

    public static final Duration LIFE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;

    private final Clock clock;

    HandOvers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The launch that a code stands for. */
    public record HandedOver(TenantId tenant, long launchId) {}

    public Secret create(TenantId tenant, long launchId) {
        Secret code = Secret.next();
        jdbc.sql("INSERT INTO hand_over (code_hash, tenant_id, launch_id, created_at) VALUES (?, ?, ?, ?)")
                .param(code.hash())
                .param(tenant.value())
                .param(launchId)
                .param(Utc.of(clock.instant()))
                .update();
        return code;
    }

    /** What the code stands for; it never does again, on any number of nodes. */
    public Optional<HandedOver> use(Secret code) {
        return jdbc.sql("SELECT tenant_id, launch_id FROM hand_over WHERE code_hash = ? AND created_at > ?")
                .param(code.hash())
                .param(Utc.of(clock.instant().minus(LIFE)))
                .query((row, n) -> new HandedOver(new TenantId(row.getLong("tenant_id")), row.getLong("launch_id")))
                .optional()
                .filter(found -> jdbc.sql("DELETE FROM hand_over WHERE code_hash = ?")
                                .param(code.hash())
                                .update()
                        == 1);
    }

    /** Clears away codes that nobody used. */
    public void forgetOld() {
        jdbc.sql("DELETE FROM hand_over WHERE created_at < ?")
                .param(Utc.of(clock.instant().minus(LIFE)))
                .update();
    }
}
