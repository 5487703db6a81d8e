package dev.laurel.credential.endorsement;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Once a day each endorsement that is shown is looked at again. */
@Configuration(proxyBeanMethods = false)
class EndorsementJobs {

    private static final String KIND = "endorsement-look";

    private static final Duration SWEEP = Duration.ofMinutes(15);

    @Bean("endorsementLookTask")
    Task<?> endorsementLookTask(Jobs jobs, Endorsements endorsements) {
        return jobs.kind(KIND, (tenant, subject) -> endorsements.lookAgain(tenant));
    }

    @Bean("endorsementSweepTask")
    Task<?> endorsementSweepTask(Jobs jobs, Endorsements endorsements) {
        return jobs.sweep("endorsement-sweep", SWEEP, KIND, now -> endorsements.tenantsWithDue());
    }
}
