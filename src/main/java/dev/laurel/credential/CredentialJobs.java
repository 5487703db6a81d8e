package dev.laurel.credential;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
        return jobs.kind(JwtSigning.KIND, signing::run);
    }

    @Bean("credentialStatusTask")
    Task<?> credentialStatusTask(Jobs jobs, StatusListSigning signing) {
        return jobs.kind(StatusListSigning.KIND, signing::run);
    }

    /** Whatever was left behind, for instance by a job that was set aside, is asked for again. */
    @Bean("credentialSweepTask")
    Task<?> credentialSweepTask(Jobs jobs, CredentialRepository credentials, StatusLists lists, Clock clock) {
        return Tasks.recurring("credential-sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            Instant now = clock.instant();
            for (TenantId tenant : credentials.tenantsWithUnsigned(now.minus(SWEEP))) {
                jobs.schedule(EmbeddedSigning.KIND, tenant, "sweep", now.getEpochSecond());
            }
            for (TenantId tenant : credentials.tenantsWithoutJwt(now.minus(SWEEP))) {
                jobs.schedule(JwtSigning.KIND, tenant, "sweep", now.getEpochSecond());
            }
            for (TenantId tenant : lists.tenantsWithUnsigned()) {
                jobs.schedule(StatusListSigning.KIND, tenant, "sweep", now.getEpochSecond());
            }
        });
    }
}
