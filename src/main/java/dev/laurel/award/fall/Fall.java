package dev.laurel.award.fall;

import dev.laurel.award.policy.AwardPolicy;
import java.time.Instant;
import org.springframework.modulith.NamedInterface;

/**
 * A result fell below the rule after its award was told, or somebody had vouched for it. It is none once the award is over.
 *
 * @param follows as the badge's policy said when it fell
 * @param actAt nothing follows before, so that the student can object
 * @param suspended the award is suspended already
 * @param asks a question of the student about the badge waits for an answer; nothing follows before
 * @param heard the student said since it fell that this is wrong, and was answered
 * @param told the student has the badge, and was told; otherwise it is not released yet
 */
@NamedInterface("fall")
public record Fall(
        long id,
        long awardId,
        long ruleSetId,
        long personId,
        Instant fellAt,
        AwardPolicy.OnFall follows,
        Instant actAt,
        boolean suspended,
        boolean asks,
        boolean heard,
        boolean told) {

    /** Whether something still follows from it, by itself or where a person says so. */
    public boolean threatens() {
        return follows != AwardPolicy.OnFall.KEEP && !suspended;
    }

    /** Whether a person may take the award back by now: at any time where the student was promised none in which nothing happens. */
    public boolean mayBeTakenBack(Instant now) {
        return !asks && (follows == AwardPolicy.OnFall.KEEP || heard || !actAt.isAfter(now));
    }
}
