package dev.laurel.credential.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published list.
 *
 * @param bytes the BitstringStatusListCredential with its proof, JSON: what is not in force, for whatever reason
 * @param suspensions the same places with the purpose {@code suspension}: what is not in force for now only; {@code null} until
 *     it is signed
 * @param revision grows with each change
 * @param signedAt UTC
 */
public record SignedStatusList(byte[] bytes, byte @Nullable [] suspensions, long revision, Instant signedAt) {}
