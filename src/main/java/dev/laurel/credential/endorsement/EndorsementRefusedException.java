package dev.laurel.credential.endorsement;

import org.jspecify.annotations.Nullable;

/** What was brought is not taken; the reason is a message key under {@code endorsements.refused.}. */
public final class EndorsementRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an endorsement is refused. */
    public enum Reason {
        /** Nothing that can be read, or no endorsement. */
        NOT_AN_ENDORSEMENT,
        /** It is about something else than a badge or issuer of this institution. */
        ANOTHER_SUBJECT,
        /** An issuer of this institution says it of itself. */
        OWN,
        /** A check failed: the signature, the dates, or it was taken back. */
        INVALID,
        /** Something could not be found out, as where its issuer's site does not answer. */
        UNCERTAIN,
        TOO_LARGE
    }

    private final Reason reason;

    private final @Nullable String detail;

    /** @param detail the code of the check that failed, or what it is about */
    EndorsementRefusedException(Reason reason, @Nullable String detail) {
        super(reason.name());
        this.reason = reason;
        this.detail = detail;
    }

    /** Why it is not taken. */
    public Reason reason() {
        return reason;
    }

    /** The code of the check that failed, or what it is about; may be empty. */
    public String detail() {
        return detail == null ? "" : detail;
    }
}
