package dev.laurel.credential.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of documents that differ only in some values, without expanding each of them anew. The quads of one of
 * them are kept before canonicalisation; for another one its values are put in and only the blank nodes that such a value
 * touches are hashed again. Where all first-degree hashes differ, their order is the order of labels by definition (RDFC-1.0,
 * 4.4.3, steps 3 and 4). Where two are equal, {@link #nQuads} says nothing and the long way has to be gone.
 *
 * @see <a href="https://www.w3.org/TR/rdf-canon/#canon-algo-algo">RDF Dataset Canonicalization 1.0, 4.4</a>
 */
public final class QuadTemplate {

    /** Labels of blank nodes depend on values, so there are some orders of them, and not many. */
    private static final int MOST_ORDERS = 64;

    /** An identifier that stands in a quad as it is. */
    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[A-Za-z0-9._:/?&=%~-]+");

    private static final Comparator<String> BY_CODE_POINT = Canonicalizer.BY_CODE_POINT;

    /** What a line is made of: a text that never changes, a value, or a blank node. */
    private sealed interface Part permits Text, Slot, Blank {}

    private record Text(String text) implements Part {}

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
    private record Mentions(String[] constant, List<Line> slotted) {}

    /** Values as they stand in quads. */
    private record Values(String[] literals, String[] identifiers) {}

    private static final Values NO_VALUES = new Values(new String[0], new String[0]);

    private final int slots;

    private final boolean[] identifier;

    /** Lines with a value in them. */
    private final List<Line> slotted;

    private final List<Line> constant;

    /** By blank node. */
    private final List<Mentions> mentions = new ArrayList<>();

    /** The first-degree hashes of the blank nodes that no value touches. */
    private final @Nullable String[] hashes;

    private final Map<List<String>, String[]> constantLines = new ConcurrentHashMap<>();

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
        this.hashes = new String[blanks];
        for (int blank = 0; blank < blanks; blank++) {
            Mentions mentioning = mentions(blank);
            mentions.add(mentioning);
            if (mentioning.slotted().isEmpty()) {
                hashes[blank] = hash(blank, NO_VALUES);
            }
        }
    }

    private Mentions mentions(int blank) {
        return new Mentions(
                constant.stream()
                        .filter(line -> line.mentions(blank))
                        .map(line -> write(line, NO_VALUES, seenFrom(blank)))
                        .distinct()
                        .sorted(BY_CODE_POINT)
                        .toArray(String[]::new),
                slotted.stream().filter(line -> line.mentions(blank)).toList());
    }

    /**
     * @param quads of the document, each a line of N-Quads with the labels of its blank nodes
     * @param tokens that stand in the document where values are to be; letters, digits and {@code -.:} only
     * @return {@code null} where the document is nothing that a template can be made of
     */
    static @Nullable QuadTemplate of(Collection<Canonicalizer.RawQuad> quads, List<String> tokens) {
        Map<String, Integer> blanks = new TreeMap<>();
        Set<Line> lines = new LinkedHashSet<>();
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
        return new QuadTemplate(tokens.size(), List.copyOf(lines), blanks.size());
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

    /** @return {@code null} where these values are no ones that the short way is sound for */
    public @Nullable String nQuads(List<String> values) {
        Values filled = values(values);
        if (filled == null) {
            return null;
        }
        String[] all = new String[hashes.length];
        for (int blank = 0; blank < all.length; blank++) {
            String known = hashes[blank];
            all[blank] = known == null ? hash(blank, filled) : known;
        }
        Integer[] order = new Integer[all.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(blank -> all[blank]));
        String[] labels = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            if (i > 0 && all[order[i]].equals(all[order[i - 1]])) {
                return null;
            }
            labels[order[i]] = "_:c14n" + i;
        }
        return merge(constants(labels), written(slotted, filled, blank -> labels[blank]));
    }

    private @Nullable Values values(List<String> values) {
        if (values.size() != slots) {
            return null;
        }
        String[] literals = new String[slots];
        String[] identifiers = new String[slots];
        for (int i = 0; i < slots; i++) {
            String value = values.get(i);
            boolean plain = PLAIN_IDENTIFIER.matcher(value).matches();
            if (identifier[i] && !plain) {
                return null;
            }
            identifiers[i] = value;
            literals[i] = plain ? value : Canonicalizer.escaped(value);
        }
        return new Values(literals, identifiers);
    }

    private String hash(int blank, Values values) {
        Mentions mentioning = mentions.get(blank);
        String text = merge(mentioning.constant(), written(mentioning.slotted(), values, seenFrom(blank)));
        return HexFormat.of().formatHex(EddsaRdfc2022.sha256(text));
    }

    private static Labels seenFrom(int blank) {
        return other -> other == blank ? "_:a" : "_:z";
    }

    private String[] constants(String[] labels) {
        List<String> key = List.of(labels);
        String[] known = constantLines.get(key);
        if (known != null) {
            return known;
        }
        String[] sorted = constant.stream()
                .map(line -> write(line, NO_VALUES, blank -> labels[blank]))
                .sorted(BY_CODE_POINT)
                .toArray(String[]::new);
        if (constantLines.size() < MOST_ORDERS) {
            constantLines.put(key, sorted);
        }
        return sorted;
    }

    private static List<String> written(List<Line> lines, Values values, Labels labels) {
        List<String> written = new ArrayList<>(lines.size());
        for (Line line : lines) {
            written.add(write(line, values, labels));
        }
        written.sort(BY_CODE_POINT);
        return written;
    }

    /** Both in order, each line once. */
    private static String merge(String[] constants, List<String> slotted) {
        StringBuilder text = new StringBuilder(16_384);
        int next = 0;
        String last = "";
        for (String line : slotted) {
            if (line.equals(last)) {
                continue;
            }
            last = line;
            int at = Arrays.binarySearch(constants, next, constants.length, line, BY_CODE_POINT);
            int until = at >= 0 ? at : -at - 1;
            while (next < until) {
                text.append(constants[next++]);
            }
            if (at < 0) {
                text.append(line);
            }
        }
        while (next < constants.length) {
            text.append(constants[next++]);
        }
        return text.toString();
    }

    private interface Labels {

        String of(int blank);
    }

    private static String write(Line line, Values values, Labels labels) {
        StringBuilder text = new StringBuilder(256);
        for (Part part : line.parts()) {
            if (part instanceof Text fixed) {
                text.append(fixed.text());
            } else if (part instanceof Slot slot) {
                text.append(slot.literal() ? values.literals()[slot.number()] : values.identifiers()[slot.number()]);
            } else if (part instanceof Blank blank) {
                text.append(labels.of(blank.number()));
            }
        }
        return text.toString();
    }
}
