package dev.laurel.context.link;

/** What came of a learner's wish to link two accounts. */
public enum LinkOutcome {
    LINKED,
    /** Something speaks against it: staff looks at it first. */
    WAITS_FOR_STAFF,
    /** No account offered this code within the last minutes. */
    UNKNOWN_CODE,
    /** Both are accounts of one platform: only the platform can say that they are one. */
    SAME_PLATFORM,
    /** One of them is linked already, and has to be unlinked first. */
    LINKED_ALREADY
}
