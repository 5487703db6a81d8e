package dev.laurel.award.release;

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
class ReleaseJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("awardReleaseTask")
    Task<?> awardReleaseTask(Jobs jobs, Releases releases) {
        return jobs.kind(Releases.KIND, releases::run);
    }

    /** What no job knows of any more is asked for again. */
    @Bean("awardReleaseSweepTask")
    Task<?> awardReleaseSweepTask(Jobs jobs, ReleaseRepository releases, Clock clock) {
        return Tasks.recurring("award-release-sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            Instant now = clock.instant();
            for (TenantId tenant : releases.overdue(now.minus(SWEEP))) {
                jobs.schedule(Releases.KIND, tenant, "sweep", now.getEpochSecond());
            }
        });
    }
}
