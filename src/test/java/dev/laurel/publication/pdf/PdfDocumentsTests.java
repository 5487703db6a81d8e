package dev.laurel.publication.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class PdfDocumentsTests {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final PdfDocuments documents = new PdfDocuments(new SpringTemplateEngine(), new PdfSettings(List.of()));

    private byte[] page(String body) {
        return documents.render("<html lang=\"en\"><head><title>Łódź</title><style>body{font-family:"
                + PdfDocuments.FAMILIES + "}</style></head><body>" + body + "</body></html>");
    }

    @Test
    void aScreenReaderFindsTitleLanguageOrderAndAlternatives() throws IOException {
        byte[] pdf =
                page("<h1>Essayist</h1><p>Earned by Ada</p><table><tr><th scope=\"row\">By</th><td>College</td></tr>"
                        + "</table><img alt=\"A green shield\" src=\""
                        + PdfDocuments.picture(Base64.getDecoder().decode(PIXEL)) + "\"/>");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDDocumentCatalog catalog = document.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("en");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Łódź");
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(new String(catalog.getMetadata().toByteArray()))
                    .contains("<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>");
            List<String> structure = new ArrayList<>();
            collect(catalog.getStructureTreeRoot(), structure);
            assertThat(structure).containsSubsequence("H1", "P", "Table", "TR", "TH", "TD", "Figure A green shield");
        }
    }

    private static void collect(PDStructureNode node, List<String> structure) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                String alternative = element.getAlternateDescription();
                structure.add(element.getStructureType() + (alternative == null ? "" : " " + alternative));
                collect(element, structure);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Łódź", "Đặng Thị Hà", "Ελένη Παπαδοπούλου", "Юлія Їжакевич", "שרה כהן", "محمد العربي"})
    void namesOfManyScriptsCanBeReadAndCopied(String name) throws IOException {
        assertThat(documents.prints(name)).isTrue();
        assertThat(text(page("<h1>" + name + "</h1><p>Earned by \u2068" + name + "\u2069 in 2026.</p>")))
                .contains(name)
                .containsPattern("(?s)Earned by.*" + name + ".*in 2026");
    }

    @Test
    void whatThereAreNoLettersForIsKnown() {
        assertThat(documents.prints("漢字")).isFalse();
        assertThat(documents.prints("Essayist 🎓")).isFalse();
        assertThat(documents.prints("Essayist \u2068Ada\u2069")).isTrue();
    }

    @Test
    void theValidatorSeesWhatIsMissing() throws IOException {
        try (PDDocument plain = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            plain.addPage(new PDPage());
            plain.save(out);

            assertThat(VeraPdf.violations(out.toByteArray(), PDFAFlavour.PDFUA_1))
                    .isNotEmpty();
        }
    }

    @Test
    void noAddressIsFollowedAndNoFileOpened(@TempDir Path folder) throws IOException {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String outside = "http://127.0.0.1:" + server.getAddress().getPort();
            Path picture = folder.resolve("secret.png");
            Files.write(picture, Base64.getDecoder().decode(PIXEL));
            byte[] pdf = page("<link rel=\"stylesheet\" href=\"" + outside + "/a.css\"/><style>@import url(" + outside
                    + "/b.css); @font-face{font-family:x;src:url(" + outside
                    + "/c.ttf)} p{font-family:x;background:url("
                    + outside + "/d.png)}</style><p>Text</p><img alt=\"\" src=\"" + outside
                    + "/e.png\"/><img alt=\"\" src=\""
                    + picture.toUri() + "\"/><object data=\"" + outside + "/f\"></object><iframe src=\"" + outside
                    + "/g\"></iframe>");

            assertThat(text(pdf)).contains("Text");
            assertThat(asked).isEmpty();
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getPage(0).getResources().getXObjectNames()).isEmpty();
            }
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"'a\u0000b', ab", "'a\u000Bb', ab", "'a\uFFFEb', ab"})
    void whatCannotStandInXmlIsLeftOut(String typed, String printed) throws IOException {
        assertThat(text(page("<p>" + typed + "</p>"))).contains(printed);
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
