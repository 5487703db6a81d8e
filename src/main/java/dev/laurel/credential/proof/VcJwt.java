package dev.laurel.credential.proof;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A credential as VC-JWT: the credential itself with {@code iss}, {@code jti}, {@code nbf}, {@code sub}, and {@code exp} where it
 * ends, beside its members, RS256 or ES256, and no JOSE header but {@code alg}, {@code kid} and {@code typ}.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof">Open Badges 3.0, 8.2 JSON Web Token Proof Format</a>
 */
public final class VcJwt {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private VcJwt() {}

    /** The compact form. An embedded proof is left out: a JWT is a proof of its own. */
    public static byte[] sign(JsonObject credential, Signer signer, String kid) {
        JsonObject header = JsonBytes.JSON
                .createObjectBuilder()
                .add("alg", JwsKeys.of(signer.alg()).name())
                .add("kid", kid)
                .add("typ", "JWT")
                .build();
        JsonObjectBuilder claims =
                JsonBytes.JSON.createObjectBuilder(credential).remove("proof");
        expectedClaims(credential).forEach((name, value) -> {
            if (value instanceof Long number) {
                claims.add(name, number);
            } else {
                claims.add(name, value.toString());
            }
        });
        String signed = encode(JsonBytes.write(header)) + "." + encode(JsonBytes.write(claims.build()));
        byte[] signature = signer.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return (signed + "." + encode(signature)).getBytes(StandardCharsets.US_ASCII);
    }

    /** What the header names: the algorithm and the address of the key. */
    public record Header(JwsKeys alg, String kid) {}

    /**
     * The header; not yet verified.
     *
     * @throws BadCredentialException where it says anything that Open Badges does not want in it
     */
    public static Header header(byte[] compact) {
        JsonObject header = JsonBytes.parse(decode(parts(compact)[0]));
        if (!header.keySet().equals(Set.of("alg", "kid", "typ")) || !"JWT".equals(header.getString("typ", ""))) {
            throw new BadCredentialException("Not the header of a VC-JWT");
        }
        return new Header(JwsKeys.of(header.getString("alg", "")), header.getString("kid", ""));
    }

    /** The bytes of the claims; not yet verified. */
    public static byte[] payload(byte[] compact) {
        return decode(parts(compact)[1]);
    }

    /**
     * Verifies signature and header. The key decides which algorithm it has to be, not the header.
     *
     * @throws BadCredentialException where one of them is not as it must be
     */
    public static void requireSignature(byte[] compact, JwsKeys alg, PublicKey key) {
        if (header(compact).alg() != alg) {
            throw new BadCredentialException("Not the algorithm of the key");
        }
        String text = new String(compact, StandardCharsets.US_ASCII);
        byte[] signed = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        if (!alg.verify(key, signed, decode(parts(compact)[2]))) {
            throw new BadCredentialException("Not a valid signature");
        }
    }

    /**
     * The credential without its registered claims.
     *
     * @throws BadCredentialException where one of them is missing or contradicts the credential
     */
    public static JsonObject withoutClaims(JsonObject claims) {
        Map<String, Object> expected = expectedClaims(claims);
        if (claims.containsKey("exp") && !expected.containsKey("exp")) {
            throw new BadCredentialException("The claim exp contradicts the credential");
        }
        JsonObjectBuilder credential = JsonBytes.JSON.createObjectBuilder(claims);
        expected.forEach((name, value) -> {
            if (!same(claims, name, value)) {
                throw new BadCredentialException("The claim " + name + " contradicts the credential");
            }
            credential.remove(name);
        });
        return credential.build();
    }

    private static String[] parts(byte[] compact) {
        String[] parts = new String(compact, StandardCharsets.US_ASCII).split("\\.", -1);
        if (parts.length != 3) {
            throw new BadCredentialException("Not a compact JWS");
        }
        return parts;
    }

    /** What the registered claims must say of this credential. */
    private static Map<String, Object> expectedClaims(JsonObject credential) {
        try {
            Map<String, Object> expected = new LinkedHashMap<>(Map.of(
                    "iss", credential.getJsonObject("issuer").getString("id"),
                    "jti", credential.getString("id"),
                    "nbf", Instant.parse(credential.getString("validFrom")).getEpochSecond(),
                    "sub", credential.getJsonObject("credentialSubject").getString("id")));
            if (credential.containsKey("validUntil")) {
                expected.put(
                        "exp", Instant.parse(credential.getString("validUntil")).getEpochSecond());
            }
            return expected;
        } catch (NullPointerException | ClassCastException | DateTimeParseException e) {
            throw new BadCredentialException("Not a credential that can be a VC-JWT", e);
        }
    }

    private static boolean same(JsonObject claims, String name, Object expected) {
        if (claims.get(name) instanceof JsonNumber number) {
            return expected instanceof Long value && number.isIntegral() && number.longValue() == value;
        }
        return claims.get(name) instanceof JsonString text && text.getString().equals(expected);
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            if (!encode(bytes).equals(text)) {
                throw new BadCredentialException("Not base64url");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new BadCredentialException("Not base64url", e);
        }
    }
}
