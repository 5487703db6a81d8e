package dev.laurel.publication.wallet;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That one wallet may take a badge.
 *
 * @param issuer the public id of the badge's issuer
 * @param asksCode whether the wallet has to know a second code, which stands beside the first one
 * @param endsAt no wallet can begin from this moment on
 * @param usedAt when a wallet came with it, or its holder took it away
 * @param tokenEndsAt until when the wallet that came can go on
 * @param takenAt when a wallet had the badge
 */
record WalletOffer(
        TenantId tenant,
        long id,
        long awardId,
        long personId,
        UUID issuer,
        byte[] sealedSecret,
        boolean asksCode,
        Instant endsAt,
        @Nullable Instant usedAt,
        @Nullable Instant tokenEndsAt,
        @Nullable Instant takenAt) {

    boolean isOpen(Instant now) {
        return usedAt == null && endsAt.isAfter(now);
    }
}
