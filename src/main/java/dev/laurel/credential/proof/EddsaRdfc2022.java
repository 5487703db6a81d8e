package dev.laurel.credential.proof;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded proof {@code eddsa-rdfc-2022}: Ed25519 over the hash of the canonical proof options followed by the hash of
 * the canonical document.
 *
 * @see <a href="https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022">Data Integrity EdDSA Cryptosuites, 3.2</a>
 */
public final class EddsaRdfc2022 {

    public static final String CRYPTOSUITE = "eddsa-rdfc-2022";

    private static final Set<String> PROOF_MEMBERS =
            Set.of("type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue");

    private static final int SIGNATURE_LENGTH = 64;

    /** Credentials that are signed together have the same. */
    private static volatile @Nullable HashedOptions lastOptions;

    private final Canonicalizer canonicalizer;

    private record HashedOptions(String created, String verificationMethod, byte[] hash) {}

    public EddsaRdfc2022(Canonicalizer canonicalizer) {
        this.canonicalizer = canonicalizer;
    }

    /** The document with {@code proof: [{…}]} at its end. {@code created} counts whole seconds. */
    public JsonObject sign(JsonObject document, Signer signer, Instant created) {
        JsonObject proof = proof(sha256(canonicalizer.nQuads(document)), signer, created);
        return JsonBytes.JSON
                .createObjectBuilder(document)
                .add("proof", JsonBytes.JSON.createArrayBuilder().add(proof))
                .build();
    }

    /** As {@link Canonicalizer#template}. */
    public @Nullable QuadTemplate template(JsonObject document, List<String> tokens) {
        return canonicalizer.template(document, tokens);
    }

    /**
     * The proof of a document, as {@link #sign} makes it.
     *
     * @param documentHash the SHA-256 of its canonical form
     */
    public static JsonObject proof(byte[] documentHash, Signer signer, Instant created) {
        String at = created.truncatedTo(ChronoUnit.SECONDS).toString();
        byte[] data = concat(optionsHash(at, signer.verificationMethod()), documentHash);
        return options(at, signer.verificationMethod())
                .add("proofValue", Base58.encode(signer.sign(data)))
                .build();
    }

    /**
     * Whether the one proof of this document is a valid signature of the key. Purpose, key and dates are the caller's to
     * judge; anything unusual in the proof itself is invalid.
     */
    public boolean verify(JsonObject signed, byte[] publicKey) {
        JsonObject proof = onlyProof(signed);
        if (!proof.keySet().equals(PROOF_MEMBERS)
                || !"DataIntegrityProof".equals(text(proof, "type"))
                || !CRYPTOSUITE.equals(text(proof, "cryptosuite"))) {
            return false;
        }
        byte[] signature = Base58.decode(text(proof, "proofValue"));
        return signature.length == SIGNATURE_LENGTH && Ed25519.verify(publicKey, signedData(signed, proof), signature);
    }

    /**
     * Whether this proof, one of those of the document, is a valid signature of the key, as others make it: also with further
     * members, all of which are signed, and as {@code Ed25519Signature2020}, which is made in the same steps. Purpose, key and
     * dates are the caller's to judge.
     *
     * @throws BadCredentialException where the document means something that would not be covered
     */
    public boolean verify(JsonObject signed, JsonObject proof, byte[] publicKey) {
        byte[] signature;
        try {
            signature = Base58.decode(text(proof, "proofValue"));
        } catch (BadCredentialException e) {
            return false;
        }
        return signature.length == SIGNATURE_LENGTH && Ed25519.verify(publicKey, signedData(signed, proof), signature);
    }

    /** @throws BadCredentialException where there is not exactly one */
    public static JsonObject onlyProof(JsonObject signed) {
        JsonValue proofs = signed.get("proof");
        if (proofs instanceof JsonObject proof) {
            return proof;
        }
        if (proofs == null || proofs.getValueType() != JsonValue.ValueType.ARRAY) {
            throw new BadCredentialException("No proof");
        }
        var array = proofs.asJsonArray();
        if (array.size() != 1 || !(array.get(0) instanceof JsonObject proof)) {
            throw new BadCredentialException("Not exactly one proof");
        }
        return proof;
    }

    /**
     * What is signed: 64 bytes, made of the document without its proof and the proof without its value.
     *
     * @throws BadCredentialException where the document means something that would not be covered, or brings a vocabulary of its own
     */
    byte[] signedData(JsonObject signed, JsonObject proof) {
        requireNamedContexts(signed);
        if (!JsonBytes.keepsNumbers(signed)) {
            throw new BadCredentialException("A number that no double keeps");
        }
        JsonObject document =
                JsonBytes.JSON.createObjectBuilder(signed).remove("proof").build();
        JsonObject config = JsonBytes.JSON
                .createObjectBuilder(proof)
                .remove("proofValue")
                .add("@context", required(signed, "@context"))
                .build();
        return concat(sha256(canonicalizer.nQuads(config)), sha256(canonicalizer.nQuads(document)));
    }

    /**
     * Only contexts that are named by their address, so that every member means what its reader takes it for. With one written
     * down in the document itself, {@code challenge} could be another word for the type, and the signature would not notice.
     */
    private static void requireNamedContexts(JsonValue value) {
        if (value instanceof JsonArray array) {
            array.forEach(EddsaRdfc2022::requireNamedContexts);
        } else if (value instanceof JsonObject object) {
            object.forEach((name, member) -> {
                if (name.equals("@context")) {
                    requireNames(member);
                } else {
                    requireNamedContexts(member);
                }
            });
        }
    }

    private static void requireNames(JsonValue context) {
        boolean named = context instanceof JsonArray several
                ? several.stream().allMatch(JsonString.class::isInstance)
                : context instanceof JsonString;
        if (!named) {
            throw new BadCredentialException("A vocabulary of its own");
        }
    }

    /**
     * The canonical form of the proof options: under the contexts that Laurel writes only these two values ever change, so
     * half of the JSON-LD work of a signature is not done again for each badge. A test compares it with the long way.
     */
    static String optionsNQuads(String created, String verificationMethod) {
        return """
                _:c14n0 <http://purl.org/dc/terms/created> "%s"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
                _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .
                _:c14n0 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .
                _:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
                _:c14n0 <https://w3id.org/security#verificationMethod> <%s> .
                """.formatted(created, verificationMethod);
    }

    private static byte[] optionsHash(String created, String verificationMethod) {
        HashedOptions last = lastOptions;
        if (last == null
                || !last.created().equals(created)
                || !last.verificationMethod().equals(verificationMethod)) {
            last = new HashedOptions(created, verificationMethod, sha256(optionsNQuads(created, verificationMethod)));
            lastOptions = last;
        }
        return last.hash();
    }

    static JsonObjectBuilder options(String created, String verificationMethod) {
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("type", "DataIntegrityProof")
                .add("cryptosuite", CRYPTOSUITE)
                .add("created", created)
                .add("verificationMethod", verificationMethod)
                .add("proofPurpose", "assertionMethod");
    }

    private static String text(JsonObject object, String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new BadCredentialException("No " + name);
    }

    private static JsonValue required(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            throw new BadCredentialException("No " + name);
        }
        return value;
    }

    static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(first.length + second.length);
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }
}
