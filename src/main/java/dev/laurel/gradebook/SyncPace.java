package dev.laurel.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to look again: every few seconds while staff is there or grades are changing, then each minute, then less and
 * less; rarely before the course begins and after it has ended, but once a day where badges are given; after trouble with
 * growing pauses, and never before a platform says so.
 */
final class SyncPace {

    /** How long after a launch of staff, or after a changed grade, the next one is likely. */
    static final Duration WATCH = Duration.ofMinutes(30);

    private static final Duration CHANGING = Duration.ofMinutes(10);

    /** Nobody came and nothing changed for half a year, and nothing is to be earned; the next launch wakes it. */
    static final Duration ASLEEP = Duration.ofDays(30);

    /** However quiet it is, where badges are given. */
    private static final Duration DAILY = Duration.ofDays(1);

    /** Teachers try things out, and are watched then. */
    private static final Duration BEFORE_IT_BEGINS = Duration.ofHours(6);

    /** Work is still graded after the end of a course. */
    private static final Duration STILL_GRADED = Duration.ofDays(30);

    private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(30);

    /** So many times as long as a look took, until the next: where platform or node have much to do, they get less of it. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private SyncPace() {}

    /**
     * The shortest pause after a look that worked.
     *
     * @param floor the shortest pause there may be
     * @param took how long the look took, waiting included
     */
    static Duration rested(Duration floor, Duration took) {
        return longer(floor, shorter(LONGEST_REST, took.multipliedBy(REST)));
    }

    /**
     * What is known of the life of a course.
     *
     * @param startsAt when it begins or began; {@code null}: nobody says
     * @param endsAt when it ends or ended; {@code null}: nobody says
     * @param inUse whether badges are given in it; asked only where it is long quiet
     */
    record Life(
            Instant lastLaunchAt,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            BooleanSupplier inUse) {

        private Duration asleep() {
            return SyncPace.asleep(inUse.getAsBoolean());
        }
    }

    /** @param inUse whether badges are given in the course */
    static Duration asleep(boolean inUse) {
        return inUse ? DAILY : ASLEEP;
    }

    /** @param floor the shortest pause there may be */
    static Instant next(
            SyncRepository.Row row,
            int failures,
            Life course,
            Duration floor,
            @Nullable Duration retryAfter,
            Instant now) {
        Duration pause = longer(floor, usual(row, course, now, floor));
        if (failures > 0) {
            Duration again = floor.multipliedBy(1L << Math.min(failures - 1, 12));
            pause = longer(pause, again.compareTo(LONGEST_AFTER_FAILURE) > 0 ? LONGEST_AFTER_FAILURE : again);
        }
        if (retryAfter != null) {
            pause = longer(pause, retryAfter);
        }
        return now.plus(pause);
    }

    private static Duration usual(SyncRepository.Row row, Life course, Instant now, Duration floor) {
        Instant changed = row.lastChangedAt();
        Instant watched = row.watchedUntil();
        if ((watched != null && watched.isAfter(now)) || (changed != null && changed.isAfter(now.minus(CHANGING)))) {
            return floor;
        }
        Instant launched = course.lastLaunchAt();
        Instant lastSign = changed != null && changed.isAfter(launched) ? changed : launched;
        Duration quiet = Duration.between(lastSign, now);
        Instant startsAt = course.startsAt();
        if (startsAt != null && startsAt.isAfter(now)) {
            return shorter(BEFORE_IT_BEGINS, Duration.between(now, startsAt));
        }
        Instant endsAt = course.endsAt();
        if (endsAt != null && endsAt.isBefore(now)) {
            boolean graded = endsAt.isBefore(now.minus(STILL_GRADED)) && quiet.compareTo(STILL_GRADED) > 0;
            return graded ? course.asleep() : Duration.ofHours(1);
        }
        if (quiet.compareTo(Duration.ofHours(2)) < 0) {
            return Duration.ofMinutes(1);
        }
        if (quiet.compareTo(Duration.ofDays(1)) < 0) {
            return Duration.ofMinutes(5);
        }
        if (quiet.compareTo(Duration.ofDays(14)) < 0) {
            return Duration.ofMinutes(20);
        }
        return quiet.compareTo(Duration.ofDays(180)) < 0 ? Duration.ofHours(1) : course.asleep();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
