package dev.laurel.award.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for a badge whose staff chose nothing else.
 *
 * @param settling how long a result stands before its award is released, where the source cannot say whether it is posted
 * @param grace between telling a student that her result fell and what follows from it
 * @param brakeShare percent of the roster, see {@link AwardPolicy}
 * @param brakeFrom in a smaller roster the brake never holds anything
 */
@ConfigurationProperties("laurel.award")
public record AwardSettings(
        @DefaultValue("10m") Duration settling,
        @DefaultValue("7d") Duration grace,
        @DefaultValue("60") int brakeShare,
        @DefaultValue("20") int brakeFrom) {

    public AwardSettings {
        if (brakeFrom < 1) {
            throw new IllegalArgumentException("laurel.award.brake-from must be at least 1");
        }
        standard(settling, grace, brakeShare);
    }

    AwardPolicy standard() {
        return standard(settling, grace, brakeShare);
    }

    private static AwardPolicy standard(Duration settling, Duration grace, int brakeShare) {
        return new AwardPolicy(
                false, AwardPolicy.Releases.POSTED, settling, null, AwardPolicy.OnFall.KEEP, grace, brakeShare);
    }
}
