package dev.laurel.publication.pdf;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.springframework.core.io.ClassPathResource;

/**
 * The letters of the documents: Noto Sans for Latin, Greek and Cyrillic, and for Arabic and Hebrew. They are shipped, so that a
 * document looks the same on every machine, and no others are looked for.
 */
final class PdfFonts {

    private static final String FOLDER = "dev/laurel/publication/pdf/";

    private record Font(String family, int weight, String file) {}

    /** In the order in which they are asked for a letter. */
    private static final List<Font> SHIPPED = List.of(
            new Font("Noto Sans", 400, "NotoSans_400Regular.ttf"),
            new Font("Noto Sans", 700, "NotoSans_700Bold.ttf"),
            new Font("Noto Sans Arabic", 400, "NotoSansArabic_400Regular.ttf"),
            new Font("Noto Sans Arabic", 700, "NotoSansArabic_700Bold.ttf"),
            new Font("Noto Sans Hebrew", 400, "NotoSansHebrew_400Regular.ttf"),
            new Font("Noto Sans Hebrew", 700, "NotoSansHebrew_700Bold.ttf"));

    /** Value of {@code font-family} that asks them all. */
    static final String FAMILIES =
            SHIPPED.stream().map(font -> "'" + font.family() + "'").distinct().collect(Collectors.joining(", "));

    private final List<byte[]> files;

    private final TrueTypeFont first;

    private final List<CmapLookup> letters;

    PdfFonts() {
        this.files = SHIPPED.stream().map(font -> read(font.file())).toList();
        List<TrueTypeFont> parsed = files.stream().map(PdfFonts::parse).toList();
        this.first = parsed.get(0);
        this.letters = parsed.stream().map(PdfFonts::letters).toList();
    }

    void addTo(PdfRendererBuilder builder) {
        for (int i = 0; i < SHIPPED.size(); i++) {
            Font font = SHIPPED.get(i);
            byte[] file = files.get(i);
            builder.useFont(() -> new ByteArrayInputStream(file), font.family(), font.weight(), FontStyle.NORMAL, true);
        }
    }

    /** What stands in wherever a document would name a font that it does not bring. */
    TrueTypeFont first() {
        return first;
    }

    /** Whether every letter of a text can be printed. */
    boolean print(String text) {
        return text.codePoints()
                .filter(letter -> !Character.isWhitespace(letter) && Character.getType(letter) != Character.FORMAT)
                .allMatch(letter -> letters.stream().anyMatch(font -> font.getGlyphId(letter) != 0));
    }

    private static byte[] read(String file) {
        try (InputStream in = new ClassPathResource(FOLDER + file).getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrueTypeFont parse(byte[] file) {
        try {
            return new TTFParser().parse(new RandomAccessReadBuffer(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CmapLookup letters(TrueTypeFont font) {
        try {
            return font.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
