package dev.laurel.platform.selftest;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tries everything that a registration is to do, in a job: a page that asked can be left. The operator tries a whole
 * registration, an institution what is its own.
 */
@Component
public class SelfTest {

    /** Stands for the operator where an institution would stand. */
    public static final TenantId OPERATOR = new TenantId(0);

    static final String KIND = "self-test";

    /** A run that was asked for this long ago and never ended is not coming any more; another may begin. */
    private static final Duration LOST = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

    private final SelfTestRepository repository;

    private final Platforms platforms;

    private final ObjectProvider<Probe> probes;

    private final Jobs jobs;

    private final Clock clock;

    SelfTest(SelfTestRepository repository, Platforms platforms, ObjectProvider<Probe> probes, Jobs jobs, Clock clock) {
        this.repository = repository;
        this.platforms = platforms;
        this.probes = probes;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Asks for a run. While one is under way this does nothing.
     *
     * @param tenant the institution that asks, or {@link #OPERATOR}
     * @param withColumn whether a column may be made in a course, to be deleted at once
     * @param cookies what the browser that asks sent back; {@code null} where that tells nothing
     */
    @Transactional
    public void ask(TenantId tenant, long registrationId, boolean withColumn, @Nullable FrameCookies cookies) {
        Instant now = clock.instant();
        if (repository.begin(tenant, registrationId, withColumn, cookies, now, now.minus(LOST))) {
            long run = repository.head(tenant, registrationId).orElseThrow().run();
            jobs.schedule(KIND, tenant, Long.toString(registrationId), run);
        }
    }

    /** The latest run; empty where nobody asked for one yet. */
    public Optional<Run> latest(TenantId tenant, long registrationId) {
        return repository.head(tenant, registrationId).map(head -> {
            Map<Check, Run.Line> known = repository.lines(tenant, registrationId, head.run());
            List<Run.Line> lines = checks(tenant).stream()
                    .map(check -> known.getOrDefault(
                            check, new Run.Line(Finding.of(check, Check.WAITING), null, null, false)))
                    .toList();
            return new Run(head.run(), head.withColumn(), head.askedAt(), head.startedAt(), head.endedAt(), lines);
        });
    }

    private static List<Check> checks(TenantId tenant) {
        return Arrays.stream(Check.values())
                .filter(check -> check.part() != Check.Part.OPERATOR || tenant.equals(OPERATOR))
                .toList();
    }

    void run(TenantId tenant, String subject) {
        long registrationId = Long.parseLong(subject);
        Registration registration = platforms.registration(registrationId).orElse(null);
        SelfTestRepository.Head head = repository.head(tenant, registrationId).orElse(null);
        if (registration == null || head == null || head.endedAt() != null) {
            return;
        }
        repository.started(tenant, registrationId, head.run(), clock.instant());
        Subject whole = subject(tenant, registration, head);
        Map<Check, Probe> byCheck = new EnumMap<>(Check.class);
        probes.forEach(probe -> probe.checks().forEach(check -> byCheck.put(check, probe)));
        for (Check check : checks(tenant)) {
            Finding finding = probe(byCheck.get(check), check, whole);
            repository.save(tenant, registrationId, head.run(), finding, clock.instant());
        }
        repository.ended(tenant, registrationId, head.run(), clock.instant());
    }

    private Subject subject(TenantId tenant, Registration registration, SelfTestRepository.Head head) {
        boolean forOperator = tenant.equals(OPERATOR);
        List<TenantId> tenants = forOperator
                ? platforms.deployments().stream()
                        .filter(deployment -> deployment.registrationId() == registration.id())
                        .map(Deployment::tenant)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList()
                : List.of(tenant);
        return new Subject(registration, tenants, forOperator, head.withColumn(), head.cookies(), head.askedAt());
    }

    /** A check that fails by our own fault stops no other one. */
    private static Finding probe(@Nullable Probe probe, Check check, Subject subject) {
        if (probe == null) {
            return Finding.of(check, Check.BROKEN);
        }
        try {
            return probe.probe(check, subject);
        } catch (RuntimeException e) {
            LOG.error(
                    "Self-test of registration {}: {} could not be made ({})",
                    subject.registration().id(),
                    check,
                    e.getClass().getName());
            return Finding.of(check, Check.BROKEN);
        }
    }

    /** Makes the job known to the scheduler. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> selfTestTask(Jobs jobs, SelfTest selfTest) {
            return jobs.kind(KIND, selfTest::run);
        }
    }
}
