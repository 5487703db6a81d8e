package dev.laurel;

import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Time that has gone by in an institution: its results and its awards are older than they were. */
public final class Past {

    private static final List<String> MOMENTS = List.of(
            "award SET decided_at = decided_at - INTERVAL :s SECOND, valid_until = valid_until - INTERVAL :s SECOND,"
                    + " renew_from = renew_from - INTERVAL :s SECOND, remind_at = remind_at - INTERVAL :s SECOND,"
                    + " revoked_at = revoked_at - INTERVAL :s SECOND",
            "observation SET recorded_at = recorded_at - INTERVAL :s SECOND,"
                    + " occurred_at = occurred_at - INTERVAL :s SECOND,"
                    + " handed_in_at = handed_in_at - INTERVAL :s SECOND",
            "latest_observation SET recorded_at = recorded_at - INTERVAL :s SECOND,"
                    + " occurred_at = occurred_at - INTERVAL :s SECOND,"
                    + " handed_in_at = handed_in_at - INTERVAL :s SECOND",
            "held_achievement SET since = since - INTERVAL :s SECOND, until = until - INTERVAL :s SECOND");

    private Past() {}

    public static void goBy(ApplicationContext app, TenantId tenant, Duration time) {
        for (String moments : MOMENTS) {
            app.getBean(JdbcClient.class)
                    .sql("UPDATE " + moments + " WHERE tenant_id = :tenant")
                    .param("s", time.toSeconds())
                    .param("tenant", tenant.value())
                    .update();
        }
    }
}
