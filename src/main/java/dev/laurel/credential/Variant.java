package dev.laurel.credential;

/** How much a credential says of what was reached. All variants of an award are one credential. */
public enum Variant {
    /** With the level, where there is one: as it is signed when the award is released. */
    AS_ISSUED,
    /** Silent about the level and about there being any. */
    WITHOUT_LEVEL,
    /** With the level and with the results that earned it. */
    WITH_RESULTS,
    /** Silent about the level, with the addresses that its holder handed in. */
    BADGE_AND_WORK,
    /** With the level and these addresses. */
    LEVEL_AND_WORK,
    /** With level, results and these addresses. */
    RESULTS_AND_WORK;

    public boolean saysWork() {
        return this == BADGE_AND_WORK || this == LEVEL_AND_WORK || this == RESULTS_AND_WORK;
    }
}
