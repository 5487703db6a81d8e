package dev.laurel.gradebook.csv;

import java.util.List;

/**
 * A file that somebody brought and has not decided on.
 *
 * @param name as it was called on their machine
 * @param own places of columns that cannot be used, because Laurel writes them or may be counted in them
 * @param perhapsTotal places of columns of which nothing shows whether they are totals
 * @param flaws why the mapping cannot be used yet
 * @param fingerprint of file and mapping: who confirms says which one was looked at
 */
public record StagedCsv(
        CsvImport of,
        String name,
        CsvLook look,
        CsvMapping mapping,
        List<Integer> own,
        List<Integer> perhapsTotal,
        List<CsvMapping.Flaw> flaws,
        String fingerprint) {

    /** What the column will be called here. */
    public String label(int place) {
        return CsvNames.label(look.kind(), look.columns().get(place).header());
    }
}
