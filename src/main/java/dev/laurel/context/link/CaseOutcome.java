package dev.laurel.context.link;

/** What came of the institution's word on two accounts. */
public enum CaseOutcome {
    LINKED,
    KEPT_APART,
    /** Somebody else decided it first. */
    DECIDED_BEFORE,
    /** One of them was linked in the meantime with another account at the other's platform: the case stays open. */
    LINKED_ALREADY
}
