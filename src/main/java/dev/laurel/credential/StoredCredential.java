package dev.laurel.credential;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed bytes of an award.
 *
 * @param embedded the AchievementCredential as JSON with an eddsa-rdfc-2022 proof
 * @param jwt the same as VC-JWT; {@code null} until its job has run
 */
public record StoredCredential(long awardId, UUID publicId, byte[] embedded, Instant signedAt, byte @Nullable [] jwt) {}
