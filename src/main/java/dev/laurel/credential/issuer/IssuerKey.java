package dev.laurel.credential.issuer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of an issuer.
 *
 * @param publicKey {@code publicKeyMultibase} of Ed25519, a JWK of the others
 * @param privateSealed under the master key; nothing where it lies elsewhere
 * @param retiredAt from then on it signs nothing, but what it signed before stays valid
 * @param source where its private part lies, see {@link GivenKeys}; empty: sealed in the database
 * @param retiredBy who had it replaced
 * @param stolenAt since when nothing that it signed is believed, whatever its date; {@code null}: nobody else has it
 */
public record IssuerKey(
        long issuerId,
        KeyAlgorithm algorithm,
        String fragment,
        String publicKey,
        byte[] privateSealed,
        Instant createdAt,
        @Nullable Instant retiredAt,
        String source,
        @Nullable Long retiredBy,
        @Nullable Instant stolenAt) {

    /** The same key, whose private part lies there now. */
    IssuerKey at(String otherSource) {
        return new IssuerKey(
                issuerId,
                algorithm,
                fragment,
                publicKey,
                privateSealed,
                createdAt,
                retiredAt,
                otherSource,
                retiredBy,
                stolenAt);
    }

    public boolean isActive() {
        return retiredAt == null;
    }

    /** Whether a proof of this time can be the key's. */
    public boolean wasActiveAt(Instant time) {
        return stolenAt == null && (retiredAt == null || time.isBefore(retiredAt));
    }
}
