package lms;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LaunchTests {

    private static final TestTool TOOL = new TestTool();

    private static ReferenceLms lms;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        lms = ReferenceLms.builder().tool(TOOL.registration("tool-a")).start();
        TOOL.knows(lms);
    }

    @AfterAll
    static void stop() {
        lms.close();
        TOOL.close();
    }

    @AfterEach
    void stopTampering() {
        lms.tamperWithLaunches(launch -> launch);
    }

    @Test
    void anIdTokenVerifiesWithTheJwksAndCarriesTheCourse() throws Exception {
        SignedJWT idToken = idToken(browser.launch(lms.launch(lms.course().teacher())));

        JWKSet keys = JWKSet.parse(browser.get(URI.create(lms.jwksUrl())).text());
        var key = keys.getKeyByKeyId(idToken.getHeader().getKeyID()).toRSAKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(idToken.verify(new RSASSAVerifier(key))).isTrue();
        var claims = idToken.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(lms.issuer());
        assertThat(claims.getAudience()).containsExactly("tool-a");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("nonce-1");
        assertThat(claims.getStringListClaim(LtiNames.ROLES))
                .containsExactly("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor");
        assertThat(claims.getJSONObjectClaim(LtiNames.CONTEXT)).containsEntry("title", "Academic writing");
        assertThat(claims.getJSONObjectClaim(LtiNames.AGS_ENDPOINT)).containsKeys("lineitems", "lineitem", "scope");
    }

    @Test
    void anAdministratorLaunchesWithoutACourse() throws Exception {
        Page page = browser.launch(lms.launchAsAdministrator(lms.tools().get(0)));

        var claims = idToken(page).getJWTClaimsSet();
        assertThat(claims.getClaims()).doesNotContainKeys(LtiNames.CONTEXT, LtiNames.AGS_ENDPOINT);
        assertThat(claims.getStringListClaim(LtiNames.ROLES))
                .containsExactly("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator");
    }

    @Test
    void aHintIsGoodForOneLaunch() {
        LaunchStart start = lms.launch(lms.course().student(0));
        browser.launch(start);

        assertThat(answer(browser.launch(start)))
                .containsEntry("error", "launch_no_longer_valid")
                .containsEntry("state", "state-1");
    }

    @ParameterizedTest
    @CsvSource({
        "scope, openid profile, invalid_request",
        "response_type, code, invalid_request",
        "response_mode, query, invalid_request",
        "prompt, login, invalid_request",
        "nonce, '', invalid_request",
        "login_hint, somebody, login_required",
        "lti_message_hint, guessed, launch_no_longer_valid",
    })
    void aWrongAuthenticationRequestIsAnsweredWithAnError(String parameter, String value, String error) {
        var request =
                TOOL.authenticationRequest(lms.launch(lms.course().student(0)).parameters());
        request.put(parameter, value);

        Page page = browser.open(URI.create(lms.authUrl() + "?" + LaunchStart.encode(request)));

        assertThat(answer(page)).containsEntry("error", error).doesNotContainKey("id_token");
    }

    @ParameterizedTest
    @CsvSource({"client_id, nobody", "redirect_uri, http://127.0.0.1:1/lti/launch"})
    void nothingIsSentToAnAddressThatIsNotTheTools(String parameter, String value) {
        var request =
                TOOL.authenticationRequest(lms.launch(lms.course().student(0)).parameters());
        request.put(parameter, value);

        Page page = browser.get(URI.create(lms.authUrl() + "?" + LaunchStart.encode(request)));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.forms()).isEmpty();
    }

    @Test
    void aTestCanChangeEveryIdToken() throws Exception {
        lms.tamperWithLaunches(launch -> launch.claim("aud", "another").without("nonce"));

        var claims =
                idToken(browser.launch(lms.launch(lms.course().student(0)))).getJWTClaimsSet();

        assertThat(claims.getAudience()).isEqualTo(List.of("another"));
        assertThat(claims.getClaim("nonce")).isNull();
    }

    @Test
    void aTestCanPostAnIdTokenOfItsOwn() {
        LaunchStart start = lms.launch(lms.course().student(0));
        Browser.AuthenticationRequest request = browser.beginLogin(start);

        Page page = browser.finishLogin(
                request, lms.idToken(start, request.nonce()).unsigned().serialize());

        assertThat(answer(page).get("id_token")).endsWith(".").startsWith("eyJ");
    }

    @Test
    void moodleCallsAnAssistantInstructorAndItsTokensAreShort() throws Exception {
        try (ReferenceLms moodle = ReferenceLms.builder()
                .mode(Mode.MOODLE)
                .tool(TOOL.registration("tool-a"))
                .start()) {
            LaunchStart start = moodle.launch(moodle.course().assistant());

            Map<String, Object> claims = moodle.idToken(start, "n").claims();

            assertThat(claims).doesNotContainKey("azp");
            assertThat((long) claims.get("exp") - (long) claims.get("iat")).isEqualTo(60);
            assertThat(claims.get(LtiNames.ROLES))
                    .isEqualTo(List.of("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"));
            assertThat(((Map<?, ?>) claims.get(LtiNames.AGS_ENDPOINT)).get("lineitem"))
                    .asString()
                    .endsWith("/lineitem?type_id=1");
        }
    }

    private static Map<String, String> answer(Page page) {
        JsonNode json = Json.MAPPER.readTree(page.text());
        return json.properties().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }

    private static SignedJWT idToken(Page page) throws Exception {
        return SignedJWT.parse(answer(page).get("id_token"));
    }
}
