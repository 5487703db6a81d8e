package lms;

/** Whose habits the LMS has. */
public enum Mode {

    /** As the specifications say, strict where they leave a choice. */
    DEFAULT,

    /**
     * As Moodle 4.5 does: short role names and no assistants in the roster, exact {@code Accept}, {@code type_id} in the
     * query of line items, curly quotes in Link headers, a token answer that calls itself HTML, id_tokens of 60 seconds.
     */
    MOODLE
}
