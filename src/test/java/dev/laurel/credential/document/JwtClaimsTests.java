package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.credential.Verification;
import dev.laurel.credential.document.CredentialSamples.Part;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.proof.VcJwt;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What validators of Open Badges let pass in a JWT, and Laurel neither writes nor accepts. Each is signed well. */
class JwtClaimsTests {

    private final TestIssuer issuer = new TestIssuer();

    private final AchievementCredential credential = issuer.samples(5).of(Set.of(Part.UNTIL, Part.EMAIL_OF_HOLDER));

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RS256", "ES256"})
    void itIsSignedAsOthersExpectAndItsClaimsAreTheCredentials(KeyAlgorithm algorithm) throws Exception {
        byte[] jwt = issuer.jwt(issuer.embedded(credential), algorithm);

        SignedJWT read = SignedJWT.parse(new String(jwt, StandardCharsets.US_ASCII));
        JWK key = JWK.parse(issuer.key(algorithm).publicKey());
        assertThat(read.verify(
                        algorithm == KeyAlgorithm.RS256
                                ? new RSASSAVerifier(key.toRSAKey())
                                : new ECDSAVerifier(key.toECKey())))
                .isTrue();
        assertThat(key.isPrivate()).isFalse();
        assertThat(read.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "kid", "typ")
                .containsEntry("alg", algorithm.stored())
                .containsEntry("typ", "JWT")
                .containsEntry("kid", key.getKeyID());
        JsonObject claims = JsonBytes.parse(VcJwt.payload(jwt));
        assertThat(claims.getString("iss")).isEqualTo(issuer.addresses.did(TestIssuer.ID));
        assertThat(claims.getString("jti")).isEqualTo("urn:uuid:" + credential.id());
        assertThat(claims.getString("sub"))
                .isEqualTo("urn:uuid:" + credential.holder().id());
        assertThat(Instant.ofEpochSecond(claims.getInt("nbf")))
                .isEqualTo(credential.dates().validFrom());
        assertThat(Instant.ofEpochSecond(claims.getJsonNumber("exp").longValueExact()))
                .isEqualTo(credential.dates().validUntil());
        assertThat(claims).doesNotContainKeys("vc", "proof");
        assertThat(issuer.verify(jwt).valid()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "iss, did:web:elsewhere.example",
        "jti, urn:uuid:0d8f8a52-3a3b-4f3e-a3c5-5f3a8f7b9c12",
        "sub, mailto:someone@example.org",
        "nbf, 1",
        "exp, 4102444800",
        "iss,",
        "jti,",
        "sub,",
        "nbf,",
        "exp,"
    })
    void aClaimThatIsMissingOrContradictsTheCredentialIsRefused(String claim, String value) {
        byte[] jwt = signed(header("JWT"), claims -> {
            JsonObjectBuilder changed =
                    JsonBytes.JSON.createObjectBuilder(claims).remove(claim);
            if (value != null && value.matches("\\d+")) {
                changed.add(claim, Long.parseLong(value));
            } else if (value != null) {
                changed.add(claim, value);
            }
            return changed.build();
        });

        assertThat(issuer.verify(jwt).checks()).last().isEqualTo(new Verification.Check("verify.shape", false));
    }

    @Test
    void anExpiryOfACredentialThatNeverEndsIsRefused() {
        byte[] jwt = signed(
                header("JWT"),
                claims -> JsonBytes.JSON
                        .createObjectBuilder(claims)
                        .remove("validUntil")
                        .build());

        assertThat(issuer.verify(jwt).valid()).isFalse();
    }

    @Test
    void otherTypesOtherHeadersAndTheOldClaimAreRefused() {
        assertThat(issuer.verify(signed(header("JWT"), UnaryOperator.identity()))
                        .valid())
                .isTrue();
        assertThat(issuer.verify(signed(header("vc+jwt"), UnaryOperator.identity()))
                        .valid())
                .isFalse();
        for (String extra : List.of("cty", "crit", "x5u", "jku")) {
            JsonObject header = JsonBytes.JSON
                    .createObjectBuilder(header("JWT"))
                    .add(extra, "x")
                    .build();
            assertThat(issuer.verify(signed(header, UnaryOperator.identity())).valid())
                    .as(extra)
                    .isFalse();
        }
        JsonObject embeddedKey = JsonBytes.JSON
                .createObjectBuilder(header("JWT"))
                .remove("kid")
                .add("jwk", JsonBytes.JSON.createObjectBuilder().add("kty", "RSA"))
                .build();
        assertThat(issuer.verify(signed(embeddedKey, UnaryOperator.identity())).valid())
                .isFalse();
        assertThat(issuer.verify(signed(
                                header("JWT"),
                                claims -> JsonBytes.JSON
                                        .createObjectBuilder(claims)
                                        .add("vc", JsonBytes.JSON.createObjectBuilder(claims))
                                        .build()))
                        .valid())
                .isFalse();
    }

    @Test
    void neitherNoneNorTheAlgorithmOfAnotherKeyIsTaken() {
        byte[] good = signed(header("JWT"), UnaryOperator.identity());
        String[] parts = new String(good, StandardCharsets.US_ASCII).split("\\.");
        for (String alg : List.of("none", "HS256", "ES256", "EdDSA", "PS256")) {
            JsonObject header = JsonBytes.JSON
                    .createObjectBuilder(header("JWT"))
                    .add("alg", alg)
                    .build();
            for (String signature : List.of("", parts[2])) {
                byte[] forged = (encode(header) + "." + parts[1] + "." + signature).getBytes(StandardCharsets.US_ASCII);
                assertThat(issuer.verify(forged).valid()).as(alg).isFalse();
            }
        }
    }

    @Test
    void aSubjectWithNeitherIdNorIdentifierIsRefused() {
        JsonObject signed = issuer.embedded(credential);
        JsonObject subject = signed.getJsonObject("credentialSubject");
        JsonObject nobody = JsonBytes.JSON
                .createObjectBuilder(credential.toJson())
                .add(
                        "credentialSubject",
                        JsonBytes.JSON.createObjectBuilder(subject).remove("id").remove("identifier"))
                .build();

        byte[] bytes = JsonBytes.write(issuer.suite.sign(nobody, issuer.signer(KeyAlgorithm.ED25519), TestIssuer.NOW));

        assertThat(issuer.verify(bytes).checks()).last().isEqualTo(new Verification.Check("verify.shape", false));
    }

    private JsonObject header(String typ) {
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("alg", "RS256")
                .add("kid", issuer.kid(KeyAlgorithm.RS256))
                .add("typ", typ)
                .build();
    }

    private byte[] signed(JsonObject header, UnaryOperator<JsonObject> change) {
        JsonObject claims = JsonBytes.parse(VcJwt.payload(issuer.jwt(issuer.embedded(credential), KeyAlgorithm.RS256)));
        String text = encode(header) + "." + encode(change.apply(claims));
        Signer signer = issuer.signer(KeyAlgorithm.RS256);
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.US_ASCII));
        return (text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(JsonObject json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonBytes.write(json));
    }
}
