package dev.laurel.gradebook.manual;

/** What somebody entered cannot be kept. Nothing was written; the reason is for the person who entered it. */
public class EntryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    EntryRefusedException(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why not. */
    public enum Reason {
        /** There is no such item in this course any more. */
        GONE,
        /** It is an item of another kind. */
        OTHER_KIND,
        /** Whom it is about cannot earn in this course. */
        NO_LEARNER,
        NAME_MISSING,
        TEXT_TOO_LONG,
        NOTHING_HANDED_IN,
        /** Since the assessor looked, the learner handed something in again. */
        NEWER_VERSION,
        /** A row of the rubric has no level. */
        ROW_MISSING,
        BAD_RUBRIC,
        BAD_LINK,
        TOO_MANY_LINKS,
        TOO_MANY_FILES,
        FILES_TOO_LARGE,
        FILE_EMPTY,
        /** New versions without end. */
        TOO_OFTEN,
        FILE_TYPE
    }
}
