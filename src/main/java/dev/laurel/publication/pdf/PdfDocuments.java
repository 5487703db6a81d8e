package dev.laurel.publication.pdf;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Templates as tagged PDF, for screen readers (PDF/UA) and for archives (PDF/A): title, language, order and alternative texts
 * are those of the HTML. Rendering reads nothing besides what the template holds and, for letters that are not shipped, the fonts of
 * the machine: no address is followed and no other file opened.
 *
 * @see <a href="https://pdfa.org/resource/iso-14289-pdfua/">ISO 14289, PDF/UA</a>
 */
@Component
public class PdfDocuments {

    static {
        // It would say at every document how long each part took, and name what was in it.
        XRLog.setLoggingEnabled(false);
    }

    /** Value of {@code font-family}: those that are shipped before those that are drawn. */
    static final String FAMILIES = PdfFonts.FAMILIES + ", " + DrawnLetters.FAMILIES;

    private static final String PICTURE = "data:image/png;base64,";

    /** XML 1.0 has no place for them, however they are written. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final byte[] COLOURS =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    private final ITemplateEngine templates;

    private final PdfFonts fonts = new PdfFonts();

    private final FoundFonts found;

    PdfDocuments(ITemplateEngine templates, PdfSettings settings) {
        this.templates = templates;
        this.found = new FoundFonts(settings.fonts());
        FontMappers.set(new ShippedFontsOnly(fonts.first()));
    }

    /**
     * @param template well-formed XML, which may use {@code fontFamilies} for its styles
     * @param model what it shows; pictures as {@link #picture}
     * @return the bytes of the PDF
     */
    public byte[] render(String template, Map<String, Object> model, Locale locale) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("fontFamilies", FAMILIES);
        return render(templates.process(template, new Context(locale, all)));
    }

    byte[] render(String xhtml) {
        DrawnLetters drawn =
                new DrawnLetters(fonts, found, NOT_XML.matcher(xhtml).replaceAll(""));
        String document = drawn.replaced();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        fonts.addTo(builder);
        drawn.addTo(builder);
        builder.usePdfUaAccessibility(true)
                .usePdfAConformance(PdfAConformance.PDFA_2_A)
                .useColorProfile(COLOURS)
                .withProducer("Laurel")
                .useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory())
                .useUnicodeBidiReorderer(new ICUBidiReorderer())
                .defaultTextDirection(TextDirection.LTR)
                .useUriResolver((base, uri) -> uri.startsWith(PICTURE) ? uri : null);
        for (ExternalResourceControlPriority when : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((uri, type) -> uri.startsWith(PICTURE), when);
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                PdfBoxRenderer renderer =
                        builder.withHtmlContent(document, null).toStream(out).buildPdfRenderer();
                PDDocument pdf = renderer.createPDFKeepOpen()) {
            describeLinks(pdf);
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PDF/UA asks of each link for words beside those that are seen (7.18.5); the renderer writes none. */
    private static void describeLinks(PDDocument pdf) throws IOException {
        for (PDPage page : pdf.getPages()) {
            for (PDAnnotation annotation : page.getAnnotations()) {
                if (annotation instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI to) {
                    link.setContents(to.getURI());
                }
            }
        }
    }

    /** A PNG as the value of {@code src}. */
    public static String picture(byte[] png) {
        return PICTURE + Base64.getEncoder().encodeToString(png);
    }

    /** Whether there are letters for all of a text; what there are none for is printed as a sign in its place. */
    public boolean prints(String text) {
        return fonts.print(text) || DrawnLetters.print(fonts, found, text);
    }
}
