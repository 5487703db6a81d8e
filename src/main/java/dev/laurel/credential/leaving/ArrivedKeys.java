package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.Jwk;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.VcJwt;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the keys of an issuer signed, under any of its DIDs: asked of the keys themselves, without a look at any address. */
final class ArrivedKeys {

    static final String PURPOSE = "arrived-issuer-key";

    static final String ED25519 = "Ed25519";

    private static final byte[] SAMPLE = "Is this your key?".getBytes(StandardCharsets.US_ASCII);

    /** Bits; larger ones keep us busy for whoever made the archive. */
    private static final int LARGEST_RSA = 4096;

    /** Bytes of PKCS #8, of such a key. */
    private static final int LARGEST_PRIVATE = 2_500;

    private final Map<String, IssuerPapers.Key> ofProofs = new HashMap<>();

    private final Map<String, IssuerPapers.Key> ofJwts = new HashMap<>();

    /**
     * Asks each key first whether it is what it says.
     *
     * @throws ArchiveRefusedException where a private key is not that of the public one or is missing while the key still signs, or a key is larger than any of ours
     */
    ArrivedKeys(ArrivingIssuer issuer) {
        for (IssuerPapers.Key key : issuer.keys()) {
            if (!isPair(key)) {
                throw new ArchiveRefusedException(
                        Reason.KEYS, issuer.dids().get(0) + "#" + ArchiveReader.shown(key.fragment()));
            }
            (key.algorithm().equals(ED25519) ? ofProofs : ofJwts).putIfAbsent(key.fragment(), key);
        }
    }

    private static boolean isPair(IssuerPapers.Key key) {
        try {
            if (key.privateKey().length == 0) {
                return key.retiredAt() != null && isKey(key);
            }
            if (key.algorithm().equals(ED25519)) {
                return key.privateKey().length == 32
                        && Multikey.ofEd25519(Ed25519.publicKey(key.privateKey()))
                                .equals(key.publicKey());
            }
            JwsKeys algorithm = JwsKeys.of(key.algorithm());
            PublicKey shown = Jwk.publicKey(key.publicKey());
            if (key.privateKey().length > LARGEST_PRIVATE || isTooLarge(shown)) {
                return false;
            }
            byte[] signature =
                    algorithm.signer(key.fragment(), key.privateKey()).sign(SAMPLE);
            return algorithm.verify(shown, SAMPLE, signature);
        } catch (BadCredentialException | IllegalStateException e) {
            return false;
        }
    }

    /** Whether it is a public key of its kind at all. */
    private static boolean isKey(IssuerPapers.Key key) {
        if (key.algorithm().equals(ED25519)) {
            Multikey.toEd25519(key.publicKey());
            return true;
        }
        JwsKeys.of(key.algorithm());
        return !isTooLarge(Jwk.publicKey(key.publicKey()));
    }

    private static boolean isTooLarge(PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() > LARGEST_RSA;
    }

    /** Whether one of the keys, named by this DID, signed the document, at a time when it signed. */
    boolean signed(EddsaRdfc2022 suite, String did, JsonObject document) {
        try {
            JsonObject proof = EddsaRdfc2022.onlyProof(document);
            Instant created = Instant.parse(proof.getString("created", ""));
            return "assertionMethod".equals(proof.getString("proofPurpose", ""))
                    && named(ofProofs, did + "#", proof.getString("verificationMethod", ""))
                            .filter(key -> key.retiredAt() == null || created.isBefore(key.retiredAt()))
                            .filter(key -> suite.verify(document, Multikey.toEd25519(key.publicKey())))
                            .isPresent();
        } catch (BadCredentialException | DateTimeException e) {
            return false;
        }
    }

    /** Whether one of the keys, named by its address below that of this DID, signed the JWT. */
    boolean signed(String did, byte[] compact) {
        try {
            String kid = VcJwt.header(compact).kid();
            Optional<IssuerPapers.Key> key = named(ofJwts, "https:" + keysOf(did), kid)
                    // An installation whose address was http once has keys of that time.
                    .or(() -> named(ofJwts, "http:" + keysOf(did), kid));
            if (key.isEmpty()) {
                return false;
            }
            VcJwt.requireSignature(
                    compact,
                    JwsKeys.of(key.get().algorithm()),
                    Jwk.publicKey(key.get().publicKey()));
            return true;
        } catch (BadCredentialException e) {
            return false;
        }
    }

    /** Where the keys of a DID stand one by one, without the scheme. */
    private static String keysOf(String did) {
        return "//" + address(did) + "/keys/";
    }

    /**
     * Host and path of a {@code did:web}.
     *
     * @see <a href="https://w3c-ccg.github.io/did-method-web/#read-resolve">did:web Method Specification, Read</a>
     */
    static String address(String did) {
        return did.substring("did:web:".length()).replace(':', '/').replace("%3A", ":");
    }

    private static Optional<IssuerPapers.Key> named(Map<String, IssuerPapers.Key> keys, String prefix, String name) {
        return name.startsWith(prefix)
                ? Optional.ofNullable(keys.get(name.substring(prefix.length())))
                : Optional.empty();
    }
}
