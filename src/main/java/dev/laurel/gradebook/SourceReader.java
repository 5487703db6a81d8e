package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.context.CoursesInUse;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Pauses;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks at a course through one source, records what is new and keeps how it went. Whatever goes wrong with the source is
 * how it went, a fault of Laurel's own too, unless the job need only run again: it is told to staff and tried again with growing pauses, and never stops the
 * other sources of the course.
 */
@Component
class SourceReader {

    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

    /** Courses are read whole at different hours of the day. */
    private static final Duration WHOLE_AFTER = Duration.ofHours(20);

    private static final int HOURS_APART = 4;

    private final Platforms platforms;

    private final LineItemRepository lineItems;

    private final SyncRepository syncs;

    private final SourceLookRepository looks;

    private final Newcomers newcomers;

    private final Recorder recorder;

    private final CoursesInUse coursesInUse;

    private final StepMetrics metrics;

    private final Clock clock;

    SourceReader(
            Platforms platforms,
            LineItemRepository lineItems,
            SyncRepository syncs,
            SourceLookRepository looks,
            Newcomers newcomers,
            Recorder recorder,
            CoursesInUse coursesInUse,
            StepMetrics metrics,
            Clock clock) {
        this.platforms = platforms;
        this.lineItems = lineItems;
        this.syncs = syncs;
        this.looks = looks;
        this.newcomers = newcomers;
        this.recorder = recorder;
        this.coursesInUse = coursesInUse;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The shortest pause between two looks. */
    Duration floor(CourseContext course, GradebookSource source) {
        return platforms
                .registration(course.registrationId())
                .map(Registration::pollSeconds)
                .map(seconds -> Duration.ofSeconds(Math.max(1, seconds)))
                .orElse(source.pace());
    }

    /**
     * Looks at everybody.
     *
     * @param owesPeople whether people are still to be looked at of whom something is new, it is said: of a large course a
     *     look at what changed need not reach them
     */
    SourceLookRepository.Row look(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            boolean owesPeople) {
        Instant began = clock.instant();
        String bookmark = before == null || isWholeDue(course, before, began) ? null : before.bookmark();
        Instant answeredAt = before == null || !owesPeople ? began : before.answeredAt();
        SourceLookRepository.Row after =
                end(course, source, before, began, new Asked(bookmark, Set.of(), answeredAt, "poll"));
        looks.save(course.tenant(), course.id(), source.name(), after, before == null ? null : before.bookmark());
        return after;
    }

    /**
     * Looks at a few people between two looks at everybody.
     *
     * @param saidUpTo up to when something was said of them
     */
    SourceLookRepository.Row look(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.Row before,
            Set<Long> people,
            Instant saidUpTo) {
        SourceLookRepository.Row found =
                end(course, source, before, clock.instant(), new Asked(before.bookmark(), people, saidUpTo, "event"));
        SourceLookRepository.Row after = found.failures() == 0 ? before.lookedAtSome(found) : found;
        looks.save(course.tenant(), course.id(), source.name(), after, before.bookmark());
        return after;
    }

    /**
     * @param answeredAt what was said or asked for up to then is answered by it, if it works
     * @param cameAbout as in {@link Observation}
     */
    private record Asked(@Nullable String bookmark, Set<Long> people, Instant answeredAt, String cameAbout) {}

    private SourceLookRepository.Row end(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            Instant began,
            Asked asked) {
        ReadingProgress progress = new ReadingProgress(syncs, course, clock);
        try {
            Map<Long, Instant> waiting =
                    asked.people().isEmpty() ? newcomers.of(course.tenant(), course.id(), source.name()) : Map.of();
            Look look = new Look(
                    isInput(course, source),
                    asked.bookmark(),
                    asked.people(),
                    before == null ? null : before.bookmark(),
                    waiting.keySet());
            Reading reading = source.read(course, look, progress);
            Recorder.Recorded recorded = recorder.record(course, source.name(), reading, asked.cameAbout(), began);
            if (reading.newcomersRead() && goesOn(reading)) {
                newcomers.read(course.tenant(), course.id(), source.name(), waiting);
            }
            Duration took = Duration.between(began, clock.instant());
            for (int i = 0; i < recorded.changes(); i++) {
                metrics.passed(Step.GRADEBOOK, took);
            }
            return after(course, source, before, began, asked, reading, recorded, progress.requests());
        } catch (TransactionException ours) {
            // The database is not there, or this node stops: what became of the look cannot be written down either.
            throw ours;
        } catch (ServiceProblem problem) {
            throwIfStopping(problem);
            return failed(course, source, before, began, words(course, problem), problem.retryAfter(), progress);
        } catch (RuntimeException fault) {
            throwIfStopping(fault);
            return failed(course, source, before, began, words(course, source, fault), null, progress);
        } finally {
            progress.end();
        }
    }

    /** A node that stops interrupts its jobs, which run again elsewhere. */
    private static void throwIfStopping(RuntimeException cutShort) {
        if (Thread.currentThread().isInterrupted()) {
            throw cutShort;
        }
    }

    private static boolean isWholeDue(CourseContext course, SourceLookRepository.Row before, Instant now) {
        Instant wholeAt = before.wholeAt();
        return wholeAt == null
                || wholeAt.plus(WHOLE_AFTER)
                        .plus(Duration.ofHours(course.id() % HOURS_APART))
                        .isBefore(now);
    }

    private SourceLookRepository.Row after(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            Instant began,
            Asked asked,
            Reading reading,
            Recorder.Recorded recorded,
            int requests) {
        ServiceProblem problem = reading.problem();
        boolean goesOn = goesOn(reading);
        // So is a look at everybody that broke off, where the source says on which page: it would begin anew for ever.
        boolean broken = !goesOn && asked.people().isEmpty() && reading.bookmark() != null;
        boolean whole =
                (goesOn || broken) && asked.bookmark() == null && asked.people().isEmpty();
        List<String> words = new ArrayList<>(reading.warnings());
        if (problem != null) {
            words.add(0, words(course, problem));
        }
        int failures = problem == null ? 0 : failures(before) + 1;
        Duration retryAfter = problem == null ? null : problem.retryAfter();
        return new SourceLookRepository.Row(
                goesOn || broken ? reading.bookmark() : before == null ? null : before.bookmark(),
                whole ? began : before == null ? null : before.wholeAt(),
                began,
                goesOn || before == null ? asked.answeredAt() : before.answeredAt(),
                began,
                problem == null && source.isBehind(reading.bookmark())
                        ? clock.instant().plus(floor(course, source))
                        : next(course, source, began, failures, retryAfter),
                notBefore(retryAfter),
                failures,
                failures == 0 ? null : failingSince(before, began),
                // A look at what changed does not speak of those again whom nobody knew.
                whole || before == null
                        ? recorded.unmatched().size()
                        : Math.max(before.unmatched(), recorded.unmatched().size()),
                words.isEmpty() ? null : String.join(" ", words),
                requests,
                reading.results().stream()
                        .mapToInt(column -> column.results().size())
                        .sum(),
                recorded.changes());
    }

    /** What is refused for good is left out, or nothing else would ever be read but whole and from the beginning. */
    private static boolean goesOn(Reading reading) {
        return reading.problem() == null || reading.problem().isFinal();
    }

    private SourceLookRepository.Row failed(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            Instant began,
            String words,
            @Nullable Duration retryAfter,
            ReadingProgress progress) {
        int failures = failures(before) + 1;
        return new SourceLookRepository.Row(
                before == null ? null : before.bookmark(),
                before == null ? null : before.wholeAt(),
                began,
                before == null ? began : before.answeredAt(),
                before == null ? null : before.lookedAt(),
                next(course, source, began, failures, retryAfter),
                notBefore(retryAfter),
                failures,
                failingSince(before, began),
                before == null ? 0 : before.unmatched(),
                words,
                progress.requests(),
                0,
                0);
    }

    private static int failures(SourceLookRepository.@Nullable Row before) {
        return before == null ? 0 : before.failures();
    }

    private static Instant failingSince(SourceLookRepository.@Nullable Row before, Instant now) {
        return before == null || before.failingSince() == null ? now : before.failingSince();
    }

    private @Nullable Instant notBefore(@Nullable Duration retryAfter) {
        return retryAfter == null ? null : clock.instant().plus(retryAfter);
    }

    private String words(CourseContext course, ServiceProblem problem) {
        metrics.failed(Step.GRADEBOOK);
        LOG.info(
                "Gradebook of course {} of tenant {} not read completely ({})",
                course.id(),
                course.tenant(),
                problem.getMessage());
        return String.valueOf(problem.getMessage());
    }

    /** Nobody in the course can mend it; the number leads whoever can to the log. */
    private String words(CourseContext course, GradebookSource source, RuntimeException fault) {
        Reference reference = Reference.next();
        metrics.failed(Step.GRADEBOOK);
        LOG.error(
                "Reading course {} of tenant {} through {} failed, reference {}",
                course.id(),
                course.tenant(),
                source.name(),
                reference,
                Jobs.withoutMessages(fault));
        return "Laurel itself failed while it read a part of this course, and tries again. If this stays, tell whoever"
                + " runs Laurel the number " + reference + ".";
    }

    private Instant next(
            CourseContext course, GradebookSource source, Instant began, int failures, @Nullable Duration retryAfter) {
        Instant now = clock.instant();
        Duration floor = floor(course, source);
        // Read anew: somebody may have launched while we looked.
        SyncRepository.Row head = syncs.find(course.tenant(), course.id()).orElse(SyncRepository.Row.NONE);
        Instant next = SyncPace.next(
                head,
                failures,
                new SyncPace.Life(
                        course.lastLaunchAt(),
                        course.startsAt(),
                        course.endsAt(),
                        () -> coursesInUse.isInUse(course.tenant(), course.id())),
                failures == 0 ? SyncPace.rested(floor, Duration.between(began, now)) : floor,
                retryAfter,
                now);
        return failures > 0 ? now.plus(Pauses.spread(Duration.between(now, next))) : next;
    }

    private Predicate<Column> isInput(CourseContext course, GradebookSource source) {
        Set<String> notInputs = lineItems.ofContext(course.tenant(), course.id()).stream()
                .map(LineItemRepository.Row::item)
                .filter(item -> item.source().equals(source.name()) && (item.output() || !item.readable()))
                .map(LineItem::externalId)
                .collect(Collectors.toSet());
        return column -> !LineItemRepository.isOutput(column) && !notInputs.contains(column.externalId());
    }
}
