package dev.laurel.credential.brought;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Once a day each badge that was brought is looked at again. */
@Configuration(proxyBeanMethods = false)
class BroughtJobs {

    private static final String KIND = "brought-look";

    private static final Duration SWEEP = Duration.ofMinutes(15);

    @Bean("broughtLookTask")
    Task<?> broughtLookTask(Jobs jobs, BroughtBadges badges) {
        return jobs.kind(KIND, (tenant, subject) -> badges.lookAgain(tenant));
    }

    @Bean("broughtSweepTask")
    Task<?> broughtSweepTask(Jobs jobs, BroughtBadges badges) {
        return jobs.sweep("brought-sweep", SWEEP, KIND, now -> badges.tenantsWithDue());
    }
}
