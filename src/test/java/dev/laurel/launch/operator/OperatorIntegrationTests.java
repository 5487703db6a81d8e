package dev.laurel.launch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.LaurelTestInitializer;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("once")
@LaurelTest
class OperatorIntegrationTests {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Autowired
    OperatorLinks links;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Environment environment;

    private TestBrowser browser;

    @BeforeEach
    void openBrowser() {
        browser = new TestBrowser(publicUrl.origin());
    }

    @Test
    void aLinkLetsAnOperatorInOnce() {
        String link = links.create();

        assertThat(open(browser, link).statusCode()).isEqualTo(303);
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
        assertThat(open(new TestBrowser(publicUrl.origin()), link).statusCode()).isEqualTo(401);
    }

    @Test
    void aLinkEndsAfterFifteenMinutes() {
        String link = links.create();
        jdbc.sql("UPDATE operator_link SET expires_at = expires_at - INTERVAL 15 MINUTE")
                .update();

        assertThat(open(browser, link).statusCode()).isEqualTo(401);
    }

    @Test
    void theLinkItselfIsNotStored() {
        String link = links.create();
        byte[] token = link.substring(link.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(jdbc.sql("SELECT token_hash FROM operator_link")
                        .query(byte[].class)
                        .list())
                .isNotEmpty()
                .noneSatisfy(stored -> assertThat(stored).isEqualTo(token));
    }

    @Test
    void theCommandPrintsALinkIntoTheRunningInstallation() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OperatorLinkCommand.run(
                new String[] {
                    OperatorLinkCommand.ARGUMENT,
                    "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
                    "--spring.datasource.username=root",
                    "--spring.datasource.password=",
                    "--laurel.public-url=" + publicUrl.value(),
                    "--laurel.master-key=" + environment.getProperty("laurel.master-key")
                },
                new PrintStream(out, true, StandardCharsets.UTF_8));

        String link = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        assertThat(open(browser, link).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operator",
                "/operator/registrations",
                "/operator/deployments",
                "/operator/registration-links",
                "/operator/keys",
                "/operator/tool-configuration",
                "/operator/tool-configuration/canvas.json",
                "/operator/jobs",
                "/operator/metrics"
            })
    void nobodyElseSeesTheOperatorsPages(String page) {
        assertThat(browser.get(page).statusCode()).isEqualTo(401);
        assertThat(signIn().get(page).statusCode()).isEqualTo(200);
    }

    @Test
    void anOperatorSeesNoPagesOfCoursesAndCannotBeFramed() {
        signIn();

        assertThat(browser.get("/home").statusCode()).isEqualTo(404);
        assertThat(browser.get("/operator")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .endsWith("frame-ancestors 'none'");
    }

    @Test
    void metricsAreThereForTheOperatorAndASignOfLifeForAll() {
        assertThat(browser.get("/health").body()).isEqualTo("UP\n");
        assertThat(browser.get("/actuator/health").statusCode()).isNotEqualTo(200);
        assertThat(signIn().get("/operator/metrics").body()).contains("laurel_step_latency");
        assertThat(browser.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    @Test
    void aProgramReadsTheMetricsByATokenAndNothingElse() throws Exception {
        String token = LaurelTestInitializer.METRICS_TOKEN;

        assertThat(asProgram("/operator/metrics", token).body()).contains("laurel_step_latency");
        assertThat(asProgram("/operator/metrics", token + "x").statusCode()).isEqualTo(401);
        assertThat(asProgram("/operator/metrics", "").statusCode()).isEqualTo(401);
        assertThat(asProgram("/operator/jobs", token).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> asProgram(String page, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(publicUrl.at(page)))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPendingDeploymentIsApprovedInOneClick() {
        try (TestPlatform platform = new TestPlatform()) {
            Registration registration = platforms.register(platform.registration(), false);
            Deployment pending = platforms.deployment(registration, "pending-1");
            signIn();
            assertThat(browser.get("/operator/deployments").body()).contains("pending-1", "waits for you");

            HttpResponse<String> answer =
                    post("/operator/deployments/" + pending.pk() + "/approval", Map.of("newTenant", "New College"));

            assertThat(answer.statusCode()).isEqualTo(302);
            Deployment approved = platforms.deployment(registration, "pending-1");
            assertThat(approved.status()).isEqualTo(Deployment.Status.ACTIVE);
            assertThat(platforms.tenantName(Objects.requireNonNull(approved.tenant())))
                    .isEqualTo("New College");
            assertThat(browser.get("/operator/deployments").body()).contains("may launch Laurel for New College");
        }
    }

    @Test
    void theNextKeyIsPublishedInOneClickAndNotTwice() {
        // Other tests of this installation may have published one.
        jdbc.sql("DELETE FROM tool_key WHERE signs_from > created_at").update();
        signIn();

        assertThat(post("/operator/keys/rotation", Map.of()).statusCode()).isEqualTo(302);

        assertThat(browser.get("/operator/keys").body())
                .contains("The next key is published. It signs from this time tomorrow", "signs next");
        post("/operator/keys/rotation", Map.of());
        assertThat(browser.get("/operator/keys").body()).contains("published already and waits");
        assertThat(browser.get("/lti/jwks.json").body()).containsPattern("kid.*kid");
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() {
        try (TestPlatform platform = new TestPlatform()) {
            Registration registration = platforms.register(platform.registration(), false);
            signIn();

            HttpResponse<String> answer = browser.post(
                    "/operator/registrations/" + registration.id() + "/activation", Map.of("active", "false"));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(platforms.registration(registration.id()))
                    .map(Registration::active)
                    .hasValue(true);
        }
    }

    @Test
    void whatTheFileSaysIsNotChangedHere() {
        try (TestPlatform platform = new TestPlatform()) {
            Registration registration = platforms.register(platform.registration(), true);
            signIn();

            HttpResponse<String> answer =
                    post("/operator/registrations/" + registration.id() + "/activation", Map.of("active", "false"));

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(platforms.registration(registration.id()))
                    .map(Registration::active)
                    .hasValue(true);
        }
    }

    @Test
    void aRegistrationThatIsSwitchedOffNoLongerLaunches() {
        try (TestPlatform platform = new TestPlatform()) {
            Registration registration = platforms.register(platform.registration(), false);
            signIn();

            post("/operator/registrations/" + registration.id() + "/activation", Map.of("active", "false"));

            assertThat(platforms.registration(platform.issuer(), platform.clientId()))
                    .isEmpty();
        }
    }

    private TestBrowser signIn() {
        open(browser, links.create());
        return browser;
    }

    private HttpResponse<String> open(TestBrowser browser, String link) {
        assertThat(link).startsWith(publicUrl.origin());
        return browser.get(link.substring(publicUrl.origin().length()));
    }

    private HttpResponse<String> post(String path, Map<String, String> form) {
        Matcher token = CSRF.matcher(browser.get("/operator").body());
        assertThat(token.find()).isTrue();
        Map<String, String> all = new HashMap<>(form);
        all.put("_csrf", token.group(1));
        return browser.post(path, all);
    }
}
