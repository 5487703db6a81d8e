package lms;

/** The parts of the LMS that tools call: what a fault is set on and what requests are counted by. */
public enum Service {
    JWKS,
    AUTHORIZATION,
    TOKEN,
    LINE_ITEMS,
    RESULTS,
    SCORES,
    ROSTER,
    NOTICES,
    READING,
    CANVAS_OAUTH,
    CANVAS_API,
    REGISTRATION
}
