package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import dev.laurel.launch.TestPlatform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whose signature counts. */
class SignatureConformanceTests extends LaunchConformance {

    @Test
    @DisplayName("S01 alg none")
    void unsigned() {
        refused(Refusal.ALGORITHM, a -> a.signing(claims -> new PlainJWT(Attempt.set(claims)).serialize()));
    }

    @Test
    @DisplayName("S01b alg none over a real signature")
    void noneOverASignature() {
        refused(Refusal.TOKEN_MALFORMED, a -> a.header("alg", "none"));
    }

    @Test
    @DisplayName("S01c RS256 without a signature")
    void emptySignature() {
        refused(Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", withoutSignature(a)));
    }

    @Test
    @DisplayName("S02 HS256 with the public key as the secret")
    void publicKeyAsSecret() throws JOSEException {
        MACSigner signer = new MACSigner(platform.key().toRSAPublicKey().getEncoded());
        refused(
                Refusal.ALGORITHM,
                a -> a.signing(claims -> TestPlatform.sign(header(JWSAlgorithm.HS256), Attempt.set(claims), signer)));
    }

    @Test
    @DisplayName("S02b RS512 with the right key")
    void anotherRsaAlgorithm() {
        refused(
                Refusal.ALGORITHM,
                a -> a.signing(claims -> TestPlatform.sign(
                        header(JWSAlgorithm.RS512), Attempt.set(claims), TestPlatform.signer(platform.key()))));
    }

    @Test
    @DisplayName("S03 key in the header (jwk)")
    void keyInTheHeader() {
        RSAKey evil = TestPlatform.newKey(platform.key().getKeyID());
        refused(
                Refusal.SIGNATURE,
                a -> a.header("jwk", evil.toPublicJWK().toJSONObject()).signedBy(evil));
    }

    @Test
    @DisplayName("S03b address of a key set in the header (jku, x5u)")
    void keySetAddressInTheHeader() {
        RSAKey evil = TestPlatform.newKey(otherPlatform.key().getKeyID());
        otherPlatform.publish(evil.toPublicJWK());
        int before = otherPlatform.keySetReads();
        String address = otherPlatform.address() + "/jwks";

        refused(
                Refusal.SIGNATURE,
                a -> a.header("jku", address).header("x5u", address).signedBy(evil));

        assertThat(otherPlatform.keySetReads()).isEqualTo(before);
    }

    @Test
    @DisplayName("S03c critical header that nobody understands")
    void criticalHeader() {
        refused(Refusal.SIGNATURE, a -> a.header("crit", List.of("exp")).header("exp", 1));
    }

    @Test
    @DisplayName("S04 RS256 key of another registered platform")
    void keyOfAnotherPlatform() {
        refused(Refusal.SIGNATURE, a -> a.signedBy(otherPlatform.key()));
    }

    @Test
    @DisplayName("S05 JWK with use enc")
    void keyForEncryption() {
        try (TestPlatform odd = odd()) {
            odd.publish(new RSAKey.Builder(odd.key().toPublicJWK())
                    .keyUse(KeyUse.ENCRYPTION)
                    .build());

            refused(Refusal.KEY_UNKNOWN, attempt(odd, Map.of()));
        }
    }

    @Test
    @DisplayName("S06 JWK without alg and use: accepted")
    void keyWithoutAlgorithm() {
        try (TestPlatform odd = odd()) {
            odd.publish(new RSAKey.Builder(odd.key().toPublicJWK())
                    .algorithm(null)
                    .keyUse(null)
                    .build());

            letIn(attempt(odd, Map.of()));
        }
    }

    @Test
    @DisplayName("S06b JWK with alg RS512")
    void keyForAnotherAlgorithm() {
        try (TestPlatform odd = odd()) {
            odd.publish(new RSAKey.Builder(odd.key().toPublicJWK())
                    .algorithm(JWSAlgorithm.RS512)
                    .build());

            refused(Refusal.KEY_UNKNOWN, attempt(odd, Map.of()));
        }
    }

    @Test
    @DisplayName("S07 two keys, one kid: either signs")
    void twoKeysOfOneName() {
        try (TestPlatform odd = odd()) {
            RSAKey second = TestPlatform.newKey(odd.key().getKeyID());
            odd.publish(odd.key().toPublicJWK(), second.toPublicJWK());

            letIn(attempt(odd, Map.of()));
            letIn(attempt(odd, Map.of()).signedBy(second));
            refused(
                    Refusal.SIGNATURE,
                    attempt(odd, Map.of())
                            .signedBy(TestPlatform.newKey(odd.key().getKeyID())));
        }
    }

    @Test
    @DisplayName("S08 EC key")
    void ellipticCurve() throws JOSEException {
        try (TestPlatform odd = odd()) {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID("key-ec").generate();
            odd.publish(key.toPublicJWK(), odd.key().toPublicJWK());
            ECDSASigner signer = new ECDSASigner(key);
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-ec").build();

            refused(
                    Refusal.ALGORITHM,
                    attempt(odd, Map.of()).signing(claims -> TestPlatform.sign(header, Attempt.set(claims), signer)));
            letIn(attempt(odd, Map.of()));
        }
    }

    @Test
    @DisplayName("S08b RS256 with the kid of an EC key")
    void rsaUnderTheNameOfAnEllipticCurve() throws JOSEException {
        try (TestPlatform odd = odd()) {
            ECKey key =
                    new ECKeyGenerator(Curve.P_256).keyID(odd.key().getKeyID()).generate();
            odd.publish(key.toPublicJWK(), TestPlatform.newKey("another").toPublicJWK());

            refused(Refusal.KEY_UNKNOWN, attempt(odd, Map.of()));
        }
    }

    private TestPlatform odd() {
        TestPlatform odd = new TestPlatform();
        platforms.register(odd.registration(), false);
        return odd;
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(platform.key().getKeyID()).build();
    }

    private static String withoutSignature(Attempt attempt) {
        String token = attempt.token();
        return token.substring(0, token.lastIndexOf('.') + 1);
    }
}
