package dev.laurel.credential.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import dev.laurel.Needs;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The known answers of the specification, at every step. */
class EddsaRdfc2022Tests {

    private static final String EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2";

    private static final String SUITE = "eddsa-rdfc-2022/";

    private final Canonicalizer canonicalizer = new Canonicalizer(withExamples());

    private final EddsaRdfc2022 suite = new EddsaRdfc2022(canonicalizer);

    @Test
    void canonicalDocumentIsTheKnownAnswer() throws IOException {
        assertThat(canonicalizer.nQuads(json("unsigned.json"))).isEqualTo(text(SUITE + "canonDocDataInt.txt"));
    }

    @Test
    void canonicalProofOptionsAreTheKnownAnswer() throws IOException {
        assertThat(canonicalizer.nQuads(json(SUITE + "proofConfigDataInt.json")))
                .isEqualTo(text(SUITE + "proofCanonDataInt.txt"));
    }

    @Test
    void bothHashesAreTheKnownAnswers() throws IOException {
        HexFormat hex = HexFormat.of();
        String document = hex.formatHex(EddsaRdfc2022.sha256(canonicalizer.nQuads(json("unsigned.json"))));
        String options =
                hex.formatHex(EddsaRdfc2022.sha256(canonicalizer.nQuads(json(SUITE + "proofConfigDataInt.json"))));

        assertThat(document).isEqualTo(text(SUITE + "docHashDataInt.txt").strip());
        assertThat(options).isEqualTo(text(SUITE + "proofHashDataInt.txt").strip());
        assertThat(options + document)
                .isEqualTo(text(SUITE + "combinedHashDataInt.txt").strip());
    }

    @Test
    void signatureIsTheKnownAnswer() throws IOException {
        JsonObject signed = suite.sign(json("unsigned.json"), knownSigner(), Instant.parse("2023-02-24T23:36:38.9Z"));

        String proofValue = EddsaRdfc2022.onlyProof(signed).getString("proofValue");
        assertThat(proofValue).isEqualTo(text(SUITE + "sigBTC58DataInt.txt").strip());
        assertThat(HexFormat.of().formatHex(Base58.decode(proofValue)))
                .isEqualTo(text(SUITE + "sigHexDataInt.txt").strip());
    }

    @Test
    void theSignedExampleVerifies() throws IOException {
        JsonObject signed = json(SUITE + "signedDataInt.json");

        assertThat(suite.verify(signed, knownPublicKey())).isTrue();
        assertThat(suite.verify(signed, Ed25519.publicKey(new byte[32]))).isFalse();
    }

    /** The signer writes the proof options without the JSON-LD processor; both ways must agree. */
    @Test
    void shortcutForProofOptionsEqualsTheLongWay() {
        String method = "did:web:badges.example%3A8443:issuers:7f0c0e3e-8f5f-4a8b-9a0a-0f6a3c3d2b10#ed25519-1";
        JsonObject options = EddsaRdfc2022.options("2026-02-03T04:05:06Z", method)
                .add(
                        "@context",
                        JsonBytes.JSON
                                .createArrayBuilder()
                                .add(PinnedContexts.CREDENTIALS_V2)
                                .add(PinnedContexts.OPEN_BADGES))
                .build();

        assertThat(EddsaRdfc2022.optionsNQuads("2026-02-03T04:05:06Z", method))
                .isEqualTo(canonicalizer.nQuads(options));
    }

    @Test
    void termsThatNoContextDefinesAreRefused() {
        JsonObject document = JsonBytes.parse("""
                {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:uuid:1", "shoeSize": "44"}""".getBytes());

        assertThatThrownBy(() -> new Canonicalizer(PinnedContexts.shipped()).nQuads(document))
                .isInstanceOf(BadCredentialException.class);
    }

    @Test
    void typesThatNoContextDefinesAreRefused() {
        JsonObject document = JsonBytes.parse("""
                {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:uuid:1", "type": ["Nonsense"]}""".getBytes());

        assertThatThrownBy(() -> new Canonicalizer(PinnedContexts.shipped()).nQuads(document))
                .isInstanceOf(BadCredentialException.class);
    }

    @Test
    void contextsThatAreNotPinnedAreRefused() {
        JsonObject document = JsonBytes.parse("""
                {"@context": ["https://elsewhere.example/context.json"], "id": "urn:uuid:1"}""".getBytes());

        assertThatThrownBy(() -> new Canonicalizer(PinnedContexts.shipped()).nQuads(document))
                .isInstanceOf(BadCredentialException.class);
    }

