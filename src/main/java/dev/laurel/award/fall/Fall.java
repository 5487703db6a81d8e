package dev.laurel.award.fall;

import dev.laurel.award.policy.AwardPolicy;
import java.time.Instant;
import org.springframework.modulith.NamedInterface;

/**
 * A result fell below the rule after its award was told.
 *
 * @param follows as the badge's policy said when it fell
 * @param actAt nothing follows before, so that the student can object
 * @param suspended the award is suspended already
 * @param objected the student says that this is wrong, and nobody has answered yet
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
        boolean objected) {}
