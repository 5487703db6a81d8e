package dev.laurel.platform.road;

/** The seven steps of one grade, in order. */
public enum Step {
    LAUNCH,
    CONTEXT,
    GRADEBOOK,
    CRITERIA,
    AWARD,
    CREDENTIAL,
    PUBLICATION
}
