package dev.laurel.credential.status;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatusJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("credentialStatusTask")
    Task<?> credentialStatusTask(Jobs jobs, StatusListSigning signing) {
        return jobs.kind(StatusListSigning.KIND, signing::run);
    }

    @Bean("credentialStatusSweepTask")
    Task<?> credentialStatusSweepTask(Jobs jobs, StatusLists lists) {
        return jobs.sweep("credential-status-sweep", SWEEP, StatusListSigning.KIND, now -> lists.tenantsWithUnsigned());
    }
}
