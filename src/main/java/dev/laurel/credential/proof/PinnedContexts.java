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
import java.util.List;
import java.util.Map;

/**
 * The JSON-LD contexts that Laurel knows, shipped byte for byte. Nothing is ever fetched: what a signature covers must not
 * depend on what a server answers today.
 */
public final class PinnedContexts implements DocumentLoader {

    public static final String CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";

    public static final String OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /** The contexts of every credential that Laurel writes, in the order that Open Badges asks for. */
    public static final List<String> OF_AN_ACHIEVEMENT_CREDENTIAL = List.of(CREDENTIALS_V2, OPEN_BADGES);

    private final Map<URI, Document> documents;

    PinnedContexts(Map<URI, Document> documents) {
        this.documents = Map.copyOf(documents);
    }

    public static PinnedContexts shipped() {
        return new PinnedContexts(Map.of(
                URI.create(CREDENTIALS_V2), resource("credentials-v2.jsonld"),
                URI.create(OPEN_BADGES), resource("open-badges-3.0.3.json")));
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
