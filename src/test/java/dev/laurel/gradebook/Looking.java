package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks through the sources of a course now, in the thread of the test. */
public final class Looking {

    private Looking() {}

    public static void at(ApplicationContext app, TenantId tenant, long contextId) {
        app.getBean(SyncRepository.class).ask(tenant, contextId, Instant.now(), null);
        app.getBean(SyncJob.class).run(tenant, Long.toString(contextId));
    }

    /** As if nothing had been read before. */
    public static void atEverything(ApplicationContext app, TenantId tenant, long contextId) {
        app.getBean(JdbcClient.class)
                .sql("UPDATE source_look SET bookmark = NULL, whole_at = NULL WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .update();
        at(app, tenant, contextId);
    }
}
