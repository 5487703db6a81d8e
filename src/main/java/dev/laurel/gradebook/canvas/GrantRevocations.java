package dev.laurel.gradebook.canvas;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Tells Canvas which permissions are over, so that their tokens end there, too. Where Canvas cannot be reached, or somebody is
 * being erased, a job tells it later, again and again for some days.
 */
@Component
class GrantRevocations {

    private static final Logger LOG = LoggerFactory.getLogger(GrantRevocations.class);

    private static final String KIND = "canvas-revocation";

    private static final Duration SWEEP = Duration.ofHours(1);

    private static final Duration GIVEN_UP = Duration.ofDays(7);

    private final CanvasTokens tokens;

    private final ReadingKeys keys;

    private final GrantRevocationRepository rows;

    private final ReadingGrants grants;

    private final Jobs jobs;

    private final Clock clock;

    GrantRevocations(
            CanvasTokens tokens,
            ReadingKeys keys,
            GrantRevocationRepository rows,
            ReadingGrants grants,
            Jobs jobs,
            Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.rows = rows;
        this.grants = grants;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Tells Canvas now (HTTP), or as soon as it can be reached. */
    void tell(Grant grant, ReadingKey key) {
        if (!tokens.revoke(grant, key)) {
            rows.add(grant, clock.instant());
        }
    }

    /** Ends whatever somebody allowed: here at once, and in Canvas soon after the surrounding transaction. */
    void endAllOf(TenantId tenant, long personId) {
        Instant now = clock.instant();
        rows.addOfOwner(tenant, personId, now);
        if (grants.removeOfOwner(tenant, personId)) {
            jobs.schedule(KIND, tenant, "erased", now.toEpochMilli());
        }
    }

    /** The key is about to go, without which nobody can tell Canvas: it is told for the last time (HTTP). */
    void endWith(ReadingKey key, TenantId tenant, long registrationId) {
        rows.all(tenant).stream()
                .map(GrantRevocationRepository.Row::grant)
                .filter(grant -> grant.registrationId() == registrationId)
                .forEach(grant -> {
                    tokens.revoke(grant, key);
                    rows.remove(grant);
                });
    }

    /** Tells Canvas (HTTP) whatever it does not know yet. */
    void tellAll(TenantId tenant) {
        Instant now = clock.instant();
        for (GrantRevocationRepository.Row row : rows.all(tenant)) {
            Grant grant = row.grant();
            boolean isTold = keys.find(tenant, grant.registrationId(), CanvasSource.NAME)
                    .map(key -> tokens.revoke(grant, key))
                    .orElse(true);
            if (isTold || row.since().isBefore(now.minus(GIVEN_UP))) {
                rows.remove(grant);
                LOG.info(
                        "Canvas {} that a reading grant of tenant {} is over",
                        isTold ? "knows" : "was never told",
                        tenant);
            }
        }
    }

    /** Declares the jobs. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> canvasRevocation(Jobs jobs, GrantRevocations revocations) {
            return jobs.kind(KIND, (tenant, subject) -> revocations.tellAll(tenant));
        }

        @Bean
        Task<?> canvasRevocationSweep(Jobs jobs, GrantRevocationRepository rows) {
            return jobs.sweep("canvas-revocation-sweep", SWEEP, KIND, now -> rows.tenants());
        }
    }
}
