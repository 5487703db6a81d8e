package dev.laurel.award.release;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
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
    Task<?> awardReleaseSweepTask(Jobs jobs, ReleaseRepository releases) {
        return jobs.sweep("award-release-sweep", SWEEP, Releases.KIND, now -> releases.overdue(now.minus(SWEEP)));
    }
}
