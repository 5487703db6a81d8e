package dev.laurel.credential.leaving;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one issuer and has to leave with it.
 *
 * @param named what it is called, today's first; the others are those of before the public address moved, newest first
 * @param logos PNGs of all logos that it had, by what each is called in its address; the oldest first
 * @param keys every key it ever had, oldest first
 */
public record IssuerPapers(UUID publicId, String name, List<Named> named, Map<String, byte[]> logos, List<Key> keys) {

    /** Its DIDs, in the order of {@link #named}. */
    List<String> dids() {
        return named.stream().map(Named::did).toList();
    }

    /**
     * What it is called under one public address, by a DID of its own.
     *
     * @param page the address of its page there
     * @param profile as JSON, as it is published there
     * @param didDocument as it is published there
     */
    public record Named(String did, String page, byte[] profile, byte[] didDocument) {}

    /**
     * One of its keys.
     *
     * @param algorithm {@code Ed25519}, {@code RS256} or {@code ES256}
     * @param publicKey {@code publicKeyMultibase} of Ed25519, a JWK of the others
     * @param privateKey a seed of Ed25519, PKCS #8 of the others; not encrypted. Nothing of one that was stolen, or
     *     that is retired and that an operator kept elsewhere
     * @param retiredAt from then on it signed nothing; {@code null}: it signs
     */
    public record Key(
            String fragment,
            String algorithm,
            String publicKey,
            byte[] privateKey,
            Instant createdAt,
            @Nullable Instant retiredAt) {}
}
