package dev.laurel.gradebook;

import static org.awaitility.Awaitility.await;

import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
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

    /** The same where nobody else may look: a course is never read twice at once. No pause that the platform asked for counts. */
    public static void alone(ApplicationContext app, TenantId tenant, long contextId) {
        nobodyElse(app, tenant);
        app.getBean(JdbcClient.class)
                .sql("UPDATE source_look SET not_before = NULL WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .update();
        at(app, tenant, contextId);
    }

    /** No look of a job goes on or is due. */
    public static void nobodyElse(ApplicationContext app, TenantId tenant) {
        JdbcClient jdbc = app.getBean(JdbcClient.class);
        String looks = "FROM scheduled_tasks WHERE task_name LIKE 'gradebook-%' AND task_instance LIKE ?";
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            jdbc.sql("DELETE " + looks + " AND NOT picked").param(tenant + ":%").update();
            return jdbc.sql("SELECT COUNT(*) " + looks)
                            .param(tenant + ":%")
                            .query(Long.class)
                            .single()
                    == 0;
        });
    }
}
