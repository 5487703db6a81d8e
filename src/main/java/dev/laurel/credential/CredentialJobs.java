package dev.laurel.credential;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.credential.status.Restored;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CredentialJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("credentialSignTask")
    Task<?> credentialSignTask(Jobs jobs, EmbeddedSigning signing) {
        return jobs.kind(EmbeddedSigning.KIND, signing::run);
    }

    @Bean("credentialJwtTask")
    Task<?> credentialJwtTask(Jobs jobs, JwtSigning signing) {
        return jobs.patientKind(JwtSigning.KIND, signing::run);
    }

    @Bean("credentialStatusTask")
    Task<?> credentialStatusTask(Jobs jobs, StatusListSigning signing) {
        return jobs.kind(StatusListSigning.KIND, signing::run);
    }

    @Bean("credentialStolenKeyTask")
    Task<?> credentialStolenKeyTask(Jobs jobs, StolenKeys stolen) {
        return jobs.patientKind(StolenKeys.KIND, stolen::run);
    }

    /** Whatever was left behind, for instance by a job that was set aside, is asked for again. */
    @Bean("credentialSweepTask")
    Task<?> credentialSweepTask(Jobs jobs, CredentialRepository credentials) {
        return jobs.sweep(
                "credential-sweep",
                SWEEP,
                EmbeddedSigning.KIND,
                now -> credentials.tenantsWithUnsigned(now.minus(SWEEP)));
    }

    @Bean("credentialJwtSweepTask")
    Task<?> credentialJwtSweepTask(Jobs jobs, CredentialRepository credentials) {
        return jobs.sweep(
                "credential-jwt-sweep", SWEEP, JwtSigning.KIND, now -> credentials.tenantsWithoutJwt(now.minus(SWEEP)));
    }

    @Bean("credentialStatusSweepTask")
    Task<?> credentialStatusSweepTask(Jobs jobs, StatusLists lists, Restored restored) {
        return jobs.sweep("credential-status-sweep", SWEEP, StatusListSigning.KIND, now -> {
            restored.bringForward();
            return lists.tenantsWithUnsigned();
        });
    }
}
