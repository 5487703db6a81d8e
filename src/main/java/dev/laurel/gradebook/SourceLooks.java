package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.platform.road.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks through the sources of a course, each at its own pace: what changed since its last look, and once a day at
 * everything, so that nothing that a source forgot to mention is missed for longer.
 */
@Component
class SourceLooks {

    /** However many events come, the platform is not asked more often even for a few people. */
    private static final Duration FEW_AFTER = Duration.ofSeconds(2);

    /** A look that is due this soon is taken along. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SyncRepository syncs;

    private final SourceLookRepository looks;

    private final ReadingHints hints;

    private final SourceReader reader;

    private final Clock clock;

    SourceLooks(
            SyncRepository syncs, SourceLookRepository looks, ReadingHints hints, SourceReader reader, Clock clock) {
        this.syncs = syncs;
        this.looks = looks;
        this.hints = hints;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * How the sources of a course stand after those that were due have been looked through.
     *
     * @param seen whether a look worked, at least for a part
     * @param failed whether any source does not work, also one that was not tried now
     * @param problems of all sources, in plain words
     * @param next when the first of them is due again
     */
    record Standing(boolean seen, boolean failed, int unmatched, List<String> problems, Instant next) {}

    /** Looks through those of these sources that are due. Whatever happens to one, the others are looked through too. */
    Standing look(CourseContext course, List<GradebookSource> sources) {
        Instant askedAt = askedAt(course);
        Map<String, SourceLookRepository.Row> known = looks.ofCourse(course.tenant(), course.id());
        ReadingHints.Waiting hinted = hints.of(course.tenant(), course.id());
        List<SourceLookRepository.Row> rows = new ArrayList<>();
        boolean seen = false;
        for (GradebookSource source : sources) {
            SourceLookRepository.Row before = known.get(source.name());
            SourceLookRepository.Row after = before == null
                    ? reader.look(course, source, null, false)
                    : isHeldOff(before) ? before : look(course, source, before, askedAt, hinted);
            seen |= after != before && after.triedAt().equals(after.lookedAt());
            rows.add(after);
        }
        if (hinted.latest() != null && rows.stream().noneMatch(row -> isOwed(row, hinted))) {
            hints.done(course.tenant(), course.id(), hinted.latest());
        }
        return standing(rows, seen, next(course, rows, hinted));
    }

    private SourceLookRepository.Row look(
            CourseContext course,
            GradebookSource source,
            SourceLookRepository.Row before,
            @Nullable Instant askedAt,
            ReadingHints.Waiting hinted) {
        boolean due = isDue(before, askedAt);
        boolean few = source.readsPeople() && !hinted.people().isEmpty() && isOwed(before, hinted);
        if (few && (due ? isTurnOfFew(before, askedAt) : isHinted(before, hinted))) {
            // While it does not work, a few people are no reason to ask more often than ever.
            Instant earliest = before.triedAt().plus(before.failures() == 0 ? FEW_AFTER : reader.floor(course, source));
            return clock.instant().isBefore(earliest)
                    ? before.dueAt(earliest)
                    : reader.look(course, source, before, hinted.people(), Objects.requireNonNull(hinted.latest()));
        }
        boolean owes = few && !isGivenUp(before, hinted);
        if (due) {
            return reader.look(course, source, before, owes);
        }
        if (!isHinted(before, hinted)) {
            return before;
        }
        Instant earliest = before.triedAt().plus(reader.floor(course, source));
        return clock.instant().isBefore(earliest) ? before.dueAt(earliest) : reader.look(course, source, before, owes);
    }

    /** They come first, but only once, and after a failure by turns: or nobody else had their turn where it is always they. */
    private static boolean isTurnOfFew(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return row.failures() % 2 == 0 && !row.triedAt().isAfter(dueSince(row, askedAt));
    }

    /** For long now looks at everybody work, and those at the few who were named do not. */
    private boolean isGivenUp(SourceLookRepository.Row row, ReadingHints.Waiting hinted) {
        return row.failures() == 1
                && hinted.latest() != null
                && hinted.latest().isBefore(clock.instant().minus(ReadingHints.GIVEN_UP));
    }

    private static Instant dueSince(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return askedAt != null && isAskedFor(row, askedAt) && askedAt.isBefore(row.nextLookAt())
                ? askedAt
                : row.nextLookAt();
    }

    private @Nullable Instant askedAt(CourseContext course) {
        return syncs.find(course.tenant(), course.id())
                .map(SyncRepository.Row::askedAt)
                .orElse(null);
    }

    /** While one looks, somebody may ask, or an event come, for what was read already: that is due at once. */
    private Instant next(CourseContext course, List<SourceLookRepository.Row> rows, ReadingHints.Waiting hinted) {
        Instant askedAt = askedAt(course);
        ReadingHints.Waiting now = hints.of(course.tenant(), course.id());
        boolean isNew =
                now.latest() != null && (hinted.latest() == null || now.latest().isAfter(hinted.latest()));
        boolean again = rows.stream()
                .anyMatch(row -> !isHeldOff(row) && isAskedFor(row, askedAt) || (isNew && isHinted(row, now)));
        return again
                ? clock.instant()
                : rows.stream()
                        .map(row -> isHeldOff(row) && (isAskedFor(row, askedAt) || isHinted(row, now))
                                ? onceAllowed(row)
                                : row.nextLookAt())
                        .min(Instant::compareTo)
                        .orElse(clock.instant());
    }

    private boolean isDue(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return !isHeldOff(row) && (row.nextLookAt().isBefore(clock.instant().plus(SOON)) || isAskedFor(row, askedAt));
    }

    private static boolean isAskedFor(SourceLookRepository.Row row, @Nullable Instant askedAt) {
        return askedAt != null && !askedAt.isBefore(heardAt(row));
    }

    /** What came before does not hurry a source that was tried since and did not work: it comes with the next try. */
    private static Instant heardAt(SourceLookRepository.Row row) {
        return row.failures() > 0 ? row.triedAt() : row.answeredAt();
    }

    /** The platform asked to wait. */
    private boolean isHeldOff(SourceLookRepository.Row row) {
        return row.notBefore() != null && row.notBefore().isAfter(clock.instant());
    }

    /**
     * What somebody waits for comes once the platform allows it, not after the pause that grew while it was away. By lot a
     * little later: it may have named the same moment to many courses.
     */
    private static Instant onceAllowed(SourceLookRepository.Row row) {
        Instant allowed = Objects.requireNonNull(row.notBefore());
        Instant soon = row.triedAt().plus(Pauses.spread(Duration.between(row.triedAt(), allowed)));
        return soon.isBefore(row.nextLookAt()) ? soon : row.nextLookAt();
    }

    private static boolean isHinted(SourceLookRepository.Row row, ReadingHints.Waiting hinted) {
        return hinted.latest() != null && hinted.latest().isAfter(heardAt(row));
    }

    /** No look that worked has taken it along. */
    private static boolean isOwed(SourceLookRepository.Row row, ReadingHints.Waiting hinted) {
        return hinted.latest() != null && hinted.latest().isAfter(row.answeredAt());
    }

    private Standing standing(List<SourceLookRepository.Row> rows, boolean seen, Instant next) {
        return new Standing(
                seen,
                rows.stream().anyMatch(row -> row.failures() > 0),
                rows.stream().mapToInt(SourceLookRepository.Row::unmatched).sum(),
                rows.stream()
                        .map(SourceLookRepository.Row::problem)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                next);
    }
}
