package dev.laurel.gradebook;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.context.ContextLaunched;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CoursesInUse;
import dev.laurel.context.RosterChanged;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Logger LOG = LoggerFactory.getLogger(SyncJob.class);

    static final String KIND = "gradebook-sync";

    /** A look this near is soon enough for whoever launches now. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A look this long overdue is not coming by itself. */
    private static final Duration LOST = Duration.ofMinutes(2);

    private static final Duration CONSIDERED_AGAIN = Duration.ofSeconds(1);

    private static final int MOST_CONSIDERED = 10_000;

    private final Map<Long, Instant> considered = new ConcurrentHashMap<>();

    private final Contexts contexts;

    private final List<GradebookSource> sources;

    private final SourceLooks looks;

    private final SyncRepository syncs;

    private final Newcomers newcomers;

    private final CoursesInUse coursesInUse;

    private final Jobs jobs;

    private final Clock clock;

    SyncJob(
            Contexts contexts,
            List<GradebookSource> sources,
            SourceLooks looks,
            SyncRepository syncs,
            Newcomers newcomers,
            CoursesInUse coursesInUse,
            Jobs jobs,
            Clock clock) {
        this.contexts = contexts;
        this.sources = sources;
        this.looks = looks;
        this.syncs = syncs;
        this.newcomers = newcomers;
        this.coursesInUse = coursesInUse;
        this.jobs = jobs;
        this.clock = clock;
    }

    Instant run(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        CourseContext course = contexts.find(tenant, contextId).orElse(null);
        if (course == null) {
            return clock.instant().plus(SyncPace.ASLEEP);
        }
        List<GradebookSource> readable =
                sources.stream().filter(source -> isReadable(source, course)).toList();
        if (readable.isEmpty()) {
            sources.stream()
                    .flatMap(source -> source.obstacle(course).stream())
                    .findFirst()
                    .ifPresent(words -> syncs.failed(tenant, contextId, words, clock.instant()));
            return asleep(course);
        }
        SourceLooks.Standing standing = looks.look(course, readable);
        remember(course, standing);
        syncs.nextCheck(tenant, contextId, standing.next());
        return standing.next();
    }

    /** A source that cannot even say is looked at like one that can: there its fault is told, and stops no other source. */
    private static boolean isReadable(GradebookSource source, CourseContext course) {
        try {
            return source.obstacle(course).isEmpty();
        } catch (RuntimeException fault) {
            LOG.debug(
                    "Whether {} reads course {} is not known", source.name(), course.id(), Jobs.withoutMessages(fault));
            return true;
        }
    }

    private Instant asleep(CourseContext course) {
        Instant next = clock.instant().plus(SyncPace.asleep(coursesInUse.isInUse(course.tenant(), course.id())));
        syncs.nextCheck(course.tenant(), course.id(), next);
        return next;
    }

    private void remember(CourseContext course, SourceLooks.Standing standing) {
        Instant now = clock.instant();
        @Nullable String problem = standing.problems().isEmpty() ? null : String.join(" ", standing.problems());
        if (!standing.seen()) {
            if (problem != null) {
                syncs.failed(course.tenant(), course.id(), problem, now);
            }
            return;
        }
        boolean more = syncs.find(course.tenant(), course.id())
                .map(row -> standing.unmatched() > row.unmatched())
                .orElse(false);
        syncs.checked(course.tenant(), course.id(), standing.unmatched(), problem, standing.failed(), now);
        if (more) {
            contexts.refreshRosterSoon(course.tenant(), course.id());
        }
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
            Set<String> readsPeople = sources.stream()
                    .filter(GradebookSource::readsPeople)
                    .map(GradebookSource::name)
                    .collect(Collectors.toSet());
            Set<Long> learners = contexts.evaluatedAmong(changed.tenant(), changed.contextId(), changed.personIds());
            if (!learners.isEmpty()) {
                newcomers.known(changed.tenant(), changed.contextId(), learners, readsPeople);
            }
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

        @Bean
        Task<?> gradebookHintTask(Jobs jobs, ReadingHints hints) {
            return jobs.kind(ReadingHints.KIND, hints::again);
        }
    }
}
