package dev.laurel.credential.endorsement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation says of a badge or an issuer of ours.
 *
 * @param subject the id of what it endorses
 * @param endorser what it calls itself
 * @param vouchedBy the host that stands behind it; {@code null}: nobody does
 * @param embeddable whether it can stand inside badges; others are shown on pages only
 * @param decidedAt when the institution's administrator made of it what it is now; {@code null}: nobody did yet
 */
public record Endorsement(
        long id,
        String subject,
        String endorserId,
        String endorser,
        @Nullable String vouchedBy,
        @Nullable String remark,
        @Nullable Instant validUntil,
        boolean embeddable,
        State state,
        Instant broughtAt,
        @Nullable Instant decidedAt) {

    /** Whether it was approved after this moment, and so did not stand when a badge was signed then. */
    public boolean isLaterThan(Instant signed) {
        return decidedAt != null && decidedAt.isAfter(signed);
    }

    /** What the institution's administrator made of it. */
    public enum State {
        PENDING,
        APPROVED,
        REFUSED,
        /** It was approved, and is not valid any more. */
        ENDED
    }
}
