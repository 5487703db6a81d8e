package dev.laurel.launch.oidc;

/** A login that we sent to a platform and that has not come back yet. */
record PendingLogin(byte[] stateHash, byte[] nonceHash, byte[] browserHash, long registrationId) {}
