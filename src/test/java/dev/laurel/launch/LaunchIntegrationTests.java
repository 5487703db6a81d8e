package dev.laurel.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LaurelTest
class LaunchIntegrationTests {

    private static TestPlatform platform;

    @Autowired
    Platforms platforms;

    @Autowired
    Approvals approvals;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private TestBrowser browser;

    @BeforeAll
    static void startPlatform() {
        platform = new TestPlatform();
    }

    @AfterAll
    static void stopPlatform() {
        platform.close();
    }

    @BeforeEach
    void register() {
        platforms.register(platform.registration(), false);
        browser = new TestBrowser(publicUrl.origin());
    }

    @Test
    void aLoginGoesBackToThePlatformWithStateNonceAndTheHintsUnchanged() {
        Map<String, String> form = loginForm();
        form.put("login_hint", "user 7&x=1 ü");
        form.put("lti_message_hint", "{\"cmid\":7,\"launchid\":\"a+b/c=\"}");

        HttpResponse<String> response = browser.post("/lti/login", form);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(TestBrowser.redirectQuery(response))
                .containsEntry("tenant", "1")
                .containsEntry("scope", "openid")
                .containsEntry("response_type", "id_token")
                .containsEntry("response_mode", "form_post")
                .containsEntry("prompt", "none")
                .containsEntry("client_id", platform.clientId())
                .containsEntry("redirect_uri", publicUrl.at("/lti/launch"))
                .containsEntry("login_hint", "user 7&x=1 ü")
                .containsEntry("lti_message_hint", "{\"cmid\":7,\"launchid\":\"a+b/c=\"}")
                .hasEntrySatisfying("state", state -> assertThat(state).hasSize(43))
                .hasEntrySatisfying("nonce", nonce -> assertThat(nonce).hasSize(43));
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-lti_")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned");
    }

    @Test
    void aLoginMayComeByGetAndWithoutAClientId() {
        Map<String, String> form = loginForm();
        form.remove("client_id");

        HttpResponse<String> response = browser.get("/lti/login?" + TestBrowser.form(form));

        assertThat(TestBrowser.redirectQuery(response)).containsEntry("client_id", platform.clientId());
    }

    @Test
    void aLaunchBeginsASessionAndLandsAtHome() {
        HttpResponse<String> response = launch(browser, login(browser));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue("/course");
        assertThat(response.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("__Host-laurel=")
                        .contains("Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned"));
        assertThat(browser.get("/home").statusCode()).isNotEqualTo(401);
        assertThat(browser.cookies()).containsOnlyKeys("__Host-laurel");
    }

    @Test
    void aLaunchNeverGoesOnInASessionThatWasThereBefore() {
        launch(browser, login(browser));
        String before = browser.cookies().get("__Host-laurel");

        launch(browser, login(browser));

        assertThat(browser.cookies().get("__Host-laurel")).isNotEqualTo(before);
        TestBrowser old = new TestBrowser(publicUrl.origin());
        old.cookies().put("__Host-laurel", before);
        assertThat(old.get("/home").statusCode()).isEqualTo(401);
    }

    @Test
    void twoLaunchesUnderWayInOneBrowserBothWork() {
        Map<String, String> first = login(browser);
        Map<String, String> second = login(browser);

        assertThat(launch(browser, first).statusCode()).isEqualTo(303);
        assertThat(launch(browser, second).statusCode()).isEqualTo(303);
    }

    @Test
    void pagesMayBeFramedByThePlatformOfTheLaunchOnly() {
        launch(browser, login(browser));

        HttpResponse<String> page = browser.get("/home");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .endsWith("frame-ancestors " + platform.issuer());
        assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void strangersGetNoPageAndNoSession() {
        HttpResponse<String> page = browser.get("/home");

        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("open Laurel from your course");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void aRedirectNeverNamesTheHostThatTheRequestNamed() {
        launch(browser, login(browser));

        assertThat(browser.get("/home").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("/"));
    }

    @Test
    void aSessionEndsWithThePlatformOrDeploymentThatItCameFrom() {
        Registration registration = platforms.register(platform.registration(), false);
        launch(browser, login(browser));
        assertThat(browser.get("/home").statusCode()).isNotEqualTo(401);

        platforms.setActive(registration.id(), false);
        assertThat(browser.get("/home").statusCode()).isEqualTo(401);

        platforms.setActive(registration.id(), true);
        assertThat(browser.get("/home").statusCode()).isNotEqualTo(401);

        approvals.disable(
                platforms.deployment(registration, TestPlatform.DEPLOYMENT).pk());
        assertThat(browser.get("/home").statusCode()).isEqualTo(401);
    }

    @Test
    void nothingOfASessionButTheLaunchNumberIsStored() {
        launch(browser, login(browser));

        String session =
                new String(Base64.getDecoder().decode(browser.cookies().get("__Host-laurel")), StandardCharsets.UTF_8);
        assertThat(jdbc.sql("""
                        SELECT ATTRIBUTE_NAME FROM SPRING_SESSION_ATTRIBUTES
                        JOIN SPRING_SESSION ON PRIMARY_ID = SESSION_PRIMARY_ID WHERE SESSION_ID = ?""").param(session).query(String.class).list()).isEqualTo(List.of("launch"));
    }

    private Map<String, String> login(TestBrowser browser) {
        return TestBrowser.redirectQuery(browser.post("/lti/login", loginForm()));
    }

    private HttpResponse<String> launch(TestBrowser browser, Map<String, String> login) {
        String token = platform.sign(
                platform.claims(login.get("nonce"), publicUrl.origin()).build());
        return browser.post("/lti/launch", Map.of("id_token", token, "state", login.get("state")));
    }

    private Map<String, String> loginForm() {
        return new HashMap<>(Map.of(
                "iss", platform.issuer(),
                "client_id", platform.clientId(),
                "login_hint", "hint",
                "target_link_uri", publicUrl.at("/lti/launch"),
                "lti_deployment_id", TestPlatform.DEPLOYMENT));
    }
}
