package dev.laurel.credential.document;

import dev.laurel.platform.road.Reference;
import java.time.Instant;
import java.util.UUID;

/** A credential that has yet to be signed. */
public record UnsignedCredential(long awardId, UUID publicId, Reference reference, byte[] salt, Instant createdAt) {}
