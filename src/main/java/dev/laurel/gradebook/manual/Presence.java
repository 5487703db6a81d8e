package dev.laurel.gradebook.manual;

/** What can be noted of a learner in a session. */
public enum Presence {
    PRESENT,
    ABSENT,
    /** What was noted before is taken back. */
    NOT_NOTED
}
