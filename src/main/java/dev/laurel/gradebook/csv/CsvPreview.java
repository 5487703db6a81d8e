package dev.laurel.gradebook.csv;

import java.util.List;

/**
 * What an import would do, at this moment.
 *
 * @param columns names of what would get results
 * @param rows lines about students
 * @param added results where there is none yet
 * @param missing results that are here and not in the file
 * @param takesBack whether these would be taken back
 * @param unclearLines lines of which nobody can say whose they are; with any, nothing is taken back
 * @param people for whom the first lines are taken
 * @param problems how many lines and results would not be taken; {@code shown} are the first of them
 */
public record CsvPreview(
        List<String> columns,
        long rows,
        long added,
        long changed,
        long same,
        long missing,
        boolean takesBack,
        int testStudents,
        int unclearLines,
        List<Taken> people,
        long problems,
        List<CsvProblem> shown) {

    /**
     * For whom a line is taken.
     *
     * @param said what the line says of who it is, shortened
     * @param name of the student; empty where nobody knows it
     */
    public record Taken(long line, String said, String name) {}

    /** Whether importing would change anything. */
    public boolean changesNothing() {
        return added + changed == 0 && (!takesBack || missing == 0);
    }
}
