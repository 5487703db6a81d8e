package dev.laurel.credential.brought;

/** A badge that was brought is not taken; the reason is a message key under {@code brought.refused.}. */
public final class BroughtRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a badge is refused. */
    public enum Reason {
        NOT_A_BADGE,
        TOO_LARGE,
        /** It is one of this institution, so it counts without being brought. */
        OWN,
        INVALID,
        UNCERTAIN,
        /** Somebody else brought it. */
        TAKEN,
        TOO_MANY
    }

    private final Reason reason;

    private final String detail;

    /** @param detail the code of the check that failed; may be empty */
    BroughtRefusedException(Reason reason, String detail) {
        super(reason.name());
        this.reason = reason;
        this.detail = detail;
    }

    /** Why it is not taken. */
    public Reason reason() {
        return reason;
    }

    /** The code of the check that failed; empty where none did. */
    public String detail() {
        return detail;
    }
}
