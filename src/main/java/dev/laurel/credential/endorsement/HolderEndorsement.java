package dev.laurel.credential.endorsement;

import java.time.Instant;

/**
 * What a holder says of a badge that she has.
 *
 * @param named whether she agreed to her name beside it
 */
public record HolderEndorsement(
        long awardId, long personId, String subject, String remark, boolean named, State state, Instant writtenAt) {

    /** Characters of what one holder can say. */
    public static final int LONGEST = 600;

    /** What the institution's administrator made of it. */
    public enum State {
        PENDING,
        APPROVED,
        REFUSED
    }
}
