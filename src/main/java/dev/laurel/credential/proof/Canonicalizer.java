package dev.laurel.credential.proof;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdOptions.ProcessingPolicy;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.uri.UriValidationPolicy;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.canon.RdfCanonTicker;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * JSON-LD to canonical N-Quads. Terms that no context defines and relative identifiers are refused: the usual defaults drop
 * them silently, and what is dropped is not signed.
 *
 * @see <a href="https://www.w3.org/TR/rdf-canon/">RDF Dataset Canonicalization 1.0</a>
 */
public final class Canonicalizer {

    /** Relative identifiers end up under it, so that they can be told from real ones. */
    private static final String UNDEFINED = "undefined:/";

    /** A graph made to take long is given up on; a badge needs some hundred steps. */
    private static final int MOST_STEPS = 200_000;

    static final Comparator<String> BY_CODE_POINT = Lines::compareCodePoints;

    private final DocumentLoader contexts;

    public Canonicalizer(DocumentLoader contexts) {
        this.contexts = contexts;
    }

    /** @throws BadCredentialException where the document means something that would not be covered */
    public String nQuads(JsonObject document) {
        RdfCanon canon = RdfCanon.create("SHA-256", new StepLimit());
        Lines lines = new Lines();
        try {
            expand(document, canon);
            canon.provide(lines);
        } catch (RdfConsumerException | IllegalStateException | IllegalArgumentException e) {
            throw notUnderstood(e);
        }
        return lines.text();
    }

    /**
     * What documents have in common that differ only in the values where these tokens stand in this one.
     *
     * @param tokens letters, digits and {@code -.:} only, which occur nowhere else in the document
     * @return {@code null} where no template can be made of it
     * @throws BadCredentialException as {@link #nQuads}
     */
    public @Nullable QuadTemplate template(JsonObject document, List<String> tokens) {
        Raw raw = new Raw();
        expand(document, raw);
        return QuadTemplate.of(raw.quads, tokens);
    }

    private void expand(JsonObject document, RdfQuadConsumer quads) {
        try {
            JsonLd.toRdf(JsonDocument.of(document)).options(options()).provide(new DefinedOnly(quads));
        } catch (JsonLdError | IllegalStateException | IllegalArgumentException e) {
            throw notUnderstood(e);
        }
    }

    private static BadCredentialException notUnderstood(Exception e) {
        return new BadCredentialException(
                "Not understood as JSON-LD: " + e.getClass().getSimpleName(), e);
    }

    /** Terms as N-Quads have them. */
    record RawQuad(
            String subject,
            String predicate,
            String object,
            boolean literal,
            @Nullable String graph) {}

    private static final class Raw implements RdfQuadConsumer {

        private final List<RawQuad> quads = new ArrayList<>();

        @Override
        public RdfQuadConsumer quad(
                String subject,
                String predicate,
                String object,
                @Nullable String datatype,
                @Nullable String language,
                @Nullable String direction,
                @Nullable String graph) {
            boolean literal = datatype != null || language != null;
            quads.add(new RawQuad(
                    NQuadsWriter.resourceOrBlank(subject),
                    NQuadsWriter.resource(predicate),
                    literal
                            ? NQuadsWriter.literal(object, datatype, language, direction)
                            : NQuadsWriter.resourceOrBlank(object),
                    literal,
                    graph == null ? null : NQuadsWriter.resourceOrBlank(graph)));
            return this;
        }
    }

    /** The text of a literal as it stands between the quotes of its N-Quad. */
    static String escaped(String text) {
        String quoted = NQuadsWriter.literal(text, null, null, null);
        return quoted.substring(1, quoted.lastIndexOf('"'));
    }

    private JsonLdOptions options() {
        JsonLdOptions options = new JsonLdOptions(contexts);
        options.setBase(URI.create(UNDEFINED));
        options.setUndefinedTermsPolicy(ProcessingPolicy.Fail);
        // The full check skips what it does not like, with everything below it; DefinedOnly refuses it instead.
        options.setUriValidation(UriValidationPolicy.SchemeOnly);
        return options;
    }

    private static final class StepLimit implements RdfCanonTicker {

        private int steps;

        @Override
        public void tick() {
            if (++steps > MOST_STEPS) {
                throw new IllegalStateException("Too many steps");
            }
        }
    }

    /** Passes quads on unless one of their terms is relative or no identifier at all. */
    private record DefinedOnly(RdfQuadConsumer next) implements RdfQuadConsumer {

        @Override
        public RdfQuadConsumer quad(
                String subject,
                String predicate,
                String object,
                @Nullable String datatype,
                @Nullable String language,
                @Nullable String direction,
                @Nullable String graph)
                throws RdfConsumerException {
            requireIdentifier(subject);
            requireIdentifier(predicate);
            requireIdentifier(datatype == null ? object : datatype);
            next.quad(subject, predicate, object, datatype, language, direction, graph);
            return this;
        }

        private static void requireIdentifier(String term) {
            if (RdfQuadConsumer.isBlank(term)) {
                return;
            }
            try {
                if (!term.startsWith(UNDEFINED) && new URI(term).isAbsolute()) {
                    return;
                }
            } catch (URISyntaxException e) {
                throw new BadCredentialException("Not an identifier", e);
            }
            throw new BadCredentialException("An undefined term or relative identifier");
        }
    }

    /** The lines of the canonical form in code point order, each once. */
    private static final class Lines implements RdfQuadConsumer {

        private final Set<String> lines = new TreeSet<>(BY_CODE_POINT);

        @Override
        public RdfQuadConsumer quad(
                String subject,
                String predicate,
                String object,
                @Nullable String datatype,
                @Nullable String language,
                @Nullable String direction,
                @Nullable String graph) {
            lines.add(NQuadsWriter.nquad(subject, predicate, object, datatype, language, direction, graph));
            return this;
        }

        String text() {
            return String.join("", lines);
        }

        private static int compareCodePoints(String a, String b) {
            int end = Math.min(a.length(), b.length());
            for (int i = 0; i < end; i++) {
                char x = a.charAt(i);
                char y = b.charAt(i);
                if (x != y) {
                    // A surrogate stands for a code point above every other char.
                    boolean differ = Character.isSurrogate(x) != Character.isSurrogate(y);
                    return differ ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
                }
            }
            return Integer.compare(a.length(), b.length());
        }
    }
}
