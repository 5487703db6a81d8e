package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A badge that somebody holds, as an input of rules. {@code award} writes it.
 *
 * @param credits that were earned with it; {@code null}: as many as the version is worth
 * @param until UTC; {@code null}: for ever
 */
public record HeldAchievement(
        long personId,
        long achievementId,
        int achievementVersion,
        @Nullable BigDecimal credits,
        Instant since,
        @Nullable Instant until,
        Standing standing) {

    AchievementVersion.Key badge() {
        return new AchievementVersion.Key(achievementId, achievementVersion);
    }

    HeldAchievement worth(@Nullable BigDecimal earned) {
        return new HeldAchievement(personId, achievementId, achievementVersion, earned, since, until, standing);
    }

    public enum Standing {
        HELD,
        SUSPENDED,
        REVOKED
    }
}
