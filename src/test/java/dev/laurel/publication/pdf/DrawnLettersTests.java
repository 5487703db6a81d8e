package dev.laurel.publication.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import dev.laurel.publication.pdf.DrawnFont.Sign;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** What no shipped font has is written with fonts of the machine, and still read, copied and broken into lines as text. */
class DrawnLettersTests {

    private FoundFonts found;

    private PdfDocuments documents;

    @BeforeEach
    void someFontsAreInstalled() {
        PdfSettings settings = new PdfSettings(List.of(Needs.fonts()));
        found = new FoundFonts(settings.fonts());
        documents = new PdfDocuments(new SpringTemplateEngine(), settings);
    }

    private byte[] page(String body) {
        return documents.render("<html lang=\"en\"><head><title>漢字</title><style>body{font-family:"
                + PdfDocuments.FAMILIES + "}</style></head><body>" + body + "</body></html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "王秀英",
                "山田 花子",
                "김서연",
                "क्षितिज शर्मा",
                "สมชาย ใจดี น้ำ",
                "Essayist 🎓",
                "Łódź 漢字",
                "漢字 محمد العربي",
                "漢字 שרה כהן"
            })
    void namesOfAllScriptsCanBeReadCopiedAndArePdfForScreenReaders(String name) throws IOException {
        byte[] pdf = page("<h1>" + name + "</h1><p>Earned by \u2068" + name + "\u2069 in 2026.</p>");

        assertThat(documents.prints(name)).isTrue();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains(name)
                    .containsPattern("(?s)Earned by.*" + name + ".*in 2026")
                    .doesNotContain("#");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("漢字");
        }
        VeraPdf.assertAccessible(pdf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"漢", "한", "क्षि", "ไทย", "🎓"})
    void theyAreSeen(String letters) throws IOException {
        assertThat(ink(page("<p>" + letters + "</p>"))).isGreaterThan(20);
        assertThat(ink(page("<p></p>"))).isZero();
    }

    @Test
    void lettersAreJoinedAndReorderedAsTheirScriptDoes() {
        Font devanagari = found.first(font -> font.canDisplay('क')).orElseThrow();

        List<Sign> signs = ShapedWord.signs(devanagari, "क्षितिज").orElseThrow();

        assertThat(signs).extracting(Sign::text).containsExactly("क्षि", "ति", "ज");
        assertThat(signs.get(0).outline())
                .as("one joined form, not its parts")
                .isNotEqualTo(
                        ShapedWord.signs(devanagari, "क").orElseThrow().get(0).outline());
        assertThat(signs).allMatch(sign -> sign.advance() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"学生在期末测验中至少获得百分之八十的成绩", "นักศึกษาได้คะแนนอย่างน้อยร้อยละแปดสิบในการสอบ"})
    void longTextWithoutSpacesIsBrokenIntoLines(String sentence) throws IOException {
        String text;
        try (PDDocument document = Loader.loadPDF(page("<p>" + sentence.repeat(6) + "</p>"))) {
            text = new PDFTextStripper().getText(document);
        }

        assertThat(text.strip().lines().toList()).hasSizeGreaterThan(1).allMatch(line -> line.length() < 120);
        assertThat(text.replaceAll("\\s", "")).isEqualTo(sentence.repeat(6));
    }

    @Test
    void aCharacterForPrivateUseStandsForNothingOfOurs() throws IOException {
        try (PDDocument document = Loader.loadPDF(page("<p>[\uE000]</p><p>漢</p>"))) {
            assertThat(new PDFTextStripper().getText(document)).contains("[").containsOnlyOnce("漢");
        }
    }

    @Test
    void whatNoFontHasIsPrintedAsASignInItsPlace() throws IOException {
        assertThat(documents.prints("漢字 \uD81A\uDC00")).as("Bamum").isFalse();
        try (PDDocument document = Loader.loadPDF(page("<p>漢 \uD81A\uDC00</p>"))) {
            assertThat(new PDFTextStripper().getText(document)).contains("漢 #");
        }
    }

    private static long ink(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 72);
            long dark = 0;
            for (int y = 0; y < page.getHeight(); y++) {
                for (int x = 0; x < page.getWidth(); x++) {
                    dark += (page.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
                }
            }
            return dark;
        }
    }
}
