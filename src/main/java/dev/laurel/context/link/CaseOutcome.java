package dev.laurel.context.link;

/** What came of the institution's word on two accounts. */
public enum CaseOutcome {
    LINKED,
    KEPT_APART,
    /** That they are one person is taken back. */
    PARTED,
    /** That is taken back, but they are one person by their platform's word or over other accounts, too. */
    STILL_TOGETHER,
    /** Somebody else decided it first. */
    DECIDED_BEFORE,
    /** One of them was linked in the meantime with another account at the other's platform: the case stays open. */
    LINKED_ALREADY
}
