package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Pauses;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks through the sources of a course, each at its own pace: what changed since its last look, and once a day at
 * everything, so that nothing that a source forgot to mention is missed for longer.
 */
@Component
class SourceLooks {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLooks.class);

    /** However many events come, the platform is not asked more often even for a few people. */
    private static final Duration FEW_AFTER = Duration.ofSeconds(2);

    /** A look that is due this soon is taken along. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Courses are read whole at different hours of the day. */
    private static final Duration WHOLE_AFTER = Duration.ofHours(20);

    private static final int HOURS_APART = 4;

    private final Platforms platforms;

    private final LineItemRepository lineItems;

    private final SyncRepository syncs;

    private final SourceLookRepository looks;

    private final ReadingHints hints;

    private final Recorder recorder;

    private final StepMetrics metrics;

    private final Clock clock;

    SourceLooks(
            Platforms platforms,
            LineItemRepository lineItems,
            SyncRepository syncs,
            SourceLookRepository looks,
            ReadingHints hints,
            Recorder recorder,
            StepMetrics metrics,
            Clock clock) {
        this.platforms = platforms;
        this.lineItems = lineItems;
        this.syncs = syncs;
        this.looks = looks;
        this.hints = hints;
        this.recorder = recorder;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * How the sources of a course stand after those that were due have been looked through.
     *
     * @param seen whether a look worked, at least for a part
     * @param failed whether any source does not work, also one that was not tried now
     * @param problems of all sources, in plain words
     * @param next when the first of them is due again
     * @param fault something went wrong that is no fault of a platform
     */
    record Standing(
            boolean seen,
            boolean failed,
            int unmatched,
            List<String> problems,
            Instant next,
            @Nullable RuntimeException fault) {}

    /** Looks through those of these sources that are due. Whatever happens to one, the others are looked through too. */
    Standing look(CourseContext course, List<GradebookSource> sources) {
        Instant askedAt = askedAt(course);
        Map<String, SourceLookRepository.Row> known = looks.ofCourse(course.tenant(), course.id());
        ReadingHints.Waiting hinted = hints.of(course.tenant(), course.id());
        List<SourceLookRepository.Row> rows = new ArrayList<>();
        boolean seen = false;
        RuntimeException fault = null;
        for (GradebookSource source : sources) {
            SourceLookRepository.Row before = known.get(source.name());
            Set<Long> people = Set.of();
            if (before != null && !isDue(before, askedAt)) {
                if (!isHinted(before, hinted) || isHeldOff(before)) {
                    rows.add(before);
                    continue;
                }
                boolean few = source.readsPeople() && !hinted.people().isEmpty() && before.failures() == 0;
                // What costs more than a few people is looked at no more often than ever.
                Instant earliest = before.triedAt().plus(few ? FEW_AFTER : floor(course, source));
                if (clock.instant().isBefore(earliest)) {
                    rows.add(before.dueAt(earliest));
                    continue;
                }
                people = few ? hinted.people() : people;
            }
            try {
                SourceLookRepository.Row after = look(course, source, before, hinted, people);
                seen |= after.triedAt().equals(after.lookedAt());
                rows.add(after);
            } catch (RuntimeException e) {
                if (fault == null) {
                    fault = e;
                } else {
                    fault.addSuppressed(e);
                }
            }
        }
        answered(course, rows, hinted, fault);
        boolean again = isAskedAgain(course, rows, hinted);
        return standing(rows, seen, again, fault);
    }

    private @Nullable Instant askedAt(CourseContext course) {
        return syncs.find(course.tenant(), course.id())
                .map(SyncRepository.Row::askedAt)
                .orElse(null);
    }

    /** While one looks, somebody may ask, or an event come, for what was read already. */
    private boolean isAskedAgain(
            CourseContext course, List<SourceLookRepository.Row> rows, ReadingHints.Waiting hinted) {
        Instant askedAt = askedAt(course);
        ReadingHints.Waiting now = hints.of(course.tenant(), course.id());
        boolean isNew =
                now.latest() != null && (hinted.latest() == null || now.latest().isAfter(hinted.latest()));
        return rows.stream()
                .anyMatch(row -> !isHeldOff(row) && isAskedFor(row, askedAt) || (isNew && isHinted(row, now)));
    }

    private boolean isDue(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return !isHeldOff(row) && (row.nextLookAt().isBefore(clock.instant().plus(SOON)) || isAskedFor(row, askedAt));
    }

    private static boolean isAskedFor(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return askedAt != null && !askedAt.isBefore(row.triedAt());
    }

    /** The platform asked to wait. */
    private boolean isHeldOff(SourceLookRepository.Row row) {
        return row.notBefore() != null && row.notBefore().isAfter(clock.instant());
    }

    private static boolean isHinted(SourceLookRepository.Row row, ReadingHints.Waiting hinted) {
        return hinted.latest() != null && hinted.latest().isAfter(row.triedAt());
    }

    private void answered(
            CourseContext course,
            List<SourceLookRepository.Row> rows,
            ReadingHints.Waiting hinted,
            @Nullable RuntimeException fault) {
        if (hinted.latest() != null && fault == null && rows.stream().noneMatch(row -> isHinted(row, hinted))) {
            hints.done(course.tenant(), course.id(), hinted.latest());
        }
    }

    private Standing standing(
            List<SourceLookRepository.Row> rows, boolean seen, boolean again, @Nullable RuntimeException fault) {
        return new Standing(
                seen,
                rows.stream().anyMatch(row -> row.failures() > 0),
                rows.stream().mapToInt(SourceLookRepository.Row::unmatched).sum(),
                rows.stream()
                        .map(SourceLookRepository.Row::problem)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                again
                        ? clock.instant()
                        : rows.stream()
                                .map(SourceLookRepository.Row::nextLookAt)
                                .min(Instant::compareTo)
                                .orElse(clock.instant()),
                fault);
    }

    /** @param people those alone; empty: everybody */
    private SourceLookRepository.Row look(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            ReadingHints.Waiting hinted,
            Set<Long> people) {
        Instant began = clock.instant();
        String bookmark =
                before == null || (people.isEmpty() && isWholeDue(course, before, began)) ? null : before.bookmark();
        ReadingProgress progress = new ReadingProgress(syncs, course, clock);
        SourceLookRepository.Row after;
        try {
            Reading reading = source.read(course, new Look(isInput(course, source), bookmark, people), progress);
            Recorder.Recorded recorded =
                    recorder.record(course, source.name(), reading, people.isEmpty() ? "poll" : "event", began);
            Duration took = Duration.between(began, clock.instant());
            recorded.observations().forEach(observation -> metrics.passed(Step.GRADEBOOK, took));
            after = after(course, source, before, began, bookmark, reading, recorded);
            Instant saidUpTo = hinted.latest();
            if (before != null && saidUpTo != null && !people.isEmpty() && reading.problem() == null) {
                after = before.lookedAtSome(saidUpTo, after);
            }
        } catch (ServiceProblem problem) {
            after = failed(course, source, before, began, problem);
        } finally {
            progress.end();
        }
        looks.save(course.tenant(), course.id(), source.name(), after, before == null ? null : before.bookmark());
        return after;
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
            @Nullable String bookmark,
            Reading reading,
            Recorder.Recorded recorded) {
        ServiceProblem problem = reading.problem();
        boolean whole = bookmark == null && problem == null;
        List<String> words = new ArrayList<>(reading.warnings());
        if (problem != null) {
            words.add(0, words(course, problem));
        }
        int failures = problem == null ? 0 : failures(before) + 1;
        return new SourceLookRepository.Row(
                problem == null ? reading.bookmark() : bookmark,
                whole ? began : before == null ? null : before.wholeAt(),
                began,
                began,
                problem == null && source.isBehind(reading.bookmark())
                        ? clock.instant().plus(floor(course, source))
                        : next(course, source, failures, problem),
                notBefore(problem),
                failures,
                // A look at what changed does not speak of those again whom nobody knew.
                whole || before == null
                        ? recorded.unmatched().size()
                        : Math.max(before.unmatched(), recorded.unmatched().size()),
                words.isEmpty() ? null : String.join(" ", words),
                reading.requests(),
                reading.results().stream()
                        .mapToInt(column -> column.results().size())
                        .sum(),
                recorded.observations().size());
    }

    private SourceLookRepository.Row failed(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.@Nullable Row before,
            Instant began,
            ServiceProblem problem) {
        int failures = failures(before) + 1;
        return new SourceLookRepository.Row(
                before == null ? null : before.bookmark(),
                before == null ? null : before.wholeAt(),
                began,
                before == null ? null : before.lookedAt(),
                next(course, source, failures, problem),
                notBefore(problem),
                failures,
                before == null ? 0 : before.unmatched(),
                words(course, problem),
                0,
                0,
                0);
    }

    private static int failures(SourceLookRepository.@Nullable Row before) {
        return before == null ? 0 : before.failures();
    }

    private @Nullable Instant notBefore(@Nullable ServiceProblem problem) {
        Duration pause = problem == null ? null : problem.retryAfter();
        return pause == null ? null : clock.instant().plus(pause);
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

    private Instant next(CourseContext course, GradebookSource source, int failures, @Nullable ServiceProblem problem) {
        Instant now = clock.instant();
        // Read anew: somebody may have launched while we looked.
        SyncRepository.Row head = syncs.find(course.tenant(), course.id()).orElse(SyncRepository.Row.NONE);
        Duration floor = floor(course, source);
        Duration retryAfter = problem == null ? null : problem.retryAfter();
        Instant next = SyncPace.next(head, failures, course.lastLaunchAt(), floor, retryAfter, now);
        return failures > 0 ? now.plus(Pauses.spread(Duration.between(now, next))) : next;
    }

    private Duration floor(CourseContext course, GradebookSource source) {
        return platforms
                .registration(course.registrationId())
                .map(Registration::pollSeconds)
                .map(seconds -> Duration.ofSeconds(Math.max(1, seconds)))
                .orElse(source.pace());
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
