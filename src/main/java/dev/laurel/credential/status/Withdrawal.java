package dev.laurel.credential.status;

/** Why a credential is not in force. */
public enum Withdrawal {
    /** For good. */
    REVOKED,
    /** For good: a newer credential says the same award with other words about its holder, or a newer award took its place. */
    SUPERSEDED,
    /** For good, and why is nobody's business. */
    ENDED,
    /** For now: it may be in force again. */
    SUSPENDED
}
