package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestBrowser;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers do to a launch, and what comes instead of one. */
class BrowserConformanceTests extends LaunchConformance {

    @ParameterizedTest(name = "{0}")
    @DisplayName("S48 an error in place of the id_token: a page that says what to do")
    @CsvSource({
        "login_required, LOGIN_REQUIRED",
        "interaction_required, LOGIN_REQUIRED",
        "launch_no_longer_valid, LAUNCH_NO_LONGER_VALID",
        "temporarily_unavailable, PLATFORM_BUSY",
        "unauthorized_client, PLATFORM_REFUSED",
        "\"><script>alert(1)</script>, PLATFORM_REFUSED"
    })
    void platformError(String error, Refusal refusal) {
        Attempt attempt = attempt();
        attempt.form.put("id_token", "");
        attempt.form.put("error", error);
        attempt.form.put("error_description", "Ada Teacher must have an active user session");

        assertThat(refused(refusal, attempt).body()).doesNotContain("<script>alert", "active user session");
    }

    @Test
    @DisplayName("S48b an error without a state, or in the query")
    void platformErrorWithoutState() {
        refused(Refusal.LOGIN_REQUIRED, a -> {
            a.form.clear();
            a.form.put("id_token", "");
            a.form.put("error", "login_required");
        });
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        shows(Refusal.LOGIN_REQUIRED, browser.get("/lti/launch?error=login_required&state=x"));
    }

    @ParameterizedTest
    @DisplayName("S49 id_token in three broken parts")
    @ValueSource(
            strings = {"a.b.c", "..", "x", "a.b", "eyJhbGciOiJSUzI1NiJ9.e30", "%00.%00.%00", "é.ü.漢", "bnVsbA.e30.AA"})
    void brokenToken(String token) {
        refused(Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", token));
    }

    @Test
    @DisplayName("S49b id_token in five parts (JWE)")
    void encryptedToken() {
        String header = "eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIn0";
        refused(Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", header + ".a.b.c.d"));
        refused(Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", "a.b.c.d.e"));
    }

    @Test
    @DisplayName("S49c id_token of 200 kB")
    void hugeToken() {
        refused(Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", "x".repeat(200_000)));
        refused(Refusal.TOKEN_MALFORMED, attempt().lti("custom", Map.of("padding", "x".repeat(150_000))));
    }

    @Test
    @DisplayName("S49d id_token of 3 MB")
    void endlessToken() {
        Attempt attempt = attempt();
        attempt.form.put("id_token", "x".repeat(3_000_000));

        assertThat(attempt.send().statusCode()).isBetween(400, 499);
    }

    @Test
    @DisplayName("S49e no id_token at all")
    void noToken() {
        refused(Refusal.RESPONSE_INCOMPLETE, a -> a.form.put("id_token", ""));
    }

    @Test
    @DisplayName("S50 id_token twice")
    void twoTokens() {
        assertTwiceIsRefused("id_token", Refusal.RESPONSE_INCOMPLETE);
    }

    @Test
    @DisplayName("S50b state twice")
    void twoStates() {
        assertTwiceIsRefused("state", Refusal.RESPONSE_INCOMPLETE);
    }

    @Test
    @DisplayName("S51b two launches interleaved in one browser: both work")
    void interleaved() {
        Attempt first = attempt();
        Map<String, String> second = first.newLogin(platform, Map.of());
        String secondToken = platform.sign(
                platform.claims(second.get("nonce"), publicUrl.origin()).build());

        letIn(first);
        assertThat(first.browser
                        .post("/lti/launch", Map.of("state", second.get("state"), "id_token", secondToken))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    @DisplayName("S52 back button and reload: a page that says that it was used, and how to go on")
    void sentAgain() {
        Attempt attempt = attempt();
        letIn(attempt);

        HttpResponse<String> page = attempt.send();

        shows(Refusal.STATE_UNKNOWN, page);
        assertThat(page.body()).contains("Each opening works once", "href=\"/home\"", "Go on in Laurel");
        assertThat(attempt.browser.get("/course").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("S52b sent again in a browser without a session: nothing to go on to")
    void sentAgainElsewhere() {
        Attempt attempt = attempt();
        letIn(attempt);
        attempt.browser.cookies().clear();

        assertThat(refused(Refusal.STATE_UNKNOWN, attempt).body()).doesNotContain("href=\"/home\"");
    }

    @Test
    @DisplayName("S52c the launch address opened by hand")
    void openedByHand() {
        shows(Refusal.NO_LAUNCH, new TestBrowser(publicUrl.origin()).get("/lti/launch"));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("S53 launch at the top, in a frame and in a popup: accepted")
    @CsvSource({"document, cross-site", "iframe, cross-site", "document, same-site", "iframe, same-origin"})
    void destinations(String destination, String site) {
        Attempt attempt = attempt();
        attempt.browser
                .with("Sec-Fetch-Dest", destination)
                .with("Sec-Fetch-Site", site)
                .with("Sec-Fetch-Mode", "navigate")
                .with("Origin", platform.address());

        HttpResponse<String> page = letIn(attempt);

        assertThat(page.body()).contains(TEACHER);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("frame-ancestors " + platform.address());
    }

    private void assertTwiceIsRefused(String name, Refusal refusal) {
        Attempt attempt = attempt();
        Map<String, String> form = Map.of("state", attempt.login.get("state"), "id_token", attempt.token());
        String twice = TestBrowser.form(form) + "&" + TestBrowser.form(Map.of(name, form.get(name)));

        HttpResponse<String> response = attempt.browser.post("/lti/launch", twice);

        shows(refusal, response);
        assertThat(attempt.browser.cookies()).doesNotContainKey("__Host-laurel");
    }
}
