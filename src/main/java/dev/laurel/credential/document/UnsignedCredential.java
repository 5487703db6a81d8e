package dev.laurel.credential.document;

import dev.laurel.platform.road.Reference;
import java.time.Instant;
import java.util.UUID;

/**
 * A credential that has yet to be signed.
 *
 * @param refreshToken makes the address unguessable at which whoever has it asks for the newest one
 */
public record UnsignedCredential(
        long awardId, UUID publicId, Reference reference, byte[] salt, String refreshToken, Instant createdAt) {}
