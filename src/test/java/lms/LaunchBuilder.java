package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An id_token that is valid until a test changes one thing of it. The header and the claims are written as they stand,
 * however wrong, and signed with the platform's key unless another is named.
 */
public final class LaunchBuilder {

    private final Map<String, Object> header = new LinkedHashMap<>();

    private final Map<String, Object> claims;

    private JWSSigner signer;

    LaunchBuilder(RSAKey key, JWSSigner signer, Map<String, Object> claims) {
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", key.getKeyID());
        this.signer = signer;
        this.claims = new LinkedHashMap<>(claims);
    }

    public LaunchBuilder header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    public LaunchBuilder withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    public LaunchBuilder claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    public LaunchBuilder without(String name) {
        claims.remove(name);
        return this;
    }

    public LaunchBuilder withoutAllClaims() {
        claims.clear();
        return this;
    }

    public Map<String, Object> claims() {
        return claims;
    }

    /** Signs with this key instead. The header's {@code kid} stays as it is. */
    public LaunchBuilder signedWith(RSAKey key) {
        try {
            signer = new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    /** HS256 with these bytes as the secret: what an attacker makes of a public key. */
    public LaunchBuilder macWith(byte[] secret) {
        try {
            signer = new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
        return header("alg", "HS256");
    }

    /** {@code alg} none with an empty signature. */
    public LaunchBuilder unsigned() {
        signer = null;
        return header("alg", "none");
    }

    /** The id_token. */
    public String serialize() {
        String input = encode(header) + "." + encode(claims);
        if (signer == null) {
            return input + ".";
        }
        JWSAlgorithm algorithm = signer instanceof MACSigner ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256;
        try {
            return input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Base64URL encode(Map<String, Object> part) {
        return Base64URL.encode(Json.write(part));
    }
}
