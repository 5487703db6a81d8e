package dev.laurel.gradebook;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.context.ContextLaunched;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.RosterChanged;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Pauses;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at the gradebook of each course in use, again and again; one instance per course, so never twice at once. What
 * goes wrong at a platform is recorded for staff and tried again, it is no failure of the job.
 */
@Component
class SyncJob {

    static final String KIND = "gradebook-sync";

    private static final Logger LOG = LoggerFactory.getLogger(SyncJob.class);

    /** A look this near is soon enough for whoever launches now. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A look this long overdue is not coming by itself. */
    private static final Duration LOST = Duration.ofMinutes(2);

    private static final Duration CONSIDERED_AGAIN = Duration.ofSeconds(1);

    private static final int MOST_CONSIDERED = 10_000;

    private final Map<Long, Instant> considered = new ConcurrentHashMap<>();

    private final Contexts contexts;

    private final Platforms platforms;

    private final List<GradebookSource> sources;

    private final LineItemRepository lineItems;

    private final SyncRepository syncs;

    private final Recorder recorder;

    private final Jobs jobs;

    private final StepMetrics metrics;

    private final Clock clock;

    SyncJob(
            Contexts contexts,
            Platforms platforms,
            List<GradebookSource> sources,
            LineItemRepository lineItems,
            SyncRepository syncs,
            Recorder recorder,
            Jobs jobs,
            StepMetrics metrics,
            Clock clock) {
        this.contexts = contexts;
        this.platforms = platforms;
        this.sources = sources;
        this.lineItems = lineItems;
        this.syncs = syncs;
        this.recorder = recorder;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
    }

    Instant run(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        CourseContext course = contexts.find(tenant, contextId).orElse(null);
        if (course == null) {
            return clock.instant().plus(SyncPace.ASLEEP);
        }
        List<GradebookSource> readable = sources.stream()
                .filter(source -> source.obstacle(course).isEmpty())
                .toList();
        if (readable.isEmpty()) {
            sources.stream()
                    .flatMap(source -> source.obstacle(course).stream())
                    .findFirst()
                    .ifPresent(words -> syncs.failed(tenant, contextId, words, clock.instant()));
            return next(course, false, null);
        }
        Looks looks = new Looks();
        readable.forEach(source -> look(course, source, looks));
        remember(course, looks);
        if (looks.fault != null) {
            throw looks.fault;
        }
        return next(course, true, looks.retryAfter);
    }

    /** What came of looking through every source of a course. */
    private static final class Looks {

        private final Set<String> problems = new LinkedHashSet<>();

        private final Set<String> unmatched = new HashSet<>();

        private boolean seen;

        private boolean failed;

        private @Nullable Duration retryAfter;

        private @Nullable RuntimeException fault;

        void failed(ServiceProblem problem) {
            failed = true;
            Duration asked = problem.retryAfter();
            if (asked != null && (retryAfter == null || asked.compareTo(retryAfter) > 0)) {
                retryAfter = asked;
            }
        }
    }

    /** One look through one source. Whatever happens to it, the others are looked through too. */
    private void look(CourseContext course, GradebookSource source, Looks looks) {
        Instant started = clock.instant();
        ReadingProgress progress = new ReadingProgress(syncs, course, clock);
        try {
            Reading reading = source.read(course, isInput(course, source), progress);
            Recorder.Recorded recorded = recorder.record(course, source.name(), reading, "poll", started);
            Duration took = Duration.between(started, clock.instant());
            recorded.observations().forEach(observation -> metrics.passed(Step.GRADEBOOK, took));
            looks.seen = true;
            looks.unmatched.addAll(recorded.unmatched());
            ServiceProblem problem = reading.problem();
            if (problem != null) {
                fail(course, problem, looks);
            }
            looks.problems.addAll(reading.warnings());
        } catch (ServiceProblem problem) {
            fail(course, problem, looks);
        } catch (RuntimeException fault) {
            if (looks.fault == null) {
                looks.fault = fault;
            } else {
                looks.fault.addSuppressed(fault);
            }
        } finally {
            progress.end();
        }
    }

    private void fail(CourseContext course, ServiceProblem problem, Looks looks) {
        metrics.failed(Step.GRADEBOOK);
        log(course, problem);
        looks.failed(problem);
        looks.problems.add(String.valueOf(problem.getMessage()));
    }

