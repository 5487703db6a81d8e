package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The platform's signing keys: the last one signs, all are published. */
final class Keys {

    private final List<RSAKey> published = new CopyOnWriteArrayList<>();

    private volatile Signing current;

    private record Signing(RSAKey key, RSASSASigner signer) {}

    Keys() {
        rotate();
    }

    /** Makes a key that nobody has published. */
    static RSAKey generate(String kid) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void rotate() {
        RSAKey key = generate("lms-" + (published.size() + 1));
        published.add(key);
        try {
            current = new Signing(key, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Withdraws all but the current key. */
    void retireOld() {
        published.removeIf(key -> key != current.key());
    }

    RSAKey current() {
        return current.key();
    }

    RSASSASigner signer() {
        return current.signer();
    }

    String jwks() {
        return new JWKSet(new ArrayList<>(published)).toPublicJWKSet().toString();
    }
}
