package dev.laurel.criteria;

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
        @Nullable Instant activatedAt) {

    public enum Status {
        DRAFT,
        ACTIVE,
        PAUSED
    }
}
