package dev.laurel.credential.brought;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A badge of another organisation that somebody brought.
 *
 * @param contextId the course in which she brought it
 * @param achievement {@code null} where nobody vouches for it
 * @param vouchedBy the host that stands behind its issuer
 * @param proof how it is known to be hers; {@code null}: it is not
 */
public record Brought(
        long id,
        long personId,
        long contextId,
        String name,
        @Nullable String achievement,
        String issuer,
        String issuerName,
        @Nullable String vouchedBy,
        List<String> alignments,
        Instant since,
        @Nullable Instant until,
        State state,
        @Nullable Proof proof,
        Instant broughtAt) {

    /** Who said when that a badge is not hers. */
    public record Refusal(long byPerson, Instant at) {}

    public Brought {
        alignments = List.copyOf(alignments);
    }

    /** Whether staff of the course may say that it is not hers: of what its own words prove it may not. */
    public boolean isRefusable() {
        return state == State.WAITING || proof == Proof.STAFF || (state == State.COUNTS && proof == null);
    }

    /** What became of it. */
    public enum State {
        /** Nobody can tell yet whether it is hers. */
        WAITING,
        COUNTS,
        REFUSED,
        /** Somebody else brought it, whom it names. */
        ANOTHERS,
        /** Its issuer suspended it, which ends again. */
        SUSPENDED,
        /** It is not valid any more. */
        ENDED
    }

    /** How it is known to be hers. */
    public enum Proof {
        /** It names an e-mail address that the platform told of her. */
        EMAIL,
        /** Staff of the course said so. */
        STAFF
    }
}
