package dev.laurel.award.renewal;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RenewalJobs {

    private static final Duration SWEEP = Duration.ofMinutes(10);

    @Bean("awardEndingTask")
    Task<?> awardEndingTask(Jobs jobs, Renewals renewals) {
        return jobs.kind(Renewals.KIND, renewals::run);
    }

    /** Nobody waits for the minute in which she is told, so there is one look for all tenants and no job per award. */
    @Bean("awardEndingSweepTask")
    Task<?> awardEndingSweepTask(Jobs jobs, RenewalRepository renewals, Clock clock) {
        return Tasks.recurring("award-ending-sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            Instant now = clock.instant();
            for (TenantId tenant : renewals.due(now)) {
                jobs.schedule(Renewals.KIND, tenant, "sweep", now.getEpochSecond());
            }
        });
    }
}
