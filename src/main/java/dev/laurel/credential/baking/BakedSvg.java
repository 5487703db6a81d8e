package dev.laurel.credential.baking;

import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * Badges inside SVG pictures: the first child of the picture. What is written is drawn shapes and nothing else: whatever could run or
 * call another host is left out, whoever drew the picture. No DTD is read, so no entity either.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#baking">Open Badges 3.0, 5.3 Baked Badge</a>
 */
public final class BakedSvg {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private static final String OPEN_BADGES_3 = "https://purl.imsglobal.org/ob/v3p0";

    private static final String OPEN_BADGES_2 = "http://openbadges.org";

    private static final int DEEPEST = 100;

    private static final int LARGEST_TEXT = 1 << 20;

    private static final Set<String> SHAPES = Set.of(
            "svg",
            "g",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polygon",
            "polyline",
            "defs",
            "title",
            "desc",
            "use",
            "symbol",
            "text",
            "tspan",
            "clipPath",
            "mask",
            "pattern",
            "linearGradient",
            "radialGradient",
            "stop");

    private static final XMLInputFactory READERS = XMLInputFactory.newInstance();

    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newInstance();

    static {
        READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        READERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        READERS.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        READERS.setProperty(XMLInputFactory.IS_COALESCING, true);
        READERS.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    }

    private BakedSvg() {}

    /**
     * The picture with this signed JSON inside and no other badge.
     *
     * @throws BadCredentialException where the picture is no SVG
     */
    public static byte[] bake(String svg, byte[] credential) {
        StringWriter baked = new StringWriter(svg.length() + credential.length + 256);
        try {
            XMLStreamReader in = READERS.createXMLStreamReader(new StringReader(svg));
            XMLStreamWriter out = WRITERS.createXMLStreamWriter(baked);
            copy(in, out, new String(credential, StandardCharsets.UTF_8));
            out.close();
        } catch (XMLStreamException e) {
            throw new BadCredentialException("Not an SVG", e);
        }
        return baked.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void copy(XMLStreamReader in, XMLStreamWriter out, String credential) throws XMLStreamException {
        int depth = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!SVG.equals(in.getNamespaceURI()) || !SHAPES.contains(in.getLocalName())) {
                    skip(in);
                    continue;
                }
                requireShallow(++depth);
                out.writeStartElement(in.getLocalName());
                if (depth == 1) {
                    out.writeDefaultNamespace(SVG);
                    out.writeNamespace("openbadges", OPEN_BADGES_3);
                }
                attributes(in, out);
                if (depth == 1) {
                    out.writeStartElement("openbadges", "credential", OPEN_BADGES_3);
                    out.writeCData(credential.replace("]]>", "]]]]><![CDATA[>"));
                    out.writeEndElement();
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                out.writeEndElement();
            } else if (depth > 0 && (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)) {
                out.writeCharacters(in.getText());
            }
        }
    }

    private static void attributes(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            String value = in.getAttributeValue(i);
            boolean plain = in.getAttributeNamespace(i) == null
                    || in.getAttributeNamespace(i).isEmpty();
            if (plain && isHarmless(name.toLowerCase(Locale.ROOT), value)) {
                out.writeAttribute(name, value);
            }
        }
    }

    private static boolean isHarmless(String name, String value) {
        if (name.startsWith("on") || name.equals("style") || name.equals("src")) {
            return false;
        }
        if (name.equals("href")) {
            return value.startsWith("#");
        }
        String plain = value.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
        return !plain.contains("javascript:") && (!plain.contains("url(") || plain.matches("url\\(#[\\w-]+\\)"));
    }

    private static void skip(XMLStreamReader in) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            requireShallow(depth);
        }
    }

    private static void requireShallow(int depth) {
        if (depth > DEEPEST) {
            throw new BadCredentialException("The picture is too deep");
        }
    }

    /**
     * All badges in a picture: JSON, a JWS, or of Open Badges 2.0 the address of an assertion.
     *
     * @throws BadCredentialException where it is no SVG, or broken
     */
    public static List<byte[]> all(byte[] svg) {
        List<byte[]> found = new ArrayList<>();
        try {
            XMLStreamReader in = READERS.createXMLStreamReader(new ByteArrayInputStream(svg));
            int depth = 0;
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    requireShallow(++depth);
                    if (depth == 1 && !"svg".equals(in.getLocalName())) {
                        throw new BadCredentialException("Not an SVG");
                    }
                    if (isBadge(in)) {
                        depth--;
                        found.add(badge(in).getBytes(StandardCharsets.UTF_8));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            throw new BadCredentialException("Not an SVG", e);
        }
        return found;
    }

    private static boolean isBadge(XMLStreamReader in) {
        return OPEN_BADGES_3.equals(in.getNamespaceURI()) && "credential".equals(in.getLocalName())
                || OPEN_BADGES_2.equals(in.getNamespaceURI()) && "assertion".equals(in.getLocalName());
    }

    /** Reads to the end of the element: a text inside counts before the attribute, which only points to it in 2.0. */
    private static String badge(XMLStreamReader in) throws XMLStreamException {
        String verify = in.getAttributeValue(null, "verify");
        String text = in.getElementText().strip();
        String badge = text.isEmpty() && verify != null ? verify.strip() : text;
        if (badge.length() > LARGEST_TEXT) {
            throw new BadCredentialException("The text in the picture is too large");
        }
        return badge;
    }
}
