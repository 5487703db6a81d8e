package dev.laurel.credential.check;

import com.nimbusds.jose.jwk.JWK;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Signatures of others: {@code eddsa-rdfc-2022}, its predecessor {@code Ed25519Signature2020}, and JWS with RS256 and ES256.
 *
 * @see <a href="https://www.w3.org/TR/vc-di-eddsa/">Data Integrity EdDSA Cryptosuites</a>
 */
final class Proofs {

    private static final int MOST = 4;

    private final EddsaRdfc2022 suite;

    private final Clock clock;

    Proofs(EddsaRdfc2022 suite, Clock clock) {
        this.suite = suite;
        this.clock = clock;
    }

    /** The proofs that Laurel can check. Where there is none, or one is not for saying something, this is refused. */
    List<JsonObject> of(JsonObject credential) {
        List<JsonObject> proofs = Look.objects(credential, "proof");
        if (proofs.isEmpty() || proofs.size() > MOST) {
            throw new RefusedException(Reason.PROOF_MISSING);
        }
        List<JsonObject> known = proofs.stream().filter(Proofs::isKnown).toList();
        if (known.isEmpty()) {
            String suite = Look.text(proofs.get(0), "cryptosuite");
            throw new RefusedException(Reason.PROOF_UNKNOWN, suite == null ? Look.text(proofs.get(0), "type") : suite);
        }
        for (JsonObject proof : known) {
            if (!"assertionMethod".equals(Look.text(proof, "proofPurpose"))) {
                throw new RefusedException(Reason.PROOF_PURPOSE, Look.text(proof, "proofPurpose"));
            }
        }
        return known;
    }

    private static boolean isKnown(JsonObject proof) {
        return Look.hasType(proof, "Ed25519Signature2020")
                || Look.hasType(proof, "DataIntegrityProof")
                        && EddsaRdfc2022.CRYPTOSUITE.equals(Look.text(proof, "cryptosuite"));
    }

    /** @throws RefusedException where it is no signature of the key, or what it covers is not understood */
    void requireSignature(JsonObject credential, JsonObject proof, JWK key) {
        if (proof.containsKey("expires")) {
            Instant expires = Look.timeOrNull(Look.text(proof, "expires"));
            if (expires == null || expires.isBefore(clock.instant())) {
                throw new RefusedException(Reason.PROOF_EXPIRED);
            }
        }
        boolean right;
        try {
            right = suite.verify(credential, proof, FoundKey.ed25519(key));
        } catch (BadCredentialException e) {
            throw new RefusedException(Reason.WORD_UNDEFINED);
        } catch (IllegalArgumentException e) {
            // Not a point of the curve.
            throw new RefusedException(Reason.KEY_UNREADABLE);
        } catch (ClassCastException | NullPointerException e) {
            // The library trips over some documents that are no JSON-LD at all.
            throw new RefusedException(Reason.WORD_UNDEFINED);
        }
        if (!right) {
            throw new RefusedException(Reason.SIGNATURE_WRONG);
        }
    }

    /** All in one, where only yes or no matters. */
    void require(JsonObject credential, String issuer, Web web) {
        KeyLookup keys = new KeyLookup(web, issuer);
        for (JsonObject proof : of(credential)) {
            FoundKey key = keys.find(method(proof));
            requireSignature(credential, proof, key.key());
            requireOwn(key);
        }
    }

    void require(Jws jws, String issuer, Web web) {
        FoundKey key = key(jws, new KeyLookup(web, issuer));
        jws.requireSignature(key.key());
        requireOwn(key);
    }

    static String method(JsonObject proof) {
        String method = Look.id(proof, "verificationMethod");
        if (method == null) {
            throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN);
        }
        return method;
    }

    static FoundKey key(Jws jws, KeyLookup keys) {
        JsonObject jwk = Look.object(jws.header(), "jwk");
        String kid = Look.text(jws.header(), "kid");
        if (jwk != null) {
            return keys.brought(FoundKey.ofJwk(jwk));
        }
        if (kid == null) {
            throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN);
        }
        return keys.find(kid);
    }

    private static void requireOwn(FoundKey key) {
        RefusedException doubt = key.doubt();
        if (doubt != null) {
            throw doubt;
        }
    }
}