    /** A presentation that was made for somebody else, passed off as one for us: the same quads, read as other members. */
    @Test
    void aVocabularyOfItsOwnIsNoDisguise() {
        Signer signer = Ed25519.signer("did:key:z6MkTest#z6MkTest", new byte[32]);
        JsonObject presentation = JsonBytes.parse("""
                {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation"}""".getBytes());
        JsonObject options = JsonBytes.parse("""
                {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-02-03T04:05:06Z",
                "verificationMethod": "did:key:z6MkTest#z6MkTest", "proofPurpose": "authentication",
                "challenge": "theirs", "domain": "elsewhere.example"}""".getBytes());
        String value = Base58.encode(signer.sign(suite.signedData(presentation, options)));
        assertThat(verifies(presentation, options, value)).isTrue();

        JsonObject disguised = JsonBytes.parse("""
                {"@context": [{"type": "@type", "VerifiablePresentation": "https://www.w3.org/2018/credentials#VerifiablePresentation",
                "DataIntegrityProof": "https://w3id.org/security#DataIntegrityProof",
                "cryptosuite": {"@id": "https://w3id.org/security#cryptosuite",
                    "@type": "https://w3id.org/security#cryptosuiteString"},
                "created": {"@id": "http://purl.org/dc/terms/created", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
                "verificationMethod": {"@id": "https://w3id.org/security#verificationMethod", "@type": "@id"},
                "proofPurpose": {"@id": "https://w3id.org/security#proofPurpose", "@type": "@vocab"},
                "authentication": "https://w3id.org/security#authenticationMethod",
                "c": "https://w3id.org/security#challenge", "d": "https://w3id.org/security#domain",
                "challenge": "@type", "domain": "@type",
                "ours": "https://w3id.org/security#DataIntegrityProof",
                "laurel.example": "https://w3id.org/security#DataIntegrityProof"}], "type": "VerifiablePresentation"}""".getBytes());
        JsonObject members = JsonBytes.parse("""
                {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-02-03T04:05:06Z",
                "verificationMethod": "did:key:z6MkTest#z6MkTest", "proofPurpose": "authentication",
                "c": "theirs", "d": "elsewhere.example", "challenge": "ours", "domain": "laurel.example"}""".getBytes());
        assertThat(canonicalizer.nQuads(under(disguised, members)))
                .as("the quads are those that were signed")
                .isEqualTo(canonicalizer.nQuads(under(presentation, options)));

        assertThatThrownBy(() -> verifies(disguised, members, value)).isInstanceOf(BadCredentialException.class);
    }

    private boolean verifies(JsonObject document, JsonObject options, String value) {
        JsonObject proof = JsonBytes.JSON
                .createObjectBuilder(options)
                .add("proofValue", value)
                .build();
        JsonObject signed =
                JsonBytes.JSON.createObjectBuilder(document).add("proof", proof).build();
        return suite.verify(signed, proof, Ed25519.publicKey(new byte[32]));
    }

    private static JsonObject under(JsonObject document, JsonObject options) {
        return JsonBytes.JSON
                .createObjectBuilder(options)
                .add("@context", document.get("@context"))
                .build();
    }

    private static Signer knownSigner() throws IOException {
        JsonObject pair = json("keyPair.json");
        byte[] secret = Base58.decode(pair.getString("privateKeyMultibase"));
        String key = "did:key:" + pair.getString("publicKeyMultibase");
        return Ed25519.signer(
                key + "#" + pair.getString("publicKeyMultibase"), Arrays.copyOfRange(secret, 2, secret.length));
    }

    private static byte[] knownPublicKey() throws IOException {
        return Multikey.toEd25519(json("keyPair.json").getString("publicKeyMultibase"));
    }

    private static PinnedContexts withExamples() {
        try {
            Document examples = JsonDocument.of(
                    new StringReader("{\"@context\": {\"@vocab\": \"https://www.w3.org/ns/credentials/examples#\"}}"));
            return new PinnedContexts(Map.of(
                    URI.create(PinnedContexts.CREDENTIALS_V2), PinnedContexts.resource("credentials-v2.jsonld"),
                    URI.create(PinnedContexts.OPEN_BADGES), PinnedContexts.resource("open-badges-3.0.3.json"),
                    URI.create(EXAMPLES), examples));
        } catch (com.apicatalog.jsonld.JsonLdError e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(String file) throws IOException {
        return JsonBytes.parse(Files.readAllBytes(vectors().resolve(file)));
    }

    private static String text(String file) throws IOException {
        return Files.readString(vectors().resolve(file));
    }

    private static Path vectors() {
        return Needs.shared().resolve("fixtures/vectors");
    }
}
