package dev.laurel.award;

import dev.laurel.award.policy.AwardPolicy;
import java.time.Instant;

/**
 * A result fell below the rule after its award was told.
 *
 * @param follows as the badge's policy said when it fell
 * @param actAt nothing follows before, so that the student can object
 * @param suspended the award is suspended already
 * @param objected the student says that this is wrong, and nobody has answered yet
 */
public record Fall(
        long id,
        long awardId,
        long ruleSetId,
        long personId,
        Instant fellAt,
        AwardPolicy.OnFall follows,
        Instant actAt,
        boolean suspended,
        boolean objected) {}
