package dev.laurel.credential.check;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JwsKeys;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS of anybody. The algorithms are those that Open Badges knows.
 *
 * @param payload JSON; not yet verified
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof">Open Badges 3.0, 8.2 JSON Web Token Proof Format</a>
 */
record Jws(JsonObject header, JsonObject payload, byte[] signed, byte[] signature) {

    private static final Set<String> HEADERS = Set.of("alg", "kid", "jwk", "typ");

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final int WEAKEST_RSA = 2048;

    private static final int LARGEST_RSA = 8192;

    static Jws parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        String signed = parts[0] + "." + parts[1];
        return new Jws(
                BadgeReader.object(decode(parts[0])),
                BadgeReader.payload(decode(parts[1])),
                signed.getBytes(StandardCharsets.US_ASCII),
                decode(parts[2]));
    }

    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            // The last character has bits to spare: of a signature that was changed there nothing else would tell.
            if (ENCODER.encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As below.
        }
        throw new RefusedException(Reason.JWT_BROKEN);
    }

    /** @throws RefusedException where it is none that Open Badges takes; {@code none} is said for itself */
    JwsKeys algorithm() {
        String alg = Look.text(header, "alg");
        if (alg == null || alg.equalsIgnoreCase("none")) {
            throw new RefusedException(Reason.ALGORITHM_NONE);
        }
        if (alg.startsWith("HS")) {
            // Whoever can check it could have made it.
            throw new RefusedException(Reason.SIGNATURE_WRONG, alg);
        }
        try {
            return JwsKeys.of(alg);
        } catch (BadCredentialException e) {
            throw new RefusedException(Reason.ALGORITHM_UNKNOWN, alg);
        }
    }

    /** A header that Open Badges does not want; {@code null} where there is none. */
    @Nullable
    String unwantedHeader() {
        Set<String> unwanted = new HashSet<>(header.keySet());
        unwanted.removeAll(HEADERS);
        if (!unwanted.isEmpty()) {
            return unwanted.contains("crit") ? "crit" : unwanted.iterator().next();
        }
        String type = Look.text(header, "typ");
        return header.containsKey("typ") && !"JWT".equals(type) ? "typ: " + type : null;
    }

    /** @throws RefusedException where it is not a signature of this key */
    void requireSignature(JWK key) {
        if (!algorithm().verify(publicKey(key), signed, signature)) {
            throw new RefusedException(Reason.SIGNATURE_WRONG);
        }
    }

    private static PublicKey publicKey(JWK key) {
        try {
            if (key instanceof RSAKey rsa && rsa.size() >= WEAKEST_RSA && rsa.size() <= LARGEST_RSA) {
                return rsa.toRSAPublicKey();
            }
            if (key instanceof ECKey ec) {
                return ec.toECPublicKey();
            }
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new RefusedException(Reason.KEY_UNREADABLE);
        }
        throw new RefusedException(Reason.KEY_UNREADABLE);
    }
}
