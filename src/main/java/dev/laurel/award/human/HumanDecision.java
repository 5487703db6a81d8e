package dev.laurel.award.human;

import dev.laurel.award.Award;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is to have a badge, or not to have it, whatever the rule says. Holds until a person ends it.
 *
 * @param reason in words that the student may read
 * @param evidenceUrl http or https
 * @param level 1 is the lowest: of a badge that has any, the one that somebody is to have, or the one that she had reached
 *     earlier; {@code null} there: whatever she reaches
 * @param tiers of the badge as they were then, the lowest first; empty where it had none
 * @param needsSecond it counts only once somebody else has confirmed it
 * @param noMore of what is granted: no check gives her more, because one did and that was undone
 * @param noMoreBy who undid it; {@code null} also where it was before that was noted
 * @param passId undone as a whole, and this with it; {@code null}: decided about her alone
 */
public record HumanDecision(
        long id,
        long ruleSetId,
        long personId,
        Kind kind,
        String reason,
        @Nullable String evidenceText,
        @Nullable String evidenceUrl,
        @Nullable Integer level,
        List<String> tiers,
        long byPerson,
        Instant decidedAt,
        boolean needsSecond,
        @Nullable Long secondBy,
        boolean noMore,
        @Nullable Long noMoreBy,
        @Nullable Long passId) {

    /** Whether it counts, or still waits for a second person. */
    public boolean counts() {
        return !needsSecond || secondBy != null;
    }

    /** The name of its level; {@code null} where the badge had none. */
    public @Nullable String levelName() {
        return level == null || tiers.isEmpty() ? null : tiers.get(level - 1);
    }

    /**
     * Its level among those that the badge has by now.
     *
     * @return 1 is the lowest, and that of a badge without any; 0: below all of them
     */
    public int rankAmong(List<String> now) {
        if (level == null || tiers.isEmpty()) {
            return level == null ? 1 : level;
        }
        return new Award.Level(level, tiers).among(now);
    }

    public enum Kind {
        /** A make-up, an accommodation, work that no column shows. */
        GRANTED,
        /** Taken back, declined in review, or undone with a whole pass. */
        WITHHELD,
        /** Met the rule, at its {@code level}, before the badge was activated for what comes from then on. */
        EARLIER
    }
}
