package dev.laurel.launch.notice;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.launch.ContextCopied;
import dev.laurel.launch.Launch;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.notice.NoticeRepository.Outcome;
import dev.laurel.launch.oidc.IdTokens;
import dev.laurel.launch.oidc.LaunchRefusedException;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Verifies a notice that was taken in, and acts on it once. A notice of a kind that Laurel does not know is left alone. */
@Component
class NoticeJob {

    static final String KIND = "notice";

    private static final Logger LOG = LoggerFactory.getLogger(NoticeJob.class);

    /** While a key set cannot be read: after 10 s, 30 s, 90 s … about an hour in all. */
    private static final int ATTEMPTS = 6;

    /** Where a key set that was read lacks the key: it is read anew within these 10 s, and anybody can make a key up. */
    private static final int ATTEMPTS_OF_A_STRANGE_KEY = 1;

    /** What held must not come twice. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** What did not hold is refused again if it comes again. */
    private static final Duration REFUSED_KEPT = Duration.ofHours(1);

    private final NoticeRepository notices;

    private final Platforms platforms;

    private final IdTokens tokens;

    private final Jobs jobs;

    private final ApplicationEventPublisher events;

    private final TransactionTemplate transaction;

    private final Clock clock;

    NoticeJob(
            NoticeRepository notices,
            Platforms platforms,
            IdTokens tokens,
            Jobs jobs,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.notices = notices;
        this.platforms = platforms;
        this.tokens = tokens;
        this.jobs = jobs;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    void run(TenantId tenant, String subject) {
        byte[] hash = HexFormat.of().parseHex(subject);
        notices.waiting(tenant, hash).ifPresent(waiting -> {
            try {
                Notice notice = verified(tenant, waiting);
                transaction.executeWithoutResult(status -> act(tenant, hash, waiting, notice));
            } catch (BadNoticeException e) {
                refuse(tenant, hash, waiting, e);
            } catch (LaunchRefusedException e) {
                if (waiting.attempts() < attempts(e)) {
                    later(tenant, hash, subject, waiting.attempts());
                } else {
                    refuse(tenant, hash, waiting, e);
                }
            }
        });
        Instant now = clock.instant();
        notices.forget(now.minus(KEPT), now.minus(REFUSED_KEPT));
    }

    private static int attempts(LaunchRefusedException refused) {
        return refused.isTemporary() ? ATTEMPTS : refused.isKeyUnknown() ? ATTEMPTS_OF_A_STRANGE_KEY : 0;
    }

    private Notice verified(TenantId tenant, NoticeRepository.Waiting waiting) {
        Registration registration = platforms
                .registration(waiting.registrationId())
                .filter(Registration::active)
                .orElseThrow(() -> new BadNoticeException("its registration is not active"));
        Notice notice = Notice.read(tokens.verify(waiting.jwt(), registration), registration, waiting.receivedAt());
        boolean active = platforms
                .activeDeployment(registration, notice.deploymentId())
                .filter(deployment -> tenant.equals(deployment.tenant()))
                .isPresent();
        if (!active) {
            throw new BadNoticeException("its deployment is not active");
        }
        return notice;
    }

    private void act(TenantId tenant, byte[] hash, NoticeRepository.Waiting waiting, Notice notice) {
        if (!notices.claim(tenant, hash, new Secret(notice.id()).hash())) {
            notices.settle(tenant, hash, Outcome.REPEATED);
            return;
        }
        String contextId = notice.contextId();
        if (contextId == null || !notice.type().equals(Launch.NoticeService.CONTEXT_COPY)) {
            notices.settle(tenant, hash, Outcome.IGNORED);
            return;
        }
        events.publishEvent(
                new ContextCopied(tenant, waiting.registrationId(), contextId, notice.origins(), waiting.receivedAt()));
        notices.settle(tenant, hash, Outcome.DONE);
    }

    private void later(TenantId tenant, byte[] hash, String subject, int attempts) {
        Instant again = clock.instant().plusSeconds(Math.round(10 * Math.pow(3, attempts)));
        transaction.executeWithoutResult(status -> {
            notices.attempted(tenant, hash);
            jobs.scheduleAt(KIND, tenant, subject, attempts + 1L, again);
        });
    }

    private void refuse(TenantId tenant, byte[] hash, NoticeRepository.Waiting waiting, RuntimeException why) {
        LOG.warn("Notice refused: tenant {} registration {} ({})", tenant, waiting.registrationId(), why.getMessage());
        notices.settle(tenant, hash, Outcome.REFUSED);
    }

    /** Makes the job known to the scheduler. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> noticeTask(Jobs jobs, NoticeJob job) {
            return jobs.kind(KIND, job::run);
        }
    }
}
