package lms;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.Needs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MoodleReplayTests {

    private static final String TOKEN = "6f930aea5c3bf30d7571e9867a28bc47";

    private static MoodleReplay moodle;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        moodle = MoodleReplay.start(Needs.shared(), URI.create("http://localhost:8080"));
    }

    @AfterAll
    static void stop() {
        if (moodle != null) {
            moodle.close();
        }
    }

    @Test
    void everyCapturedLaunchIsSignedAgainAndOtherwiseAsItWas() throws Exception {
        var key = JWKSet.parse(browser.get(URI.create(moodle.issuer() + "/mod/lti/certs.php"))
                        .text())
                .getKeys()
                .get(0)
                .toRSAKey();

        assertThat(moodle.launches()).hasSizeGreaterThanOrEqualTo(17);
        for (MoodleReplay.Captured launch : moodle.launches()) {
            SignedJWT idToken = SignedJWT.parse(authorize(launch, Map.of()).get("id_token"));
            assertThat(idToken.verify(new RSASSAVerifier(key))).isTrue();
            assertThat(idToken.getHeader().getKeyID()).isEqualTo(key.getKeyID());
            var claims = idToken.getJWTClaimsSet();
            assertThat(claims.getIssuer()).isEqualTo(moodle.issuer());
            assertThat(claims.getStringClaim("nonce")).isEqualTo("n");
            assertThat(claims.getClaims().keySet()).isEqualTo(launch.claims().keySet());
            assertThat(claims.getExpirationTime().getTime()
                            - claims.getIssueTime().getTime())
                    .isEqualTo(60_000);
            assertThat(idToken.getParsedString()).isNotEmpty();
            assertThat(claims.toString()).doesNotContain("localhost:8443", "localhost:9443", "127.0.0.1:9444");
        }
    }

    @Test
    void aWrongUserIsDeniedAsMoodleDoes() {
        assertThat(authorize(moodle.launch("A1.student"), Map.of("login_hint", "3")))
                .containsEntry("error", "access_denied");
    }

    @Test
    void theTokenAnswerCallsItselfHtml() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(moodle.issuer() + "/mod/lti/token.php"))
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).contains(TOKEN);
    }

    @Test
    void servicesAnswerAsCaptured() {
        String lineItems = moodle.issuer() + "/mod/lti/services.php/2/lineitems?type_id=1";

        assertThat(get(lineItems, LtiNames.TYPE_LINE_ITEMS, TOKEN).text())
                .contains("A1 graded")
                .doesNotContain("quiz");
        assertThat(get(lineItems, "*/*", TOKEN).status()).isEqualTo(400);
        assertThat(get(lineItems, LtiNames.TYPE_LINE_ITEMS, "made-up").status()).isEqualTo(401);
        assertThat(get(
                                moodle.issuer() + "/mod/lti/services.php/2/lineitems/4/lineitem/results?type_id=1",
                                LtiNames.TYPE_RESULTS,
                                TOKEN)
                        .text())
                .contains("\"resultScore\":91");
        assertThat(get(
                                moodle.issuer() + "/mod/lti/services.php/CourseSection/2/bindings/1/memberships",
                                LtiNames.TYPE_ROSTER,
                                TOKEN)
                        .text())
                .contains("\"roles\":[\"Learner\"]");
    }

    @Test
    void listsCanComeInTheCapturedPages() {
        moodle.answerInPages(true);
        try {
            Page page = get(
                    moodle.issuer() + "/mod/lti/services.php/2/lineitems?type_id=1", LtiNames.TYPE_LINE_ITEMS, TOKEN);

            String link = new String(
                    page.header("Link").orElseThrow().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(link).contains("rel=“next”").contains("&amp;limit=2").contains(moodle.issuer());
        } finally {
            moodle.answerInPages(false);
        }
    }

    private Map<String, String> authorize(MoodleReplay.Captured launch, Map<String, String> changes) {
        var request = new LinkedHashMap<String, String>();
        request.put("scope", "openid");
        request.put("response_type", "id_token");
        request.put("response_mode", "form_post");
        request.put("prompt", "none");
        request.put("nonce", "n");
        request.put("state", "s");
        request.put("redirect_uri", "http://localhost:8080/lti/launch");
        request.put("client_id", launch.clientId());
        request.put("login_hint", launch.login().get("login_hint"));
        request.put("lti_message_hint", launch.login().get("lti_message_hint"));
        request.putAll(changes);
        return browser.get(URI.create(moodle.issuer() + "/mod/lti/auth.php?" + LaunchStart.encode(request)))
                .forms()
                .get(0)
                .fields();
    }

    private Page get(String url, String accept, String token) {
        return browser.get(URI.create(url), "Accept", accept, "Authorization", "Bearer " + token);
    }
}
