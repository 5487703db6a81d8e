package dev.laurel.gradebook.csv;

import org.jspecify.annotations.Nullable;

/** A file cannot be used as a whole. Nothing of it is kept; the reason is for the person who brought it. */
public class CsvRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private final long line;

    CsvRefusedException(Reason reason) {
        this(reason, 0, null);
    }

    CsvRefusedException(Reason reason, long line) {
        this(reason, line, null);
    }

    CsvRefusedException(Reason reason, long line, @Nullable Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
        this.line = line;
    }

    public Reason reason() {
        return reason;
    }

    /** Where it is, counted from 1; 0 where it is about the whole file. */
    public long line() {
        return line;
    }

    /** Why. */
    public enum Reason {
        EMPTY,
        TOO_LARGE,
        /** A workbook, whatever its name says. */
        SPREADSHEET,
        NOT_TEXT,
        /** Only one column, however it is read. */
        ONE_COLUMN,
        NO_HEADER,
        NO_ROWS,
        TOO_MANY_COLUMNS,
        TOO_MANY_ROWS,
        TOO_MANY_ITEMS,
        LINE_TOO_LONG,
        BAD_QUOTES,
        /** It was decided on, or kept for too long. */
        GONE,
        /** Another import of this course is going on. */
        BUSY
    }
}
