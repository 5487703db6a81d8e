package dev.laurel.launch.session;

/**
 * What somebody is, as far as Laurel cares. The first six come from context membership roles; an institution's
 * administrator is one only in a launch without a context.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#role-vocabularies">LTI 1.3, role vocabularies</a>
 */
public enum Role {
    INSTRUCTOR,
    TEACHING_ASSISTANT,
    DESIGNER,
    OBSERVER,
    LEARNER,
    TEST_STUDENT,
    INSTITUTION_ADMIN,
    /** One of the platform's own making, of which nobody says what it may do: never one of a student. */
    UNKNOWN
}
