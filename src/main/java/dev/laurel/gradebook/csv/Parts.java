package dev.laurel.gradebook.csv;

import java.util.ArrayList;
import java.util.List;

/** Hands what a file says on in parts of some hundred lines. */
abstract class Parts implements FileReading.Listener {

    private static final int LINES = 500;

    private static final int RESULTS = 4_000;

    private final List<FileReading.Found> found = new ArrayList<>();

    private long problems;

    private long told;

    private long rows;

    /** @param rows how many lines are read with these, from the beginning of the file */
    abstract void part(List<FileReading.Found> found, long problems, long rows);

    @Override
    public final void found(FileReading.Found result) {
        found.add(result);
    }

    @Override
    public void problem(CsvProblem problem) {
        problems++;
    }

    @Override
    public final void endOfLine(long read) {
        rows = read;
        if (rows - told >= LINES || found.size() >= RESULTS) {
            flush();
        }
    }

    /** The rest. */
    final void flush() {
        if (rows > told) {
            part(List.copyOf(found), problems, rows);
            found.clear();
            problems = 0;
            told = rows;
        }
    }

    /** @param before lines that were handed on some other time */
    Parts(long before) {
        this.told = before;
        this.rows = before;
    }
}
