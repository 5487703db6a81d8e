package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the keys of an issuer signed: asked of the keys themselves, without any address. */
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
    ArrivedKeys(String did, List<IssuerPapers.Key> keys) {
        for (IssuerPapers.Key key : keys) {
            if (!isPair(key)) {
                throw new ArchiveRefusedException(Reason.KEYS, did + "#" + ArchiveReader.shown(key.fragment()));
            }
            if (key.algorithm().equals(ED25519)) {
                ofProofs.putIfAbsent(did + "#" + key.fragment(), key);
            } else {
                ofJwts.putIfAbsent(Jwk.id(key.publicKey()), key);
            }
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

    /** Whether one of the keys signed the document, at a time when it signed. */
    boolean signed(EddsaRdfc2022 suite, JsonObject document) {
        try {
            JsonObject proof = EddsaRdfc2022.onlyProof(document);
            Instant created = Instant.parse(proof.getString("created", ""));
            return "assertionMethod".equals(proof.getString("proofPurpose", ""))
                    && Optional.ofNullable(ofProofs.get(proof.getString("verificationMethod", "")))
                            .filter(key -> key.retiredAt() == null || created.isBefore(key.retiredAt()))
                            .filter(key -> suite.verify(document, Multikey.toEd25519(key.publicKey())))
                            .isPresent();
        } catch (BadCredentialException | DateTimeException e) {
            return false;
        }
    }

    /** The credential of a JWT that one of the keys signed; empty where none did. */
    Optional<JsonObject> signedInside(byte[] compact) {
        try {
            VcJwt.Header header = VcJwt.header(compact);
            IssuerPapers.Key key = ofJwts.get(header.kid());
            if (key == null) {
                return Optional.empty();
            }
            VcJwt.requireSignature(compact, JwsKeys.of(key.algorithm()), Jwk.publicKey(key.publicKey()));
            return Optional.of(VcJwt.withoutClaims(JsonBytes.parse(VcJwt.payload(compact))));
        } catch (BadCredentialException e) {
            return Optional.empty();
        }
    }
}