    private void remember(CourseContext course, Looks looks) {
        Instant now = clock.instant();
        @Nullable String problem = looks.problems.isEmpty() ? null : String.join(" ", looks.problems);
        if (!looks.seen) {
            if (problem != null) {
                syncs.failed(course.tenant(), course.id(), problem, now);
            }
            return;
        }
        boolean more = syncs.find(course.tenant(), course.id())
                .map(row -> looks.unmatched.size() > row.unmatched())
                .orElse(false);
        syncs.checked(course.tenant(), course.id(), looks.unmatched.size(), problem, looks.failed, now);
        if (more) {
            contexts.refreshRosterSoon(course.tenant(), course.id());
        }
    }

    private static void log(CourseContext course, ServiceProblem problem) {
        LOG.info(
                "Gradebook of course {} of tenant {} not read completely ({})",
                course.id(),
                course.tenant(),
                problem.getMessage());
    }

    private Predicate<Column> isInput(CourseContext course, GradebookSource source) {
        Set<String> notInputs = lineItems.ofContext(course.tenant(), course.id()).stream()
                .map(LineItemRepository.Row::item)
                .filter(item -> item.source().equals(source.name()) && (item.output() || !item.readable()))
                .map(LineItem::externalId)
                .collect(Collectors.toSet());
        return column -> !LineItemRepository.isOutput(column) && !notInputs.contains(column.externalId());
    }

    private Instant next(CourseContext course, boolean readable, @Nullable Duration retryAfter) {
        Instant now = clock.instant();
        if (!readable) {
            syncs.nextCheck(course.tenant(), course.id(), now.plus(SyncPace.ASLEEP));
            return now.plus(SyncPace.ASLEEP);
        }
        // Read anew: somebody may have launched while we looked.
        SyncRepository.Row row = syncs.find(course.tenant(), course.id()).orElseThrow();
        Integer pollSeconds = platforms
                .registration(course.registrationId())
                .map(Registration::pollSeconds)
                .orElse(null);
        Instant next = SyncPace.next(row, course.lastLaunchAt(), pollSeconds, retryAfter, now);
        if (row.failures() > 0) {
            next = now.plus(Pauses.spread(Duration.between(now, next)));
        }
        syncs.nextCheck(course.tenant(), course.id(), next);
        return next;
    }

    /** Whoever launches may have a new grade, or be about to give some. */
    @EventListener
    void on(ContextLaunched launched) {
        Instant now = clock.instant();
        if (!launched.staff() && wasJustConsidered(launched.contextId(), now)) {
            return;
        }
        SyncRepository.Row row =
                syncs.find(launched.tenant(), launched.contextId()).orElse(null);
        boolean watch = launched.staff()
                && (row == null
                        || row.watchedUntil() == null
                        || row.watchedUntil().isBefore(now.plus(SyncPace.WATCH).minus(Duration.ofMinutes(5))));
        if (watch || row == null || mayHasten(row, now)) {
            ask(launched.tenant(), launched.contextId(), now, watch ? now.plus(SyncPace.WATCH) : null);
        }
    }

    /** Where a whole class launches at once, one of them stands for all who come within a second. */
    private boolean wasJustConsidered(long contextId, Instant now) {
        if (considered.size() > MOST_CONSIDERED) {
            considered.clear();
        }
        Instant before = considered.get(contextId);
        if (before != null && before.plus(CONSIDERED_AGAIN).isAfter(now)) {
            return true;
        }
        considered.put(contextId, now);
        return false;
    }

    /** A launch brings the next look forward, but not where the platform asked to wait, and not again and again. */
    private static boolean mayHasten(SyncRepository.Row row, Instant now) {
        Instant next = row.nextCheckAt();
        if (next == null || next.isBefore(now.minus(LOST))) {
            return true;
        }
        Instant last = row.lastCheckedAt();
        boolean justLooked = last != null && last.isAfter(now.minus(SOON));
        return row.failures() == 0 && !justLooked && next.isAfter(now.plus(SOON));
    }

    /** People who are known now may be those whose results could not be placed. */
    @EventListener
    void on(RosterChanged changed) {
        boolean waiting = syncs.find(changed.tenant(), changed.contextId())
                .map(row -> row.unmatched() > 0)
                .orElse(false);
        if (waiting) {
            ask(changed.tenant(), changed.contextId(), clock.instant(), null);
        }
    }

    void ask(TenantId tenant, long contextId, Instant now, @Nullable Instant watchedUntil) {
        syncs.ask(tenant, contextId, now, watchedUntil);
        jobs.runAgainBy(KIND, tenant, Long.toString(contextId), now);
    }

    /** Makes the job known to the scheduler. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> gradebookSyncTask(Jobs jobs, SyncJob job) {
            return jobs.repeatingKind(KIND, job::run);
        }
    }
}
