package dev.laurel.gradebook.csv;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The one place where Laurel writes CSV (RFC 4180, in UTF-8 with a mark, which spreadsheets need). Whatever a spreadsheet
 * would take for a formula gets an apostrophe in front, so that opening a file never runs what somebody wrote into a name. So
 * does what would begin a cell or a line where a spreadsheet cuts lines at semicolons or tabs, as in many languages.
 */
public final class CsvWriter {

    private static final Pattern FORMULA =
            Pattern.compile("(?<=^|[;\t\r\n])(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])|^(?=[\t\r\n])");

    private static final char MARK = '\uFEFF';

    private final CSVPrinter printer;

    public CsvWriter(Appendable out) throws IOException {
        out.append(MARK);
        this.printer = new CSVPrinter(out, CSVFormat.RFC4180);
    }

    public void row(List<String> cells) throws IOException {
        printer.printRecord(cells.stream().map(CsvWriter::cell).toList());
    }

    static String cell(String text) {
        return FORMULA.matcher(text).replaceAll("'");
    }
}
