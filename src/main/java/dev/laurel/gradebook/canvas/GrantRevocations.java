package dev.laurel.gradebook.canvas;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
        try {
            if (tokens.revoke(grant, key)) {
                return;
            }
        } catch (ServiceProblem noAnswer) {
            LOG.info("Canvas does not answer, and is told later that a grant of tenant {} is over", grant.tenant());
        }
        rows.add(grant, clock.instant());
    }

    /**
     * Tells Canvas for the last time (HTTP) that these are over, one after the other, as long as it answers.
     *
     * @return whether it answers
     */
    boolean tellOnce(Collection<Grant> over, ReadingKey key) {
        try {
            over.forEach(grant -> tokens.revoke(grant, key));
            return true;
        } catch (ServiceProblem noAnswer) {
            LOG.info("Canvas was never told that reading grants are over: {}", noAnswer.getMessage());
            return false;
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

    /**
     * What Canvas could not be told before it is told for the last time (HTTP). No token stays, lest it be sent to the address
     * of another key.
     *
     * @param key {@code null} where Canvas does not answer
     */
    void endWith(@Nullable ReadingKey key, TenantId tenant, long registrationId) {
        List<Grant> some = key == null ? List.of() : grants(tenant, registrationId);
        while (key != null && !some.isEmpty() && tellOnce(some, key)) {
            some.forEach(rows::remove);
            some = grants(tenant, registrationId);
        }
        rows.removeAll(tenant, registrationId);
    }

    private List<Grant> grants(TenantId tenant, long registrationId) {
        return rows.ofRegistration(tenant, registrationId).stream()
                .map(GrantRevocationRepository.Row::grant)
                .toList();
    }

    /** Tells Canvas (HTTP) whatever it does not know yet; of many some, and another job goes on behind them. */
    void tellAll(TenantId tenant, String subject) {
        Instant now = clock.instant();
        List<GrantRevocationRepository.Row> some = rows.some(tenant, GrantRevocationPlace.parse(subject));
        tell(tenant, some, now);
        if (some.size() == GrantRevocationRepository.MOST) {
            GrantRevocationPlace last = GrantRevocationPlace.of(some.get(some.size() - 1));
            jobs.schedule(KIND, tenant, last.subject(), now.toEpochMilli());
        }
    }

    private void tell(TenantId tenant, List<GrantRevocationRepository.Row> some, Instant now) {
        Set<Long> silent = new HashSet<>();
        for (GrantRevocationRepository.Row row : some) {
            Grant grant = row.grant();
            ReadingKey key =
                    keys.find(tenant, grant.registrationId(), CanvasSource.NAME).orElse(null);
            boolean isTold = key != null && !silent.contains(grant.registrationId()) && isTold(grant, key, silent);
            if (isTold || key == null || row.since().isBefore(now.minus(GIVEN_UP))) {
                rows.remove(grant);
                LOG.info(
                        "Canvas {} that a reading grant of tenant {} is over",
                        isTold ? "knows" : "was never told",
                        tenant);
            }
        }
    }

    /** @param silent gets the registration at which nobody answers */
    private boolean isTold(Grant grant, ReadingKey key, Set<Long> silent) {
        try {
            return tokens.revoke(grant, key);
        } catch (ServiceProblem noAnswer) {
            silent.add(grant.registrationId());
            return false;
        }
    }

    /** Declares the jobs. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> canvasRevocation(Jobs jobs, GrantRevocations revocations) {
            return jobs.kind(KIND, revocations::tellAll);
        }

        @Bean
        Task<?> canvasRevocationSweep(Jobs jobs, GrantRevocationRepository rows) {
            return jobs.sweep("canvas-revocation-sweep", SWEEP, KIND, now -> rows.tenants());
        }
    }
}
