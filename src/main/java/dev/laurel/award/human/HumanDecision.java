package dev.laurel.award.human;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is to have a badge, or not to have it, whatever the rule says. Holds until a person ends it.
 *
 * @param reason in words that the student may read
 * @param evidenceUrl http or https
 * @param level 1 is the lowest: of a badge that has any, the one that somebody is to have, or the one that she had reached
 *     earlier; {@code null} there: whatever she reaches
 * @param needsSecond it counts only once somebody else has confirmed it
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
        long byPerson,
        Instant decidedAt,
        boolean needsSecond,
        @Nullable Long secondBy) {

    /** Whether it counts, or still waits for a second person. */
    public boolean counts() {
        return !needsSecond || secondBy != null;
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
