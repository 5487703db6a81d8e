package dev.laurel.achievement.framework;

import dev.laurel.achievement.framework.FrameworkFile.Gathered;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A framework as a table (CSV): one skill a line, below a line that names the columns. */
final class SkillTable {

    private static final Charset OF_SPREADSHEETS = Charset.forName("windows-1252");

    /** With those of ESCO, of Rich Skill Descriptors and of CASE; what stands first is taken first. */
    private static final List<String> NAMES = List.of(
            "name",
            "preferredlabel",
            "rsd name",
            "skill",
            "competency",
            "title",
            "statement",
            "fullstatement",
            "full statement");

    private static final List<String> URLS =
            List.of("url", "uri", "concepturi", "canonical url", "address", "link", "web address", "identifier");

    private static final List<String> CODES = List.of("code", "humancodingscheme", "human coding scheme", "notation");

    private static final List<String> KINDS = List.of("type", "targettype");

    private static final List<String> FRAMEWORKS = List.of("framework", "framework name");

    private SkillTable() {}

    static Gathered read(byte[] file) throws FrameworkRefusedException {
        String text = decoded(file);
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(header))
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> lines = parser.iterator();
            if (!lines.hasNext()) {
                throw new FrameworkRefusedException("frameworks.refused.empty");
            }
            return gathered(lines.next(), lines, parser);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new FrameworkRefusedException("frameworks.refused.table", e);
        }
    }

    private static Gathered gathered(CSVRecord header, Iterator<CSVRecord> lines, CSVParser parser)
            throws FrameworkRefusedException {
        int name = column(header, NAMES);
        int url = column(header, URLS);
        if (name < 0 || url < 0) {
            throw new FrameworkRefusedException("frameworks.refused.columns");
        }
        int code = column(header, CODES);
        int kind = column(header, KINDS);
        int framework = column(header, FRAMEWORKS);
        Gathered gathered = null;
        while (lines.hasNext()) {
            CSVRecord line = lines.next();
            String of = cell(line, framework);
            if (gathered == null) {
                gathered = new Gathered(of);
            }
            int place = Math.toIntExact(parser.getCurrentLineNumber());
            if (of != null && !of.isBlank() && !of.equals(gathered.name())) {
                gathered.leaveOut(place, Untaken.OTHER);
                continue;
            }
            String said = cell(line, name);
            String address = cell(line, url);
            gathered.add(
                    place,
                    said == null ? "" : said,
                    address == null ? "" : address,
                    cell(line, code),
                    cell(line, kind));
        }
        return gathered == null ? new Gathered(null) : gathered;
    }

    private static @Nullable String cell(CSVRecord line, int column) {
        return column < 0 || column >= line.size() ? null : line.get(column);
    }

    private static int column(CSVRecord header, List<String> called) {
        List<String> columns = header.stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
        return called.stream()
                .mapToInt(columns::indexOf)
                .filter(column -> column >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static char delimiter(String header) {
        return Stream.of(',', ';', '\t')
                .max(Comparator.comparingLong(
                        each -> header.chars().filter(c -> c == each).count()))
                .orElseThrow();
    }

    /** UTF-8, or UTF-16 that says so, or what spreadsheets write where it is neither. */
    private static String decoded(byte[] file) {
        if (file.length > 1
                && (file[0] == (byte) 0xFF && file[1] == (byte) 0xFE
                        || file[0] == (byte) 0xFE && file[1] == (byte) 0xFF)) {
            return new String(file, StandardCharsets.UTF_16);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(file, OF_SPREADSHEETS);
        }
    }
}
