package dev.laurel.platform.road;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Work that was given up on, with its reason; for the operator's page. */
@Component
public class SetAsideJobs {

    private final JdbcClient jdbc;

    private final ObjectProvider<Scheduler> scheduler;

    private final Clock clock;

    SetAsideJobs(JdbcClient jdbc, ObjectProvider<Scheduler> scheduler, Clock clock) {
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** One job that was set aside. {@code at} is UTC. */
    public record SetAside(
            String kind,
            String instance,
            TenantId tenant,
            String reason,
            int failures,
            Reference reference,
            Instant at) {}

    public List<SetAside> all() {
        return jdbc.sql("SELECT * FROM set_aside_job ORDER BY set_aside_at DESC LIMIT 500")
                .query((row, n) -> new SetAside(
                        row.getString("task_name"),
                        row.getString("task_instance"),
                        new TenantId(row.getLong("tenant_id")),
                        row.getString("reason"),
                        row.getInt("failures"),
                        new Reference(row.getString("reference")),
                        Utc.read(row, "set_aside_at")))
                .list();
    }

    /** Puts the job with this reference back into the queue; nothing happens where it is gone already. */
    @Transactional
    public void tryAgain(Reference reference) {
        all().stream()
                .filter(job -> job.reference().equals(reference))
                .findFirst()
                .ifPresent(job -> {
                    jdbc.sql("DELETE FROM set_aside_job WHERE task_name = ? AND task_instance = ?")
                            .params(job.kind(), job.instance())
                            .update();
                    scheduler
                            .getObject()
                            .scheduleIfNotExists(new TaskInstance<Void>(job.kind(), job.instance()), clock.instant());
                });
    }

    void add(String kind, String instance, String reason, int failures, Reference reference) {
        jdbc.sql("""
                INSERT INTO set_aside_job (task_name, task_instance, tenant_id, reason, reference, failures, set_aside_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE reason = VALUES(reason), reference = VALUES(reference),
                    failures = VALUES(failures), set_aside_at = VALUES(set_aside_at)""")
                .params(
                        kind,
                        instance,
                        JobId.parse(instance).tenant().value(),
                        Varchar.fit(reason, 500),
                        reference.value(),
                        failures,
                        Utc.of(clock.instant()))
                .update();
    }
}
