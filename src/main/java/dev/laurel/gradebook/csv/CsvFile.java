package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A file with the way to read it (RFC 4180, any delimiter); every reading is a stream of its own. */
record CsvFile(FileBytes bytes, Encoding encoding, char delimiter) {

    /** What spreadsheets and Moodle put between fields. */
    static final List<Character> DELIMITERS = List.of(',', ';', '\t', ':', '|');

    private static final int TRIED_LINES = 25;

    /** Excel's first line {@code sep=;}. */
    private static final int SEP_LENGTH = 5;

    /** One record, with the line on which it begins, counted from 1. */
    record Line(long number, List<String> fields) {

        boolean isBlank() {
            return fields.stream().allMatch(String::isBlank);
        }

        /** Without the spaces around it; empty where the record ends before. */
        String field(int place) {
            return place < fields.size() ? strip(fields.get(place)) : "";
        }

        private static String strip(String text) {
            int from = 0;
            int to = text.length();
            while (from < to && isSpace(text.charAt(from))) {
                from++;
            }
            while (to > from && isSpace(text.charAt(to - 1))) {
                to--;
            }
            return text.substring(from, to);
        }

        private static boolean isSpace(char character) {
            return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
        }
    }

    /** The file with the delimiter under which its lines agree best. */
    static CsvFile of(FileBytes bytes, Encoding encoding) {
        CsvFile best = new CsvFile(bytes, encoding, ',');
        int most = -1;
        for (char delimiter : DELIMITERS) {
            CsvFile tried = new CsvFile(bytes, encoding, delimiter);
            int agreement = tried.agreement();
            if (agreement > most) {
                most = agreement;
                best = tried;
            }
        }
        return best;
    }

    /** How many of the first lines have as many fields as the first one; many fields break a tie. */
    private int agreement() {
        try (Lines lines = open()) {
            if (lines.announced != null) {
                return lines.announced == delimiter ? Integer.MAX_VALUE : 0;
            }
            int fields = 0;
            int agreeing = 0;
            for (int n = 0; n < TRIED_LINES && lines.hasNext(); n++) {
                Line line = lines.next();
                if (fields == 0) {
                    fields = line.fields().size();
                } else if (line.fields().size() == fields) {
                    agreeing++;
                }
            }
            return fields < 2 ? 0 : 1 + agreeing * 1_000 + Math.min(fields, 999);
        } catch (CsvRefusedException e) {
            return 0;
        }
    }

    /** @throws CsvRefusedException while reading, where a record is too long or its quotation marks do not match */
    Lines open() {
        try {
            return new Lines(encoding.open(bytes), delimiter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of one reading, without those that are only white space. */
    static final class Lines implements Iterator<Line>, AutoCloseable {

        private final CSVParser parser;

        private final Iterator<CSVRecord> records;

        private final RecordGuard guard;

        private final int before;

        private final @Nullable Character announced;

        private long ended;

        private @Nullable Line next;

        private Lines(Reader text, char delimiter) throws IOException {
            BufferedReader buffered = new BufferedReader(text);
            announced = announced(buffered);
            before = announced == null ? 0 : 1;
            guard = new RecordGuard(buffered);
            parser = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(delimiter)
                    .setIgnoreEmptyLines(false)
                    .get()
                    .parse(guard);
            records = parser.iterator();
        }

        private static @Nullable Character announced(BufferedReader text) throws IOException {
            text.mark(SEP_LENGTH + 2);
            char[] start = new char[SEP_LENGTH];
            int read = text.read(start);
            int after = text.read();
            if (read == SEP_LENGTH
                    && new String(start).regionMatches(true, 0, "sep=", 0, 4)
                    && (after == '\n' || after == '\r')) {
                if (after == '\r') {
                    text.mark(1);
                    if (text.read() != '\n') {
                        text.reset();
                    }
                }
                return start[SEP_LENGTH - 1];
            }
            text.reset();
            return null;
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                try {
                    if (!records.hasNext()) {
                        return false;
                    }
                    CSVRecord record = records.next();
                    Line line = new Line(before + ended + 1, record.toList());
                    ended = parser.getCurrentLineNumber();
                    guard.newRecord();
                    next = line.isBlank() ? null : line;
                } catch (UncheckedIOException e) {
                    throw new CsvRefusedException(
                            e.getCause() instanceof RecordGuard.TooLongException
                                    ? Reason.LINE_TOO_LONG
                                    : Reason.BAD_QUOTES,
                            before + ended + 1,
                            e);
                }
            }
            return true;
        }

        @Override
        public Line next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Line line = next;
            next = null;
            return Objects.requireNonNull(line);
        }

        @Override
        public void close() {
            try {
                parser.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
