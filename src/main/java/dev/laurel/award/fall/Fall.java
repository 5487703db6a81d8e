package dev.laurel.award.fall;

import dev.laurel.award.policy.AwardPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * A result fell below the rule after its award was told, or somebody had vouched for it. It is none once the award is over.
 *
 * @param follows as the badge's policy said when it fell
 * @param grace the time between telling the student and anything that follows, as the policy said then
 * @param toldAt when she was shown it, or had it mailed; {@code null}: not yet
 * @param actAt nothing follows before, so that the student can object; while she is not told, that is by when it follows
 *     though she never comes
 * @param suspended the award is suspended already
 * @param asks a question of the student about the badge waits for an answer; the machine does nothing before
 * @param spoke the student said since it fell that this is wrong, whether she was answered or not
 * @param released the student has the badge
 */
@NamedInterface("fall")
public record Fall(
        long id,
        long awardId,
        long ruleSetId,
        long personId,
        Instant fellAt,
        AwardPolicy.OnFall follows,
        Duration grace,
        @Nullable Instant toldAt,
        Instant actAt,
        boolean suspended,
        boolean asks,
        boolean spoke,
        boolean released) {

    /** Of whoever cannot be told, who neither comes nor has mail: from the fall on, unless the grace is longer. */
    public static final Duration UNTOLD = Duration.ofDays(30);

    /** How long after it fell, or was released, something follows where the student was never told. */
    static Duration untold(Duration grace) {
        return grace.compareTo(UNTOLD) > 0 ? grace : UNTOLD;
    }

    /** Whether something still follows from it, by itself or where a person says so. */
    public boolean threatens() {
        return follows != AwardPolicy.OnFall.KEEP && !suspended;
    }

    /** Before when nothing follows, where she is told at this moment. */
    public Instant actAtOnceTold(Instant now) {
        return toldAt == null ? now.plus(grace) : actAt;
    }

    /**
     * Whether a person may take the award back by now: where the student was promised no time in which nothing happens, had
     * that time, or used it to object, whom this answers.
     */
    public boolean mayBeTakenBack(Instant now) {
        return !released || follows == AwardPolicy.OnFall.KEEP || spoke || !actAt.isAfter(now);
    }
}
