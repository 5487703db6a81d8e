package dev.laurel.credential.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Multikey;
import jakarta.json.JsonObject;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * A key that signed, and whether it is the issuer's.
 *
 * @param vouch who publishes it as the issuer's key; {@code null} where nobody does
 * @param doubt why it cannot be said to be the issuer's; {@code null} where it is
 */
record FoundKey(JWK key, @Nullable Vouch vouch, @Nullable RefusedException doubt) {

    /** @throws RefusedException where it is no Ed25519 key */
    static byte[] ed25519(JWK key) {
        if (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
            return pair.getDecodedX();
        }
        throw new RefusedException(Reason.KEY_UNREADABLE);
    }

    static JWK ofMultibase(String multibase) {
        try {
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Multikey.toEd25519(multibase))).build();
        } catch (BadCredentialException e) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
    }

    static JWK ofJwk(JsonObject jwk) {
        try {
            return JWK.parse(jwk.toString()).toPublicJWK();
        } catch (ParseException | RuntimeException e) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
    }

    /**
     * The key in a verification method, or in a document that is nothing but a key.
     *
     * @throws RefusedException where there is none that Laurel can use
     */
    static JWK of(JsonObject method) {
        String multibase = Look.text(method, "publicKeyMultibase");
        if (multibase != null) {
            return ofMultibase(multibase);
        }
        JsonObject jwk = Look.object(method, "publicKeyJwk");
        return ofJwk(jwk == null ? method : jwk);
    }

    static boolean same(JWK one, JWK other) {
        try {
            return one.computeThumbprint().equals(other.computeThumbprint());
        } catch (JOSEException e) {
            return false;
        }
    }
}
