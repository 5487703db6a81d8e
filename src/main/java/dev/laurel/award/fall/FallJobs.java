package dev.laurel.award.fall;

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
class FallJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("awardFallTask")
    Task<?> awardFallTask(Jobs jobs, Falls falls) {
        return jobs.kind(Falls.KIND, falls::run);
    }

    /** What no job knows of any more is asked for again. */
    @Bean("awardFallSweepTask")
    Task<?> awardFallSweepTask(Jobs jobs, FallRepository falls, Clock clock) {
        return Tasks.recurring("award-fall-sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            Instant now = clock.instant();
            for (TenantId tenant : falls.overdue(now.minus(SWEEP))) {
                jobs.schedule(Falls.KIND, tenant, "sweep", now.getEpochSecond());
            }
        });
    }
}
