package dev.laurel.publication.pdf;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import dev.laurel.publication.pdf.DrawnFont.Sign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What in one document no shipped font can write, written with fonts of the machine. Each sign is written with a character for
 * private use and drawn by a {@link DrawnFont}, so that lines break and words stand as with any other letters. What no font has
 * stays as it is.
 */
final class DrawnLetters {

    private static final int MOST_FONTS = 8;

    /** Value of {@code font-family} that asks them all, after the shipped ones. */
    static final String FAMILIES = IntStream.rangeClosed(1, MOST_FONTS)
            .mapToObj(number -> "'" + family(number) + "'")
            .collect(Collectors.joining(", "));

    /** Title, styles and what stands in tags are not drawn. */
    private static final Pattern TEXT =
            Pattern.compile("<title\\b.*?</title>|<style\\b.*?</style>|<!--.*?-->|<[^>]*>|([^<]+)", Pattern.DOTALL);

    private static final int TEXT_GROUP = 1;

    private static final int FIRST_PRIVATE = 0xE000;

    private static final int LAST_PRIVATE = 0xF8FF;

    private final PdfFonts shipped;

    private final FoundFonts found;

    /** Where somebody used such a character herself, it stands for nothing of ours. */
    private final String document;

    private final Map<Sign, Integer> characters = new LinkedHashMap<>();

    private final Map<Integer, Sign> signs = new LinkedHashMap<>();

    private final Map<String, Optional<List<Sign>>> words = new HashMap<>();

    private int next = FIRST_PRIVATE;

    DrawnLetters(PdfFonts shipped, FoundFonts found, String document) {
        this.shipped = shipped;
        this.found = found;
        this.document = document;
    }

    private static String family(int number) {
        return "Drawn " + number;
    }

    /** The document with signs in place of what has to be drawn. */
    String replaced() {
        return TEXT.matcher(document)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(TEXT_GROUP) == null ? part.group() : replaced(part.group(TEXT_GROUP))));
    }

    /** Whether all of a text can be printed. */
    static boolean print(PdfFonts shipped, FoundFonts found, String text) {
        DrawnLetters letters = new DrawnLetters(shipped, found, text);
        return letters.replaced(text)
                .codePoints()
                .allMatch(c -> letters.signs.containsKey(c) || shipped.print(Character.toString(c)));
    }

    private String replaced(String text) {
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int end = isDrawn(c) ? endOfWord(text, at) : at + Character.charCount(c);
            String part = text.substring(at, end);
            replaced.append(isDrawn(c) ? drawn(part) : part);
            at = end;
        }
        return replaced.toString();
    }

    /** Right-to-left scripts are shipped or not printed: the signs here run from left to right. */
    private boolean isDrawn(int c) {
        byte direction = Character.getDirectionality(c);
        return !Character.isWhitespace(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.PRIVATE_USE
                && Character.isDefined(c)
                && !Character.isISOControl(c)
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                // Its letters are shipped, but not the forms in which they are joined.
                && (UnicodeScript.of(c) == UnicodeScript.DEVANAGARI || !shipped.print(Character.toString(c)));
    }

    private int endOfWord(String text, int start) {
        UnicodeScript script = UnicodeScript.of(text.codePointAt(start));
        int at = start;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            UnicodeScript its = UnicodeScript.of(c);
            boolean belongs = ShapedWord.isUnseen(c)
                    || its == UnicodeScript.INHERITED
                    || isDrawn(c) && (its == script || its == UnicodeScript.COMMON);
            if (!belongs) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private String drawn(String word) {
        Optional<List<Sign>> whole = shaped(word);
        if (whole.isPresent()) {
            return written(whole.get(), word);
        }
        StringBuilder written = new StringBuilder();
        BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(word);
        int start = 0;
        for (int end = letters.next(); end != BreakIterator.DONE; end = letters.next()) {
            String letter = word.substring(start, end);
            written.append(shaped(letter).map(signs -> written(signs, letter)).orElse(letter));
            start = end;
        }
        return written.toString();
    }

    private Optional<List<Sign>> shaped(String word) {
        return words.computeIfAbsent(
                word,
                each -> found.first(font -> ShapedWord.signs(font, each).isPresent())
                        .flatMap(font -> ShapedWord.signs(font, each)));
    }

    private String written(List<Sign> word, String otherwise) {
        StringBuilder written = new StringBuilder();
        for (Sign sign : word) {
            Integer character = characters.computeIfAbsent(sign, this::character);
            if (character == null) {
                return otherwise;
            }
            written.appendCodePoint(character);
        }
        return written.toString();
    }

    /** One that is free; {@code null} where a document has too many signs. */
    private @Nullable Integer character(Sign sign) {
        while (next <= LAST_PRIVATE && (document.indexOf(next) >= 0 || shipped.print(Character.toString(next)))) {
            next++;
        }
        if (next > LAST_PRIVATE || signs.size() == MOST_FONTS * DrawnFont.MOST) {
            return null;
        }
        signs.put(next, sign);
        return next++;
    }

    /** The fonts of the signs; after {@link #replaced}. */
    void addTo(PdfRendererBuilder builder) {
        List<Integer> all = List.copyOf(signs.keySet());
        for (int from = 0; from < all.size(); from += DrawnFont.MOST) {
            Map<Integer, Sign> some = new LinkedHashMap<>();
            all.subList(from, Math.min(from + DrawnFont.MOST, all.size())).forEach(c -> some.put(c, signs.get(c)));
            String family = family(from / DrawnFont.MOST + 1);
            try {
                DrawnFont font = new DrawnFont(family.replace(" ", ""), some);
                builder.useFont(new PDFontSupplier(font), family, 400, FontStyle.NORMAL, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!signs.isEmpty()) {
            builder.useUnicodeLineBreaker(new DrawnLines(signs));
        }
    }
}
