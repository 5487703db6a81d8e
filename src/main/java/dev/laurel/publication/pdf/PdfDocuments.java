package dev.laurel.publication.pdf;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
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
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Templates as tagged PDF, for screen readers (PDF/UA) and for archives (PDF/A): title, language, order and alternative texts
 * are those of the HTML. Rendering reads nothing besides what the template holds: no address is followed and no file opened.
 *
 * @see <a href="https://pdfa.org/resource/iso-14289-pdfua/">ISO 14289, PDF/UA</a>
 */
@Component
public class PdfDocuments {

    static {
        // It would say at every document how long each part took, and name what was in it.
        XRLog.setLoggingEnabled(false);
    }

    private static final String PICTURE = "data:image/png;base64,";

    /** XML 1.0 has no place for them, however they are written. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final byte[] COLOURS =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    private final ITemplateEngine templates;

    private final PdfFonts fonts = new PdfFonts();

    PdfDocuments(ITemplateEngine templates) {
        this.templates = templates;
        FontMappers.set(new ShippedFontsOnly(fonts.first()));
    }

    /**
     * @param template well-formed XML, which may use {@code fontFamilies} for its styles
     * @param model what it shows; pictures as {@link #picture}
     * @return the bytes of the PDF
     */
    public byte[] render(String template, Map<String, Object> model, Locale locale) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("fontFamilies", PdfFonts.FAMILIES);
        return render(templates.process(template, new Context(locale, all)));
    }

    byte[] render(String xhtml) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        fonts.addTo(builder);
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
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            builder.withHtmlContent(NOT_XML.matcher(xhtml).replaceAll(""), null)
                    .toStream(out)
                    .run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PNG as the value of {@code src}. */
    public static String picture(byte[] png) {
        return PICTURE + Base64.getEncoder().encodeToString(png);
    }

    /** Whether there are letters for all of a text; what there are none for is printed as a sign in its place. */
    public boolean prints(String text) {
        return fonts.print(text);
    }
}
