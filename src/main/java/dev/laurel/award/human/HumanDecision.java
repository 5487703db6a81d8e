package dev.laurel.award.human;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is to have a badge, or not to have it, whatever the rule says. Holds until a person ends it.
 *
 * @param reason in words that the student may read
 * @param evidenceUrl http or https
 */
public record HumanDecision(
        long id,
        long ruleSetId,
        long personId,
        Kind kind,
        String reason,
        @Nullable String evidenceText,
        @Nullable String evidenceUrl,
        long byPerson,
        Instant decidedAt) {

    public enum Kind {
        /** A make-up, an accommodation, work that no column shows. */
        GRANTED,
        /** Taken back, declined in review, or undone with a whole pass. */
        WITHHELD,
        /** Met the rule before the badge was activated for what comes from then on. */
        EARLIER
    }
}
