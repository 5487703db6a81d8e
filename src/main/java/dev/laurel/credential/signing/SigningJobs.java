package dev.laurel.credential.signing;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SigningJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("credentialSignTask")
    Task<?> credentialSignTask(Jobs jobs, EmbeddedSigning signing) {
        return jobs.kind(EmbeddedSigning.KIND, signing::run);
    }

    @Bean("credentialJwtTask")
    Task<?> credentialJwtTask(Jobs jobs, JwtSigning signing) {
        return jobs.patientKind(JwtSigning.KIND, signing::run);
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
}
