package dev.laurel.criteria;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A badge that somebody holds, as an input of rules. {@code award} writes it. */
public record HeldAchievement(
        long personId,
        long achievementId,
        int achievementVersion,
        @Nullable BigDecimal credits,
        Instant since,
        @Nullable Instant until,
        Standing standing) {

    public enum Standing {
        HELD,
        SUSPENDED,
        REVOKED
    }
}
