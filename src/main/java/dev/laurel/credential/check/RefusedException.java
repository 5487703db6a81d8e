package dev.laurel.credential.check;

import org.jspecify.annotations.Nullable;

/** A check cannot go on, and why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private final @Nullable String detail;

    RefusedException(Reason reason) {
        this(reason, null);
    }

    RefusedException(Reason reason, @Nullable String detail) {
        // It is a result, not a fault: nobody reads where it came from.
        super(reason.code(), null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    String detail() {
        return detail;
    }

    /** Whether it says nothing of the badge, only that something could not be found out. */
    boolean leavesOpen() {
        return switch (reason) {
            case TOO_LARGE,
                    TOO_DEEP,
                    TOO_MANY_PARTS,
                    INEXACT,
                    ADDRESS_REFUSED,
                    UNREACHABLE,
                    NOT_FOUND,
                    GONE,
                    ANSWER_UNREADABLE,
                    TOO_MANY_LOOKUPS,
                    OUT_OF_TIME,
                    KEY_UNREADABLE,
                    KEY_ADDRESS_UNKNOWN,
                    ALGORITHM_UNKNOWN,
                    PROOF_UNKNOWN,
                    CONTEXT_UNKNOWN,
                    CONTEXT_INLINE,
                    STATUS_UNKNOWN,
                    STATUS_LIST_UNTRUSTED,
                    STATUS_LIST_BROKEN -> true;
            default -> false;
        };
    }
}
