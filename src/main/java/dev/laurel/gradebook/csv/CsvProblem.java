package dev.laurel.gradebook.csv;

/**
 * Something in a file that is not taken, while the rest is.
 *
 * @param line where the record begins, counted from 1
 * @param column of results it is about, or empty: the whole line
 * @param value what stands there, shortened
 */
public record CsvProblem(long line, Reason reason, String column, String value) {

    private static final int LONGEST = 60;

    static CsvProblem of(long line, Reason reason, String column, String value) {
        return new CsvProblem(line, reason, CsvNames.cut(column, LONGEST), CsvNames.cut(value, LONGEST));
    }

    /** Why. */
    public enum Reason {
        /** More or fewer fields than there are columns. */
        FIELDS,
        /** Nothing in the line says whose it is. */
        NOBODY_NAMED,
        UNKNOWN_LEARNER,
        /** Two members of the course are called so. */
        AMBIGUOUS_LEARNER,
        /** What is said of the learner names two different people. */
        TWO_LEARNERS,
        /** Whom it is about is called otherwise than the line says. */
        OTHER_NAME,
        /** Somebody of the course who is no student of it. */
        NO_LEARNER,
        NO_NUMBER,
        BELOW_ZERO,
        TOO_LARGE,
        /** More than ten times what is possible. */
        FAR_ABOVE,
        /** A percentage, where results are out of something else. */
        PERCENT,
        /** Another line has a result of the same learner for the same thing: neither is taken. */
        REPEATED,
        ITEM_MISSING,
        BAD_MAXIMUM,
        /** Another line has another maximum for the same thing. */
        OTHER_MAXIMUM,
        OWN_COLUMN
    }
}
