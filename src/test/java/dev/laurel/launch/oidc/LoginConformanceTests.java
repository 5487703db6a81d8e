package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The login request, which nobody signed, and the target that somebody did. */
class LoginConformanceTests extends LaunchConformance {

    @ParameterizedTest(name = "{0}")
    @DisplayName("S40 target_link_uri that is not ours")
    @ValueSource(
            strings = {
                "https://evil.example/phish",
                "javascript:alert(1)",
                "//evil.example",
                "/course",
                "ORIGIN.evil.example/",
                "ORIGIN:1/",
                "ORIGIN@evil.example/",
                "ORIGIN/\"><script>alert(1)</script>",
                "ORIGIN/<b>",
                "ORIGIN/\nSet-Cookie: a=b",
                "data:text/html,hello"
            })
    void hostileTarget(String target) {
        HttpResponse<String> page = refused(
                Refusal.TARGET_LINK, attempt().lti("target_link_uri", target.replace("ORIGIN", publicUrl.origin())));

        assertThat(page.body()).doesNotContain("evil.example", "<script>alert", "<b>");
    }

    @Test
    @DisplayName("S40b target_link_uri of 4 kB, missing, no text, or with a user in it")
    void unusableTarget() {
        refused(Refusal.TARGET_LINK, a -> a.lti("target_link_uri", a.origin() + "/" + "x".repeat(4_096)));
        refused(Refusal.TARGET_LINK, a -> a.lti("target_link_uri", null));
        refused(Refusal.TARGET_LINK, a -> a.lti("target_link_uri", 7));
        refused(Refusal.TARGET_LINK, a -> a.lti("target_link_uri", a.origin().replace("//", "//x@")));
    }

