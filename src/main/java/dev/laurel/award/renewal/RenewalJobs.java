package dev.laurel.award.renewal;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
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
    Task<?> awardEndingSweepTask(Jobs jobs, RenewalRepository renewals) {
        return jobs.sweep("award-ending-sweep", SWEEP, Renewals.KIND, renewals::due);
    }
}
