package dev.laurel.gradebook.event;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.LaurelTest;
import dev.laurel.WireMocks;
import dev.laurel.platform.http.OutboundHttp;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** What Canvas signs is believed by the keys that it publishes, this month's and the next. */
@LaurelTest
class CanvasSignaturesIntegrationTests {

    @Autowired
    OutboundHttp http;

    @RegisterExtension
    final WireMockExtension server = WireMocks.onLoopback();

    private CanvasSignatures signatures;

    private final RSAKey october = key("2026-10");

    private final RSAKey november = key("2026-11");

    @BeforeEach
    void octobersKeyIsPublished() throws Exception {
        signatures = new CanvasSignatures(http, WireMocks.address(server).resolve("/jwks"));
        publish(october);
    }

    @Test
    void anEventThatCanvasSignedIsReadAndItsKeysAreFetchedOnce() throws Exception {
        assertThat(signatures.payload(signed(october)))
                .hasValueSatisfying(payload -> assertThat(payload).contains("grade_change", "\"student_id\":\"812\""));
        assertThat(signatures.payload(signed(october))).isPresent();

        server.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void aKeyThatIsNewThisMonthIsFetchedAndTheOldOneIsBelievedNoMore() throws Exception {
        assertThat(signatures.payload(signed(october))).isPresent();
        publish(november);

        assertThat(signatures.payload(signed(november))).isPresent();
        assertThat(signatures.payload(signed(october))).isEmpty();
    }

    @Test
    void whatAnotherKeyOfTheSameNameSignedIsNotBelieved() throws Exception {
        assertThat(signatures.payload(signed(key("2026-10")))).isEmpty();
    }

    @Test
    void whereTheKeysCannotBeHadNothingIsBelieved() throws Exception {
        server.stubFor(get(anyUrl()).willReturn(WireMocks.html(503)));

        assertThat(signatures.payload(signed(october))).isEmpty();
    }

    private void publish(RSAKey key) {
        server.stubFor(get(anyUrl()).willReturn(WireMocks.json(new JWKSet(key.toPublicJWK()).toString())));
    }

    private static String signed(RSAKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .claim("metadata", Map.of("event_name", "grade_change"))
                        .claim("body", Map.of("student_id", "812"))
                        .build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
