package dev.laurel.credential.leaving;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A badge that was brought here.
 *
 * @param badge what it is called
 * @param listId its status list; {@code null}: it has none, so that verifiers cannot be told of anything
 * @param withdrawnBy who took it back here
 */
public record ArrivedCredential(
        UUID id,
        long issuerId,
        String badge,
        Instant validFrom,
        @Nullable UUID listId,
        @Nullable Integer place,
        @Nullable Instant notInForceSince,
        @Nullable Long withdrawnBy) {

    ArrivedCredential notInForce(@Nullable Instant since) {
        return new ArrivedCredential(id, issuerId, badge, validFrom, listId, place, since, withdrawnBy);
    }
}
