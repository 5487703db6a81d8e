package dev.laurel.credential.status;

import java.time.Instant;

/**
 * A published list.
 *
 * @param bytes the BitstringStatusListCredential with its proof, JSON
 * @param revision grows with each change
 * @param signedAt UTC
 */
public record SignedStatusList(byte[] bytes, long revision, Instant signedAt) {}
