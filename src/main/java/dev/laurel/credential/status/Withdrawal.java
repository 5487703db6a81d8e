package dev.laurel.credential.status;

/** Why a credential is not in force. */
public enum Withdrawal {
    /** For good. */
    REVOKED,
    /** For now: it may be in force again. */
    SUSPENDED
}
