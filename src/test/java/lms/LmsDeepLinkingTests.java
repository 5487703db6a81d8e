package lms;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The LMS takes a deep linking response only to the letter, once, and places what it says. */
class LmsDeepLinkingTests {

    private static final String DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";

    private HttpServer toolServer;

    private ReferenceLms lms;

    private Tool tool;

    private RSAKey key;

    @BeforeEach
    void start() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("tool-1").generate();
        toolServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        toolServer.createContext("/lti/jwks.json", exchange -> {
            byte[] body = new JWKSet(List.<JWK>of(key.toPublicJWK())).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        toolServer.start();
        tool = Tool.laurel(
                URI.create("http://127.0.0.1:" + toolServer.getAddress().getPort()));
        lms = ReferenceLms.builder().students(2).tool(tool).start();
    }

    @AfterEach
    void stop() {
        lms.close();
        toolServer.stop(0);
    }

    /** What can be wrong with an answer. */
    enum Fault {
        ISSUER(claims -> claims.issuer("another")),
        AUDIENCE(claims -> claims.audience("https://elsewhere.example")),
        NO_NONCE(claims -> claims.claim("nonce", null)),
        NO_EXPIRY(claims -> claims.expirationTime(null)),
        EXPIRED(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(300)))),
        MESSAGE_TYPE(claims -> claims.claim(LtiNames.MESSAGE_TYPE, "LtiDeepLinkingRequest")),
        VERSION(claims -> claims.claim(LtiNames.VERSION, "1.3")),
        DEPLOYMENT(claims -> claims.claim(LtiNames.DEPLOYMENT_ID, "2")),
        DATA(claims -> claims.claim(DL + "data", "else")),
        NO_ITEMS(claims -> claims.claim(DL + "content_items", null)),
        FILE(claims -> claims.claim(DL + "content_items", List.of(Map.of("type", "file", "url", "x")))),
        FOREIGN_URL(claims -> claims.claim(
                DL + "content_items", List.of(Map.of("type", "ltiResourceLink", "url", "https://evil.example/")))),
        CUSTOM_NUMBER(claims -> claims.claim(
                DL + "content_items", List.of(Map.of("type", "ltiResourceLink", "custom", Map.of("a", 1)))));

        private final UnaryOperator<JWTClaimsSet.Builder> change;

        Fault(UnaryOperator<JWTClaimsSet.Builder> change) {
            this.change = change;
        }
    }

    @Test
    void aGoodAnswerPlacesTheLinkWithItsColumnOnce() throws Exception {
        Map<String, String> settings = begin(true);
        String jwt = sign(answer(settings).build());

        Page taken = post(settings, jwt);
        Page again = post(settings, jwt);

        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.text()).contains("Badge &lt;1&gt;, with the column “Oral” of 12.5 points");
        ResourceLink link = lms.course().links().get(lms.course().links().size() - 1);
        assertThat(link.custom()).containsEntry("badge_id", "b-1");
        assertThat(lms.course().columnCalled("Oral").details().resourceLinkId()).isEqualTo(link.id());
        assertThat(again.status()).isEqualTo(400);
        assertThat(lms.idToken(lms.launch(lms.course(), link, lms.course().student(0)), "n")
                        .claims())
                .containsEntry(LtiNames.CUSTOM, Map.of("badge_id", "b-1"));
    }

    @ParameterizedTest
    @EnumSource
    void anythingAmissIsNotTaken(Fault fault) throws Exception {
        Map<String, String> settings = begin(true);
        int before = lms.course().links().size();

        Page page = post(settings, sign(fault.change.apply(answer(settings)).build()));

        assertThat(page.status()).isEqualTo(400);
        assertThat(lms.course().links()).hasSize(before);
    }

    @Test
    void aForeignKeyAndASecondLinkWhereOneWasAskedForAreNotTaken() throws Exception {
        Map<String, String> settings = begin(false);
        RSAKey other = new RSAKeyGenerator(2048).keyID("tool-1").generate();
        var two = new ArrayList<>(List.of(item(), item()));

        assertThat(post(settings, sign(answer(settings).build(), other)).text()).contains("does not verify");
        assertThat(post(
                                settings,
                                sign(answer(settings)
                                        .claim(DL + "content_items", two)
                                        .build()))
                        .text())
                .contains("One link only");
    }

    /** The settings that the id_token carried. */
    @SuppressWarnings("unchecked")
    private Map<String, String> begin(boolean multiple) {
        LaunchStart start = lms.choose(lms.course(), tool, lms.course().teacher(), multiple);
        Map<String, Object> claims = lms.idToken(start, "n").claims();
        assertThat(claims).doesNotContainKey(LtiNames.RESOURCE_LINK);
        Map<String, Object> settings = (Map<String, Object>) claims.get(LtiNames.DEEP_LINKING_SETTINGS);
        return Map.of(
                "data", (String) settings.get("data"),
                "url", (String) settings.get("deep_link_return_url"));
    }

    private JWTClaimsSet.Builder answer(Map<String, String> settings) {
        return new JWTClaimsSet.Builder()
                .issuer(tool.clientId())
                .audience(lms.issuer())
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", UUID.randomUUID().toString())
                .claim(LtiNames.MESSAGE_TYPE, "LtiDeepLinkingResponse")
                .claim(LtiNames.VERSION, "1.3.0")
                .claim(LtiNames.DEPLOYMENT_ID, "1")
                .claim(DL + "data", settings.get("data"))
                .claim(DL + "content_items", List.of(item()));
    }

    private Map<String, Object> item() {
        return Map.of(
                "type", "ltiResourceLink",
                "title", "Badge <1>",
                "url", tool.targetLinkUri().toString(),
                "custom", Map.of("badge_id", "b-1"),
                "lineItem", Map.of("label", "Oral", "scoreMaximum", 12.5, "resourceId", "r-1", "tag", "badge"));
    }

    private Page post(Map<String, String> settings, String jwt) {
        return new Browser().post(URI.create(settings.get("url")), Map.of("JWT", jwt), "http://tool.example");
    }

    private String sign(JWTClaimsSet claims) throws JOSEException {
        return sign(claims, key);
    }

    private static String sign(JWTClaimsSet claims, RSAKey with) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(), claims);
        jwt.sign(new RSASSASigner(with));
        return jwt.serialize();
    }
}
