package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file looks like, by one reading of all of it.
 *
 * @param encoding {@code WINDOWS_1252} where no other fits
 * @param rows lines with results, as far as one can tell
 * @param kind whose export it seems to be
 */
public record CsvLook(Encoding encoding, char delimiter, Kind kind, List<Column> columns, long rows) {

    static final int MOST_COLUMNS = 250;

    static final int MOST_ROWS = 200_000;

    private static final int EXAMPLES = 3;

    private static final int LONGEST_EXAMPLE = 60;

    public CsvLook {
        columns = List.copyOf(columns);
    }

    /** Whether no mark and no sign of UTF-8 said how its letters are written. */
    public boolean guessedLetters() {
        return encoding == Encoding.WINDOWS_1252;
    }

    /** Whose export a file seems to be. */
    public enum Kind {
        CANVAS,
        MOODLE,
        PLAIN
    }

    /**
     * A column of the file.
     *
     * @param header as it stands there
     * @param maximum what Canvas says is possible, as it stands there, or empty
     * @param heldBack Canvas shows its grades when the teacher says so; the file does not tell whether that happened
     * @param readOnly Canvas works it out itself
     * @param numbers how many fields are numbers; of these {@code points}, {@code commas} and {@code unclear} tell how
     *     numbers are written, or do not
     * @param percents how many of the numbers are percentages
     * @param absent how many fields say that there is no result
     * @param mails how many fields could be e-mail addresses
     */
    public record Column(
            String header,
            String maximum,
            boolean heldBack,
            boolean readOnly,
            int filled,
            int numbers,
            int points,
            int commas,
            int unclear,
            int percents,
            int absent,
            int mails,
            List<String> examples) {

        public Column {
            examples = List.copyOf(examples);
        }

        /** Whether it has numbers, and hardly anything else. */
        boolean isOfNumbers() {
            return numbers > 0 && (numbers + absent) * 10 >= filled * 9;
        }

        /** Whether its numbers say themselves that they are out of 100. */
        boolean isOfPercents() {
            return numbers > 0 && percents == numbers;
        }
    }

    /** @throws CsvRefusedException where the file cannot be used as a whole */
    static CsvLook at(CsvFile file) {
        try (CsvFile.Lines lines = file.open()) {
            if (!lines.hasNext()) {
                throw new CsvRefusedException(Reason.EMPTY);
            }
            CsvFile.Line header = lines.next();
            int width = header.fields().size();
            if (width < 2) {
                throw new CsvRefusedException(Reason.ONE_COLUMN);
            }
            if (width > MOST_COLUMNS) {
                throw new CsvRefusedException(Reason.TOO_MANY_COLUMNS);
            }
            List<Counter> counters = new ArrayList<>();
            for (int place = 0; place < width; place++) {
                counters.add(new Counter(header.field(place)));
            }
            requireHeader(counters);
            long rows = 0;
            while (lines.hasNext()) {
                CsvFile.Line line = lines.next();
                Special special = rows == 0 ? Special.of(line) : Special.NONE;
                for (int place = 0; place < width; place++) {
                    counters.get(place).count(line.field(place), special);
                }
                if (special == Special.NONE && ++rows > MOST_ROWS) {
                    throw new CsvRefusedException(Reason.TOO_MANY_ROWS);
                }
            }
            if (rows == 0) {
                throw new CsvRefusedException(Reason.NO_ROWS);
            }
            List<Column> columns = counters.stream().map(Counter::column).toList();
            return new CsvLook(file.encoding(), file.delimiter(), CsvNames.kind(columns), columns, rows);
        }
    }

    /** A first line of results in place of names would make somebody's address the name of a column. */
    private static void requireHeader(List<Counter> counters) {
        boolean names = counters.stream().noneMatch(counter -> CsvNames.isMail(counter.header))
                && counters.stream()
                        .anyMatch(counter -> !counter.header.isEmpty()
                                && Decimals.evidence(counter.header) == Decimals.Evidence.NO_NUMBER);
        if (!names) {
            throw new CsvRefusedException(Reason.NO_HEADER);
        }
    }

    /** Lines of a Canvas export that are about columns; they come before those about students. */
    enum Special {
        NONE,
        MAXIMA,
        HELD_BACK;

        static Special of(CsvFile.Line line) {
            if (line.field(0).equalsIgnoreCase("Points Possible")) {
                return MAXIMA;
            }
            boolean posting = line.field(0).isEmpty()
                    && line.fields().stream().anyMatch(field -> CsvNames.isHeldBack(field.strip()));
            return posting ? HELD_BACK : NONE;
        }
    }

    private static final class Counter {

        private final String header;

        private final List<String> examples = new ArrayList<>();

        private String maximum = "";

        private boolean heldBack;

        private boolean readOnly;

        private int filled;

        private int numbers;

        private int points;

        private int commas;

        private int unclear;

        private int percents;

        private int absent;

        private int mails;

        Counter(String header) {
            this.header = header;
        }

        void count(String field, Special special) {
            if (special == Special.HELD_BACK) {
                heldBack |= CsvNames.isHeldBack(field);
            } else if (special == Special.MAXIMA) {
                readOnly = field.startsWith("(");
                maximum = readOnly ? "" : field;
                // It tells how numbers are written too.
                evidence(field);
            } else if (!field.isEmpty()) {
                filled++;
                if (CsvNames.isAbsent(field) || CsvNames.isExcused(field)) {
                    absent++;
                } else if (evidence(field)) {
                    numbers++;
                    percents += Decimals.isPercent(field) ? 1 : 0;
                } else if (CsvNames.isMail(field)) {
                    mails++;
                }
                example(field);
            }
        }

        private boolean evidence(String field) {
            switch (Decimals.evidence(field)) {
                case POINT -> points++;
                case COMMA -> commas++;
                case UNCLEAR -> unclear++;
                case WHOLE -> {}
                case NO_NUMBER -> {
                    return false;
                }
            }
            return true;
        }

        private void example(String field) {
            String shown = CsvNames.cut(field, LONGEST_EXAMPLE);
            if (examples.size() < EXAMPLES && !examples.contains(shown)) {
                examples.add(shown);
            }
        }

        Column column() {
            return new Column(
                    header, maximum, heldBack, readOnly, filled, numbers, points, commas, unclear, percents, absent,
                    mails, examples);
        }
    }
}