    @Test
    @DisplayName("S40c target_link_uri of ours with a dollar sign: accepted, and leads to a page of ours")
    void targetWithADollarSign() {
        letIn(
                TEACHER,
                a -> a.lti(
                        "target_link_uri",
                        a.origin()
                                + "/lti/launch?x=$1&y=${2}".replace("{", "%7B").replace("}", "%7D")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("S41 target_link_uri of the login is not the signed one: the signed one counts")
    @ValueSource(strings = {"https://evil.example/phish", "javascript:alert(1)", "\"><script>", "x\r\nSet-Cookie: a=b"})
    void targetOfTheLogin(String target) {
        Attempt attempt = attempt(platform, Map.of("target_link_uri", target));
        assertThat(attempt.login.values()).noneMatch(value -> value.contains("evil"));

        HttpResponse<String> response = attempt.send();

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue("/course");
    }

    @ParameterizedTest(name = "without {0}")
    @DisplayName("S42 login without what it must say")
    @ValueSource(strings = {"iss", "login_hint", "target_link_uri"})
    void incompleteLogin(String missing) {
        Map<String, String> form = Attempt.loginForm(platform, publicUrl.origin());
        form.remove(missing);
        assertLoginRefused(Refusal.LOGIN_INCOMPLETE, form);
        form.put(missing, " ");
        assertLoginRefused(Refusal.LOGIN_INCOMPLETE, form);
    }

    @Test
    @DisplayName("S42b login of a platform or client that is not registered")
    void loginOfAStranger() {
        Map<String, String> form = Attempt.loginForm(platform, publicUrl.origin());
        form.put("iss", "https://unknown.example");
        assertLoginRefused(Refusal.REGISTRATION_UNKNOWN, form);
        form.put("iss", platform.issuer() + "/");
        assertLoginRefused(Refusal.REGISTRATION_UNKNOWN, form);
        form.put("iss", platform.issuer());
        form.put("client_id", otherPlatform.clientId());
        assertLoginRefused(Refusal.REGISTRATION_UNKNOWN, form);
    }

    @ParameterizedTest
    @DisplayName("S43 login_hint and lti_message_hint come back unchanged")
    @ValueSource(
            strings = {
                "user 7&x=1 ü +%20",
                "{\"cmid\":7,\"launchid\":\"a+b/c=\"}",
                "eyJhbGciOiJIUzI1NiJ9.eyJ2ZXJpZmllciI6IjAxMjM0NTY3ODkifQ.c2lnbmF0dXJl"
            })
    void hintsComeBack(String hint) {
        assertThat(attempt(platform, Map.of("login_hint", hint, "lti_message_hint", hint)).login)
                .containsEntry("login_hint", hint)
                .containsEntry("lti_message_hint", hint)
                .containsEntry("tenant", "1")
                .containsEntry("redirect_uri", publicUrl.at("/lti/launch"));
    }

    @Test
    @DisplayName("S43b a lti_message_hint of 2 kB comes back unchanged")
    void aLongHintComesBack() {
        String hint = "eyJhbGciOiJIUzI1NiJ9." + "a-_9".repeat(512) + ".c2lnbmF0dXJl";

        assertThat(attempt(platform, Map.of("lti_message_hint", hint)).login).containsEntry("lti_message_hint", hint);
    }

    @Test
    @DisplayName("S43c hints that fit into no answer are refused with a page")
    void hintsThatAreTooLongAreRefused() {
        Map<String, String> form = Attempt.loginForm(platform, publicUrl.origin());
        form.put("login_hint", "a".repeat(9_000));

        assertLoginRefused(Refusal.LOGIN_INCOMPLETE, form);
    }

    @Test
    @DisplayName("S44 client_id absent in the login of an issuer with one registration: accepted")
    void loginWithoutClient() {
        Map<String, String> form = Attempt.loginForm(otherPlatform, publicUrl.origin());
        form.remove("client_id");

        HttpResponse<String> response = new TestBrowser(publicUrl.origin()).post("/lti/login", form);

        assertThat(TestBrowser.redirectQuery(response)).containsEntry("client_id", otherPlatform.clientId());
    }

    @Test
    @DisplayName("S44b client_id absent in the login of an issuer with several registrations: refused, not guessed")
    void loginWithoutClientOfSeveral() {
        try (TestPlatform cloud = new TestPlatform()) {
            platforms.register(cloud.registration(), false);
            platforms.register(cloud.registration("second", "/jwks"), false);
            Map<String, String> form = Attempt.loginForm(cloud, publicUrl.origin());
            form.remove("client_id");

            assertLoginRefused(Refusal.REGISTRATION_UNKNOWN, form);
        }
    }

    @Test
    @DisplayName("S45 deployment_id in place of lti_deployment_id")
    void deploymentByItsOtherName() {
        letIn(attempt(platform, Map.of("deployment_id", TestPlatform.DEPLOYMENT)));
        refused(Refusal.DEPLOYMENT_OTHER, attempt(platform, Map.of("deployment_id", "another")));
        letIn(attempt(platform, Map.of("deployment_id", "another", "lti_deployment_id", TestPlatform.DEPLOYMENT)));
    }

    @Test
    @DisplayName("S46 login by GET and by POST")
    void loginByGet() {
        Map<String, String> form = Attempt.loginForm(platform, publicUrl.origin());
        TestBrowser browser = new TestBrowser(publicUrl.origin());

        HttpResponse<String> response = browser.get("/lti/login?" + TestBrowser.form(form));

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(TestBrowser.redirectQuery(response))
                .containsEntry("response_mode", "form_post")
                .hasEntrySatisfying("state", state -> assertThat(state).hasSize(43))
                .hasEntrySatisfying("nonce", nonce -> assertThat(nonce).hasSize(43));
        assertThat(browser.post("/lti/login", form).statusCode()).isEqualTo(302);
    }

    @Test
    @DisplayName("S46b login by another method")
    void loginByAnotherMethod() {
        assertThat(new TestBrowser(publicUrl.origin()).get("/lti/login").statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("S47 unknown extra parameters: accepted and not passed on")
    void extraParameters() {
        Attempt attempt = attempt(platform, Map.of("canvas_region", "eu", "redirect_uri", "https://evil.example"));
        assertThat(attempt.login)
                .doesNotContainKey("canvas_region")
                .containsEntry("redirect_uri", publicUrl.at("/lti/launch"));
        attempt.form.put("session_state", "x");
        attempt.form.put("utf8", "✓");

        letIn(attempt);
    }

    private void assertLoginRefused(Refusal refusal, Map<String, String> form) {
        long before = count("oidc_state");
        HttpResponse<String> response = new TestBrowser(publicUrl.origin()).post("/lti/login", form);

        shows(refusal, response);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(count("oidc_state")).isEqualTo(before);
    }
}
