package dev.laurel.credential.proof;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON-LD contexts that Laurel knows, shipped byte for byte. Nothing is ever fetched: what a signature covers must not
 * depend on what a server answers today.
 */
public final class PinnedContexts implements DocumentLoader {

    public static final String CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";

    public static final String OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /** Defines the types of 1EdTech for status and refresh. */
    public static final String EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    /** Of Comprehensive Learner Records. It is named only, and not shipped: docs/decisions/017. */
    public static final String LEARNER_RECORD = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

    /** The contexts of every credential that Laurel writes, in the order that Open Badges asks for. */
    public static final List<String> OF_AN_ACHIEVEMENT_CREDENTIAL = List.of(CREDENTIALS_V2, OPEN_BADGES);

    /** The same of one that names a type of the extensions. */
    public static final List<String> WITH_EXTENSIONS = List.of(CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS);

    public static final String CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1";

    /** The first part of all contexts of Open Badges 3.0. */
    public static final String OPEN_BADGES_ANY = "https://purl.imsglobal.org/spec/ob/v3p0/context";

    private static final Map<String, String> OF_OTHERS = Map.of(
            CREDENTIALS_V1,
            "credentials-v1.jsonld",
            OPEN_BADGES_ANY + ".json",
            "open-badges-3.0.0.json",
            OPEN_BADGES_ANY + "-3.0.1.json",
            "open-badges-3.0.1.json",
            OPEN_BADGES_ANY + "-3.0.2.json",
            "open-badges-3.0.2.json",
            "https://w3id.org/security/suites/ed25519-2020/v1",
            "ed25519-2020-v1.jsonld",
            "https://w3id.org/security/data-integrity/v1",
            "data-integrity-v1.jsonld",
            "https://w3id.org/security/data-integrity/v2",
            "data-integrity-v2.jsonld",
            "https://w3id.org/vc/status-list/2021/v1",
            "status-list-2021-v1.jsonld",
            "https://www.w3.org/ns/credentials/status/v1",
            "bitstring-status-list-v1.jsonld");

    private final Map<URI, Document> documents;

    PinnedContexts(Map<URI, Document> documents) {
        this.documents = Map.copyOf(documents);
    }

    /** What Laurel signs with. */
    public static PinnedContexts shipped() {
        return new PinnedContexts(Map.of(
                URI.create(CREDENTIALS_V2), resource("credentials-v2.jsonld"),
                URI.create(OPEN_BADGES), resource("open-badges-3.0.3.json"),
                URI.create(EXTENSIONS), resource("open-badges-extensions.json")));
    }

    /** What badges of others are read with: also all that Open Badges 3.0 was ever published with. */
    public static PinnedContexts ofOthers() {
        Map<URI, Document> all = new HashMap<>(shipped().documents);
        OF_OTHERS.forEach((url, file) -> all.put(URI.create(url), resource(file)));
        return new PinnedContexts(all);
    }

    /** Whether it would be loaded. */
    public boolean knows(String url) {
        return documents.keySet().stream().anyMatch(known -> known.toString().equals(url));
    }

    static Document resource(String name) {
        try (InputStream in = PinnedContexts.class.getResourceAsStream("/dev/laurel/credential/contexts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The context " + name + " is not in this build");
            }
            return JsonDocument.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonLdError e) {
            throw new IllegalStateException("The context " + name + " cannot be read", e);
        }
    }

    @Override
    public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
        Document document = documents.get(url);
        if (document == null) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "Not pinned: " + url);
        }
        return document;
    }
}
