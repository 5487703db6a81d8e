package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.criteria.rule.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The binding of an achievement to a course: the executable criteria, in the version in force. */
public record RuleSet(
        long id,
        long contextId,
        long achievementId,
        int achievementVersion,
        Status status,
        int version,
        Rule rule,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt) {

    /** Whether it was never activated, so that nobody but its makers knows of it. */
    public boolean isNew() {
        return status == Status.DRAFT && activatedAt == null;
    }

    /** Whether the badge is no longer given: it is paused, and neither shown to those who do not have it nor copied. */
    public boolean isRetired() {
        return retiredAt != null;
    }

    /** The version of the badge that is awarded here. */
    public AchievementVersion.Key badge() {
        return new AchievementVersion.Key(achievementId, achievementVersion);
    }

    /** The same with another rule, to look at. */
    public RuleSet trying(Rule other) {
        return new RuleSet(
                id, contextId, achievementId, achievementVersion, status, version, other, activatedAt, retiredAt);
    }

    public enum Status {
        DRAFT,
        ACTIVE,
        PAUSED
    }
}
