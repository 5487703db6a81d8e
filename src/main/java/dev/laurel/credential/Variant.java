package dev.laurel.credential;

/** How much a credential says of what was reached. All variants of an award are one credential. */
public enum Variant {
    /** With the level, where there is one: as it is signed when the award is released. */
    AS_ISSUED,
    /** Silent about the level and about there being any. */
    WITHOUT_LEVEL,
    /** With the level and with the results that earned it. */
    WITH_RESULTS
}
