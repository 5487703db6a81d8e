package dev.laurel.credential.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of documents that differ only in some values, without expanding each of them anew. The quads of one of
 * them are kept before canonicalisation; for another one its values are put in and only the blank nodes that such a value
 * touches are hashed again. Where all first-degree hashes differ, their order is the order of labels by definition (RDFC-1.0,
 * 4.4.3, steps 3 and 4). Where two are equal, {@link #hash} says nothing and the long way has to be gone.
 *
 * @see <a href="https://www.w3.org/TR/rdf-canon/#canon-algo-algo">RDF Dataset Canonicalization 1.0, 4.4</a>
 */
public final class QuadTemplate {

    /** Labels of blank nodes depend on values, so there are some orders of them, and not many. */
    private static final int MOST_ORDERS = 64;

    /** An identifier that stands in a quad as it is. */
    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[A-Za-z0-9._:/?&=%~-]+");

    /** Of UTF-8 this is the order of code points. */
    private static final Comparator<byte[]> BY_CODE_POINT = Arrays::compareUnsigned;

    private static final byte[] SELF = utf8("_:a");

    private static final byte[] OTHER = utf8("_:z");

    /** What a line is made of: a text that never changes, a value, or a blank node. */
    private sealed interface Part permits Text, Slot, Blank {}

    // Not a record: it is never compared.
    private static final class Text implements Part {

        private final byte[] utf8;

        private Text(String text) {
            this.utf8 = utf8(text);
        }
    }

    private record Slot(int number, boolean literal) implements Part {}

    private record Blank(int number) implements Part {}

    private record Line(List<Part> parts) {

        boolean hasSlots() {
            return parts.stream().anyMatch(Slot.class::isInstance);
        }

        boolean mentions(int blank) {
            return parts.contains(new Blank(blank));
        }
    }

    /**
     * What the first-degree hash of a blank node is made of.
     *
     * @param constant lines as the hash wants them, in order
     */
    private record Mentions(byte[][] constant, List<Line> slotted) {}

    /** Values as they stand in quads. */
    private record Values(byte[][] literals, byte[][] identifiers) {}

    private static final Values NO_VALUES = new Values(new byte[0][], new byte[0][]);

    private final int slots;

    private final boolean[] identifier;

    /** Lines with a value in them. */
    private final List<Line> slotted;

    private final List<Line> constant;

    /** By blank node. */
    private final List<Mentions> mentions = new ArrayList<>();

    /** The first-degree hashes of the blank nodes that no value touches. */
    private final byte[] @Nullable [] hashes;

    private final byte[][] canonicalLabels;

    /** By the order of the blank nodes. */
    private final Map<List<Integer>, byte[][]> constantLines = new ConcurrentHashMap<>();

    private QuadTemplate(int slots, List<Line> lines, int blanks) {
        this.slots = slots;
        this.slotted = lines.stream().filter(Line::hasSlots).toList();
        this.constant = lines.stream().filter(line -> !line.hasSlots()).toList();
        this.identifier = new boolean[slots];
        lines.forEach(line -> line.parts().forEach(part -> {
            if (part instanceof Slot slot && !slot.literal()) {
                identifier[slot.number()] = true;
            }
        }));
        this.hashes = new byte[blanks][];
        this.canonicalLabels = new byte[blanks][];
        for (int blank = 0; blank < blanks; blank++) {
            canonicalLabels[blank] = utf8("_:c14n" + blank);
            Mentions mentioning = mentions(blank);
            mentions.add(mentioning);
            if (mentioning.slotted().isEmpty()) {
                hashes[blank] = hash(blank, NO_VALUES);
            }
        }
    }

    private Mentions mentions(int blank) {
        return new Mentions(
                inOrder(constant.stream().filter(line -> line.mentions(blank)).toList(), seenFrom(blank)),
                slotted.stream().filter(line -> line.mentions(blank)).toList());
    }

    /**
     * @param quads of the document, each a line of N-Quads with the labels of its blank nodes
     * @param tokens that stand in the document where values are to be; letters, digits and {@code -.:} only
     * @return {@code null} where the document is nothing that a template can be made of
     */
    static @Nullable QuadTemplate of(Collection<Canonicalizer.RawQuad> quads, List<String> tokens) {
        Map<String, Integer> blanks = new TreeMap<>();
        List<Line> lines = new ArrayList<>();
        for (Canonicalizer.RawQuad quad : quads) {
            List<Part> parts = new ArrayList<>();
            add(parts, quad.subject(), false, tokens, blanks);
            parts.add(new Text(" " + quad.predicate() + " "));
            add(parts, quad.object(), quad.literal(), tokens, blanks);
            String graph = quad.graph();
            if (graph != null) {
                parts.add(new Text(" "));
                add(parts, graph, false, tokens, blanks);
            }
            parts.add(new Text(" .\n"));
            lines.add(new Line(List.copyOf(parts)));
        }
        return new QuadTemplate(tokens.size(), lines, blanks.size());
    }

    private static void add(
            List<Part> parts, String term, boolean literal, List<String> tokens, Map<String, Integer> blanks) {
        if (term.startsWith("_:")) {
            parts.add(new Blank(blanks.computeIfAbsent(term, label -> blanks.size())));
            return;
        }
        int from = 0;
        for (int at = 0; at < term.length(); at++) {
            for (int number = 0; number < tokens.size(); number++) {
                if (term.startsWith(tokens.get(number), at)) {
                    parts.add(new Text(term.substring(from, at)));
                    parts.add(new Slot(number, literal));
                    at += tokens.get(number).length() - 1;
                    from = at + 1;
                    break;
                }
            }
        }
        parts.add(new Text(term.substring(from)));
    }

    /** @return the SHA-256 of the canonical form; {@code null} where these values are no ones that the short way is sound for */
    public byte @Nullable [] hash(List<String> values) {
        Values filled = values(values);
        if (filled == null) {
            return null;
        }
        byte[][] all = new byte[hashes.length][];
        for (int blank = 0; blank < all.length; blank++) {
            byte[] known = hashes[blank];
            all[blank] = known == null ? hash(blank, filled) : known;
        }
        Integer[] order = new Integer[all.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(blank -> all[blank], Arrays::compareUnsigned));
        byte[][] labels = new byte[all.length][];
        for (int i = 0; i < all.length; i++) {
            if (i > 0 && Arrays.equals(all[order[i]], all[order[i - 1]])) {
                return null;
            }
            labels[order[i]] = canonicalLabels[i];
        }
        return hash(constants(List.of(order), blank -> labels[blank]), slotted, filled, blank -> labels[blank]);
    }

    private @Nullable Values values(List<String> values) {
        if (values.size() != slots) {
            return null;
        }
        byte[][] literals = new byte[slots][];
        byte[][] identifiers = new byte[slots][];
        for (int i = 0; i < slots; i++) {
            String value = values.get(i);
            boolean plain = PLAIN_IDENTIFIER.matcher(value).matches();
            if (!plain && (identifier[i] || !UTF_8.newEncoder().canEncode(value))) {
                return null;
            }
            identifiers[i] = utf8(value);
            literals[i] = plain ? identifiers[i] : utf8(Canonicalizer.escaped(value));
        }
        return new Values(literals, identifiers);
    }

    private byte[] hash(int blank, Values values) {
        Mentions mentioning = mentions.get(blank);
        return hash(mentioning.constant(), mentioning.slotted(), values, seenFrom(blank));
    }

    private static Labels seenFrom(int blank) {
        return other -> other == blank ? SELF : OTHER;
    }

    private byte[][] constants(List<Integer> order, Labels labels) {
        byte[][] known = constantLines.get(order);
        if (known != null) {
            return known;
        }
        byte[][] sorted = inOrder(constant, labels);
        if (constantLines.size() < MOST_ORDERS) {
            constantLines.put(order, sorted);
        }
        return sorted;
    }

    /** Lines without values, each once. */
    private static byte[][] inOrder(List<Line> lines, Labels labels) {
        Set<byte[]> written = new TreeSet<>(BY_CODE_POINT);
        lines.forEach(line -> written.add(write(line, NO_VALUES, labels)));
        return written.toArray(byte[][]::new);
    }

    /** Of both in order, each line once. */
    private static byte[] hash(byte[][] constants, List<Line> slotted, Values values, Labels labels) {
        MessageDigest digest = EddsaRdfc2022.sha256();
        byte[][] written = new byte[slotted.size()][];
        Arrays.setAll(written, i -> write(slotted.get(i), values, labels));
        Arrays.sort(written, BY_CODE_POINT);
        int next = 0;
        byte @Nullable [] last = null;
        for (byte[] line : written) {
            if (Arrays.equals(line, last)) {
                continue;
            }
            last = line;
            int at = Arrays.binarySearch(constants, next, constants.length, line, BY_CODE_POINT);
            int until = at >= 0 ? at : -at - 1;
            while (next < until) {
                digest.update(constants[next++]);
            }
            if (at < 0) {
                digest.update(line);
            }
        }
        while (next < constants.length) {
            digest.update(constants[next++]);
        }
        return digest.digest();
    }

    private interface Labels {

        byte[] of(int blank);
    }

    private static byte[] write(Line line, Values values, Labels labels) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(256);
        for (Part part : line.parts()) {
            if (part instanceof Text fixed) {
                text.writeBytes(fixed.utf8);
            } else if (part instanceof Slot slot) {
                text.writeBytes(
                        slot.literal() ? values.literals()[slot.number()] : values.identifiers()[slot.number()]);
            } else if (part instanceof Blank blank) {
                text.writeBytes(labels.of(blank.number()));
            }
        }
        return text.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
