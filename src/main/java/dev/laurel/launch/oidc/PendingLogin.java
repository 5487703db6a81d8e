package dev.laurel.launch.oidc;

import org.jspecify.annotations.Nullable;

/**
 * A login that we sent to a platform and that has not come back yet.
 *
 * @param deploymentHash of the deployment that the platform named when it began, where it named one
 * @param testCopy its request, which nobody signed, says that it comes from a test copy
 * @param start how it was begun, sealed; {@code null} where that was too long to keep
 */
record PendingLogin(
        byte[] stateHash,
        byte[] nonceHash,
        byte[] browserHash,
        long registrationId,
        byte @Nullable [] deploymentHash,
        boolean testCopy,
        byte @Nullable [] start) {}
