package dev.laurel.credential;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StolenKeysJob {

    @Bean("credentialStolenKeyTask")
    Task<?> credentialStolenKeyTask(Jobs jobs, StolenKeys stolen) {
        return jobs.patientKind(StolenKeys.KIND, stolen::run);
    }
}
