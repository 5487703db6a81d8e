package dev.laurel.award.policy;

import dev.laurel.criteria.rule.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one badge is awarded.
 *
 * @param review a person accepts each case before anything else happens
 * @param settling of {@link Releases#POSTED}: how long a result must stand where its source cannot say whether it is posted
 * @param releaseOn of {@link Releases#DATE}, UTC
 * @param grace between telling the student that her result fell and anything that follows from it
 * @param brakeShare percent of the roster; a pass that awards to more, beyond what was confirmed, waits. 100 lets all pass
 */
public record AwardPolicy(
        boolean review,
        Releases releases,
        Duration settling,
        @Nullable Instant releaseOn,
        OnFall onFall,
        Duration grace,
        int brakeShare) {

    public static final Duration LONGEST = Duration.ofDays(365);

    /** When the student may know. */
    public enum Releases {
        /** At once where the result is known to be posted, else when it has settled. */
        POSTED,
        DATE,
        INSTRUCTOR
    }

    /** What follows where a released award's result falls below the rule. */
    public enum OnFall {
        /** The award stays; staff sees a flag. */
        KEEP,
        /** Suspended after the grace, until the result is back or a person decides. */
        SUSPEND,
        /** Taken back after the grace, where a person approves. */
        REVOKE
    }

    /** @throws IllegalArgumentException where a part is out of bounds, or the date of {@link Releases#DATE} is missing */
    public AwardPolicy {
        require(!settling.isNegative() && settling.compareTo(LONGEST) <= 0, "settling");
        require(!grace.isNegative() && grace.compareTo(LONGEST) <= 0, "grace");
        require(brakeShare >= 1 && brakeShare <= 100, "brakeShare");
        require(releases != Releases.DATE || releaseOn != null, "releaseOn");
    }

    /** When an award may be released that nothing else holds back; {@code settled} is when its results have stood long enough. */
    public Instant releaseAt(Instant now, Instant settled) {
        Instant at = switch (releases) {
            case POSTED -> settled;
            case DATE -> releaseOn == null || settled.isAfter(releaseOn) ? settled : releaseOn;
            case INSTRUCTOR -> now;
        };
        return at.isAfter(now) ? at : now;
    }

    /**
     * When the results that this evaluation looked at have stood long enough, where nobody can say whether they are posted;
     * empty where they need not.
     */
    public Optional<Instant> settled(Evaluation evaluation) {
        return settling.isZero()
                ? Optional.empty()
                : evaluation.lastOfUnknownVisibility().map(seen -> seen.plus(settling));
    }

    /** The same for another course: a date that was of another term says nothing there, so the instructor releases. */
    public AwardPolicy inAnotherCourse(Instant now) {
        return isOver(releases, releaseOn, now) ? releasedByInstructor() : this;
    }

    /** Whether this names a date that is over. */
    public static boolean isOver(Releases releases, @Nullable Instant releaseOn, Instant now) {
        return releases == Releases.DATE && releaseOn != null && releaseOn.isBefore(now);
    }

    public AwardPolicy withReview(boolean on) {
        return new AwardPolicy(on, releases, settling, releaseOn, onFall, grace, brakeShare);
    }

    public AwardPolicy settlingFor(Duration time) {
        return new AwardPolicy(review, Releases.POSTED, time, null, onFall, grace, brakeShare);
    }

    public AwardPolicy releasedOn(Instant date) {
        return new AwardPolicy(review, Releases.DATE, settling, date, onFall, grace, brakeShare);
    }

    public AwardPolicy releasedByInstructor() {
        return new AwardPolicy(review, Releases.INSTRUCTOR, settling, null, onFall, grace, brakeShare);
    }

    public AwardPolicy onFall(OnFall what, Duration after) {
        return new AwardPolicy(review, releases, settling, releaseOn, what, after, brakeShare);
    }

    public AwardPolicy withBrakeShare(int percent) {
        return new AwardPolicy(review, releases, settling, releaseOn, onFall, grace, percent);
    }

    private static void require(boolean condition, String part) {
        if (!condition) {
            throw new IllegalArgumentException(part + " is out of bounds");
        }
    }
}
