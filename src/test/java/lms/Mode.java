package lms;

/** Whose habits the LMS has towards one tool. One LMS may be all of them at once, to different tools. */
public enum Mode {

    /** As the specifications say, strict where they leave a choice. */
    GENERIC("LMS", "reference-lms", "1"),

    /**
     * As Canvas does: UUIDs, opaque course ids, literal {@code $Var} where a variable has no value, 10 columns and 50 members
     * to a page, an assistant who is an Instructor too, people who are gone rather than inactive, attempts, and scores
     * that clear a grade.
     */
    CANVAS("Canvas", "canvas", "cloud"),

    /**
     * As Moodle 4.5 does: short role names and no assistants in the roster, exact {@code Accept}, {@code type_id} in the
     * query of line items, curly quotes in Link headers, a token answer that calls itself HTML, id_tokens of 60 seconds.
     */
    MOODLE("Moodle", "moodle", "2024100706");

    private final String label;

    private final String productFamily;

    private final String version;

    Mode(String label, String productFamily, String version) {
        this.label = label;
        this.productFamily = productFamily;
        this.version = version;
    }

    String label() {
        return label;
    }

    public String productFamily() {
        return productFamily;
    }

    String version() {
        return version;
    }
}
