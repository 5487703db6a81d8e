package dev.laurel.publication.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDType3Font;

/**
 * A font whose signs are outlines, each with the text that it stands for. Written under characters for private use; what is
 * copied, searched or read aloud is the text.
 *
 * @see <a href="https://pdfa.org/resource/iso-32000-pdf/">ISO 32000-1, 9.6.5 Type 3 Fonts and 9.10.3 ToUnicode CMaps</a>
 */
final class DrawnFont extends PDType3Font {

    /** One byte says which sign is meant. */
    static final int MOST = 255;

    /** Units of an em. */
    static final int EM = 1000;

    private static final int ASCENT = 1069;

    private static final int DESCENT = -293;

    /** CMaps list at most so many together. */
    private static final int TOGETHER = 100;

    private final Map<Integer, Byte> codes = new HashMap<>();

    /**
     * @param text what is meant
     * @param outline operators of a path, in units of {@link #EM}
     * @param advance width in the same units
     */
    record Sign(String text, String outline, int advance) {}

    /** @param signs by the characters that they are written with; at most {@link #MOST} */
    DrawnFont(String name, Map<Integer, Sign> signs) throws IOException {
        super(dictionary(name, List.copyOf(signs.values())));
        byte code = 1;
        for (int character : signs.keySet()) {
            codes.put(character, code++);
        }
    }

    @Override
    protected byte[] encode(int character) {
        Byte code = codes.get(character);
        if (code == null) {
            throw new IllegalArgumentException("Not in this font");
        }
        return new byte[] {code};
    }

    private static COSDictionary dictionary(String name, List<Sign> signs) {
        COSArray names = new COSArray();
        names.add(COSInteger.ONE);
        COSDictionary outlines = new COSDictionary();
        COSArray widths = new COSArray();
        int widest = EM;
        for (int i = 0; i < signs.size(); i++) {
            Sign sign = signs.get(i);
            COSName each = COSName.getPDFName("s" + (i + 1));
            names.add(each);
            outlines.setItem(each, stream(sign.advance() + " 0 d0\n" + sign.outline() + "f\n"));
            widths.add(COSInteger.get(sign.advance()));
            widest = Math.max(widest, sign.advance());
        }
        COSDictionary encoding = new COSDictionary();
        encoding.setItem(COSName.TYPE, COSName.ENCODING);
        encoding.setItem(COSName.DIFFERENCES, names);
        PDRectangle box = new PDRectangle(0, DESCENT, widest, ASCENT - DESCENT);
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE3);
        font.setName(COSName.NAME, name);
        font.setItem(COSName.FONT_BBOX, box);
        COSArray matrix = new COSArray();
        matrix.setFloatArray(new float[] {1f / EM, 0, 0, 1f / EM, 0, 0});
        font.setItem(COSName.FONT_MATRIX, matrix);
        font.setItem(COSName.RESOURCES, new COSDictionary());
        font.setItem(COSName.CHAR_PROCS, outlines);
        font.setItem(COSName.ENCODING, encoding);
        font.setInt(COSName.FIRST_CHAR, 1);
        font.setInt(COSName.LAST_CHAR, signs.size());
        font.setItem(COSName.WIDTHS, widths);
        font.setItem(COSName.FONT_DESC, descriptor(name, box));
        font.setItem(COSName.TO_UNICODE, stream(toUnicode(signs)));
        return font;
    }

    private static PDFontDescriptor descriptor(String name, PDRectangle box) {
        PDFontDescriptor descriptor = new PDFontDescriptor(new COSDictionary());
        descriptor.getCOSObject().setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setFontName(name);
        descriptor.setSymbolic(true);
        descriptor.setFontBoundingBox(box);
        descriptor.setItalicAngle(0);
        descriptor.setAscent(ASCENT);
        descriptor.setDescent(DESCENT);
        descriptor.setCapHeight(EM * 7 / 10);
        descriptor.setStemV(EM / 10);
        return descriptor;
    }

    private static String toUnicode(List<Sign> signs) {
        StringBuilder map = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <00> <FF>
                endcodespacerange
                """);
        HexFormat hex = HexFormat.of().withUpperCase();
        for (int from = 0; from < signs.size(); from += TOGETHER) {
            int to = Math.min(from + TOGETHER, signs.size());
            map.append(to - from).append(" beginbfchar\n");
            for (int i = from; i < to; i++) {
                map.append('<')
                        .append(hex.toHexDigits((byte) (i + 1)))
                        .append("> <")
                        .append(hex.formatHex(signs.get(i).text().getBytes(StandardCharsets.UTF_16BE)))
                        .append(">\n");
            }
            map.append("endbfchar\n");
        }
        return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
                .toString();
    }

    private static COSStream stream(String content) {
        COSStream stream = new COSStream();
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream;
    }
}
