package dev.laurel.publication;

import java.time.Instant;

/** Something that the holder of an award is told. Nobody is ever told that a badge was not earned. */
public record AwardMessage(long awardId, Kind kind, Instant createdAt) {

    public enum Kind {
        RELEASED,
        FELL,
        SUSPENDED,
        REINSTATED,
        REVOKED,
        /** A newer award of the badge took its place. */
        SUPERSEDED,
        /** Its time runs out soon. */
        ENDS
    }
}
