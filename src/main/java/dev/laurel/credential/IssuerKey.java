package dev.laurel.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of an issuer.
 *
 * @param publicKey {@code publicKeyMultibase} of Ed25519, a JWK of the others
 * @param privateSealed under the master key
 * @param retiredAt from then on it signs nothing, but what it signed before stays valid
 */
record IssuerKey(
        long issuerId,
        KeyAlgorithm algorithm,
        String fragment,
        String publicKey,
        byte[] privateSealed,
        Instant createdAt,
        @Nullable Instant retiredAt) {

    boolean isActive() {
        return retiredAt == null;
    }

    /** Whether a proof of this time can be the key's. */
    boolean wasActiveAt(Instant time) {
        return retiredAt == null || time.isBefore(retiredAt);
    }
}
