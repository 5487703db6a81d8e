package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every sort: what they are read as, and why they cannot be used. */
class CsvFileTests {

    private static final String UMLAUTS = "email;Prüfung\nada@example.edu;12,5\n";

    @ParameterizedTest
    @MethodSource
    void lettersAreReadByTheirMarkOrAsUtf8OrAsWindowsWhichIsSaid(byte[] content, boolean guessed) {
        CsvLook look = TestCsv.look(TestCsv.bytes(content));

        assertThat(look.columns()).extracting(CsvLook.Column::header).containsExactly("email", "Prüfung");
        assertThat(look.guessedLetters()).isEqualTo(guessed);
    }

    static Stream<Arguments> lettersAreReadByTheirMarkOrAsUtf8OrAsWindowsWhichIsSaid() {
        return Stream.of(
                Arguments.of(UMLAUTS.getBytes(StandardCharsets.UTF_8), false),
                Arguments.of(("\uFEFF" + UMLAUTS).getBytes(StandardCharsets.UTF_8), false),
                Arguments.of(("\uFEFF" + UMLAUTS).getBytes(StandardCharsets.UTF_16LE), false),
                Arguments.of(("\uFEFF" + UMLAUTS).getBytes(StandardCharsets.UTF_16BE), false),
                Arguments.of(UMLAUTS.getBytes(Charset.forName("windows-1252")), true));
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', ':', '|'})
    void theDelimiterIsTheOneUnderWhichTheLinesAgree(char delimiter) {
        String text = "email,Quiz: one,Quiz: two\n\"ada@example.edu\",1,2\nbao@example.edu,3,\"4\"\n"
                .replace(": ", " ")
                .replace(',', delimiter);

        CsvLook look = TestCsv.look(text);

        assertThat(look.delimiter()).isEqualTo(delimiter);
        assertThat(look.columns()).hasSize(3);
    }

    @Test
    void aFirstLineOfExcelNamesTheDelimiterAndLinesAreStillCountedFromOne() {
        String text = "sep=;\r\nemail;Quiz\r\nada@example.edu;x\r\n";

        assertThat(TestCsv.look(text).delimiter()).isEqualTo(';');
        try (CsvFile.Lines lines = new CsvFile(TestCsv.bytes(text), Encoding.UTF_8, ';').open()) {
            assertThat(lines.next().number()).isEqualTo(2);
            assertThat(lines.next().number()).isEqualTo(3);
        }
    }

    @Test
    void aFieldOverSeveralLinesCountsThemAndBlankLinesAreLeftOut() {
        String text = "email,\"Quiz\none\"\n\nada@example.edu,1\n,\nbao@example.edu,2";

        try (CsvFile.Lines lines = new CsvFile(TestCsv.bytes(text), Encoding.UTF_8, ',').open()) {
            assertThat(Stream.of(lines.next(), lines.next(), lines.next()))
                    .extracting(CsvFile.Line::number)
                    .containsExactly(1L, 4L, 6L);
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeUsedSaysWhyAndWhere(byte[] content, Reason reason, long line) {
        CsvRefusedException refused =
                catchThrowableOfType(CsvRefusedException.class, () -> TestCsv.look(TestCsv.bytes(content)));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.line()).isEqualTo(line);
    }

    static Stream<Arguments> whatCannotBeUsedSaysWhyAndWhere() {
        return Stream.of(
                refused("", Reason.EMPTY, 0),
                refused("\n\n \n", Reason.EMPTY, 0),
                refused("PK\u0003\u0004workbook", Reason.SPREADSHEET, 0),
                Arguments.of(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0}, Reason.SPREADSHEET, 0),
                refused("email,Quiz\nada@example.edu,\0\n", Reason.NOT_TEXT, 0),
                Arguments.of(new byte[] {'a', ',', (byte) 0x81, (byte) 0xFE, '\n'}, Reason.NOT_TEXT, 0),
                Arguments.of("email,Quiz\na,1".getBytes(StandardCharsets.UTF_16LE), Reason.NOT_TEXT, 0),
                refused("just words\nand more\n", Reason.ONE_COLUMN, 0),
                refused("ada@example.edu,12\nbao@example.edu,13\n", Reason.NO_HEADER, 0),
                refused("1,2,3\n4,5,6\n", Reason.NO_HEADER, 0),
                refused("email,Quiz\n", Reason.NO_ROWS, 0),
                refused("Student,ID,Section\n    Points Possible,,\n", Reason.NO_ROWS, 0),
                refused("email,Quiz\nada@example.edu,1\nbao@example.edu,\"2\n", Reason.BAD_QUOTES, 3),
                refused("email,Quiz\nada@example.edu,\"1\"2\n", Reason.BAD_QUOTES, 2),
                refused("email" + ",Quiz".repeat(CsvLook.MOST_COLUMNS) + "\n", Reason.TOO_MANY_COLUMNS, 0),
                refused("email" + ",Quiz".repeat(1_000_000) + "\n", Reason.LINE_TOO_LONG, 1),
                refused("email,Quiz\nada@example.edu," + "1".repeat(10_000_000) + "\n", Reason.LINE_TOO_LONG, 2),
                refused("email,Quiz\n\"" + "a,1\n".repeat(1_000_000), Reason.LINE_TOO_LONG, 2),
                refused("email,Quiz\n" + "a,1\n".repeat(CsvLook.MOST_ROWS + 1), Reason.TOO_MANY_ROWS, 0));
    }

    private static Arguments refused(String text, Reason reason, long line) {
        return Arguments.of(text.getBytes(StandardCharsets.UTF_8), reason, line);
    }

    /** A file that is made while it is read, and knows how much of it was asked for. */
    private static final class Endless extends InputStream {

        private final long rows;

        private long row;

        private byte[] line = "email,item,score\n".getBytes(StandardCharsets.US_ASCII);

        private int at;

        private long bytes;

        Endless(long rows) {
            this.rows = rows;
        }

        @Override
        public int read() {
            if (at == line.length) {
                if (row == rows) {
                    return -1;
                }
                line = ("ada@example.edu,Item " + row++ % 400 + ",12.5\n").getBytes(StandardCharsets.US_ASCII);
                at = 0;
            }
            bytes++;
            return line[at++];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int read = 0;
            for (int next = 0; read < length && (next = read()) >= 0; read++) {
                buffer[offset + read] = (byte) next;
            }
            return read == 0 && length > 0 ? -1 : read;
        }
    }

    @Test
    void ofAHundredThousandLinesNoMoreIsReadThanIsTold() throws IOException {
        Endless[] last = new Endless[1];
        FileBytes file = () -> last[0] = new Endless(100_000);
        Proposal proposal = new Proposal(TestCsv.look(file), java.util.Set.of());
        FileReading reading = new FileReading(file, proposal, proposal.mapping(), TestCsv.learners());
        long[] ahead = new long[2];

        reading.read(0, new FileReading.Listener() {

            @Override
            public void found(FileReading.Found found) {}

            @Override
            public void problem(CsvProblem problem) {}

            @Override
            public void endOfLine(long rows) {
                ahead[0] = Math.max(ahead[0], last[0].row - rows);
                ahead[1] = rows;
            }
        });

        assertThat(ahead[1]).isEqualTo(100_000);
        assertThat(ahead[0]).as("lines in memory at a time").isLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1"})
    void whatASpreadsheetWouldRunIsWrittenAsText(String cell) throws IOException {
        StringWriter out = new StringWriter();

        new CsvWriter(out).row(List.of(cell, "Ada, \"Countess\"", ""));

        assertThat(out.toString()).startsWith("\uFEFF").contains("'" + cell);
        try (CsvFile.Lines lines = new CsvFile(TestCsv.bytes(out.toString()), Encoding.UTF_8_MARKED, ',').open()) {
            assertThat(lines.next().fields()).containsExactly("'" + cell, "Ada, \"Countess\"", "");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"x;=cmd|x;'=cmd", "x;@a;-b|x;'@a;'-b", "5;6|5;6", "a-b = c|a-b = c"})
    void whatASpreadsheetWouldRunWhereItCutsLinesAtSemicolonsIsWrittenAsText(String cell, String written) {
        assertThat(CsvWriter.cell(cell)).isEqualTo(written);
        assertThat(CsvWriter.cell(cell.replace(';', '\t'))).isEqualTo(written.replace(';', '\t'));
        assertThat(CsvWriter.cell(cell.replace(';', '\n'))).isEqualTo(written.replace(';', '\n'));
    }
}
