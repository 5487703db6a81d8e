package dev.laurel.credential.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published list.
 *
 * @param bytes JSON that says what is not in force, for whatever reason: a BitstringStatusListCredential with its proof, or a
 *     1EdTechRevocationList
 * @param suspensions the same places with the purpose {@code suspension}: what is not in force for now only; {@code null} until
 *     it is signed, and of a list of ids
 * @param revision grows with each change
 * @param signedAt UTC
 */
public record SignedStatusList(
        ListKind kind, byte[] bytes, byte @Nullable [] suspensions, long revision, Instant signedAt) {}
