package dev.laurel.award.fall;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
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
    Task<?> awardFallSweepTask(Jobs jobs, FallRepository falls) {
        return jobs.sweep("award-fall-sweep", SWEEP, Falls.KIND, now -> falls.overdue(now.minus(SWEEP), now));
    }
}
