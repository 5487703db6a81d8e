package dev.laurel.context;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Pauses;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Reads the roster of a course again and again, the less often the longer nobody launched from it. */
@Component
class RosterJob {

    static final String KIND = "roster";

    /** Nobody comes any more, and nothing is to be earned; the next launch asks again. */
    private static final Duration ASLEEP = Duration.ofDays(30);

    /** However quiet it is, where badges are given. */
    private static final Duration DAILY = Duration.ofDays(1);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Rosters rosters;

    private final ContextRepository contexts;

    private final CoursesInUse coursesInUse;

    private final Clock clock;

    RosterJob(Rosters rosters, ContextRepository contexts, CoursesInUse coursesInUse, Clock clock) {
        this.rosters = rosters;
        this.contexts = contexts;
        this.coursesInUse = coursesInUse;
        this.clock = clock;
    }

    Instant run(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        Optional<ServiceProblem> problem = rosters.refresh(tenant, contextId);
        Instant now = clock.instant();
        Instant next = contexts.find(tenant, contextId)
                .map(row -> now.plus(pauseOf(row, problem, now)))
                .orElse(now.plus(ASLEEP));
        contexts.rosterDue(tenant, contextId, next);
        return next;
    }

    private Duration pauseOf(ContextRepository.Row row, Optional<ServiceProblem> problem, Instant now) {
        CourseContext course = row.course();
        Duration pause = pause(row, problem.map(ServiceProblem::retryAfter), now);
        if (pause.equals(ASLEEP)
                && course.membershipsUrl() != null
                && coursesInUse.isInUse(course.tenant(), course.id())) {
            pause = DAILY;
        }
        return problem.isPresent() ? Pauses.spread(pause) : pause;
    }

    static Duration pause(ContextRepository.Row row, Optional<Duration> retryAfter, Instant now) {
        if (row.course().membershipsUrl() == null) {
            return ASLEEP;
        }
        Duration usual = whileQuietFor(Duration.between(row.course().lastLaunchAt(), now));
        if (row.rosterFailures() == 0) {
            return usual;
        }
        Duration again = Duration.ofMinutes(1L << Math.min(row.rosterFailures() - 1, 10));
        Duration capped = again.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : again;
        return retryAfter.filter(asked -> asked.compareTo(capped) > 0).orElse(capped);
    }

    private static Duration whileQuietFor(Duration quiet) {
        if (quiet.compareTo(Duration.ofHours(2)) < 0) {
            return Duration.ofMinutes(15);
        }
        if (quiet.compareTo(Duration.ofDays(1)) < 0) {
            return Duration.ofHours(1);
        }
        return quiet.compareTo(Duration.ofDays(180)) < 0 ? Duration.ofHours(12) : ASLEEP;
    }

    /** Makes the job known to the scheduler. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> rosterTask(Jobs jobs, RosterJob job) {
            return jobs.repeatingKind(KIND, job::run);
        }
    }
}
