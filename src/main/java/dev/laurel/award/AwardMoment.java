package dev.laurel.award;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an award after it was decided.
 *
 * @param byPerson {@code null}: Laurel itself
 * @param reason in words that the student may read; may be empty
 */
public record AwardMoment(
        long awardId, What what, Instant at, @Nullable Long byPerson, String reason) {

    public enum What {
        ACCEPTED,
        CLAIMED,
        DECLINED,
        NAME_SHOWN,
        NAME_HIDDEN,
        FELL,
        RECOVERED,
        KEPT,
        SUSPENDED,
        REINSTATED,
        REVOKED,
        /** Another award of the badge took its place: a higher tier, or a renewal. */
        SUPERSEDED,
        /** Its holder had everything about herself deleted. */
        ERASED
    }
}
