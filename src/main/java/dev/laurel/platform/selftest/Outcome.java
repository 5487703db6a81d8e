package dev.laurel.platform.selftest;

/** How a check came out. What was not looked at is never {@link #OK}. */
public enum Outcome {
    OK,
    PROBLEM,
    NOT_TESTED
}
