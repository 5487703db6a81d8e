package dev.laurel.platform.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lms.Browser;
import lms.Course;
import lms.Fault;
import lms.LtiNames;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Dynamic Registration against the reference LMS over HTTP. Ids are those of the conformance sheet. */
@LaurelTest
@TestPropertySource(properties = "laurel.launch.limits.registrations-per-address=10000")
@ExtendWith(OutputCaptureExtension.class)
class DynamicRegistrationConformanceTests {

    private static final String CANVAS = "https://canvas.instructure.com/lti/";

    private static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    @Autowired
    RegistrationLinks links;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private ReferenceLms lms;

    private String institution;

    @BeforeEach
    void startLms() {
        lms = ReferenceLms.builder().students(2).start();
        institution = "College " + UUID.randomUUID();
    }

    @AfterEach
    void stopLms() {
        lms.close();
    }

    @Test
    @DisplayName("R01 Moodle: registered with its token, and launched after Activate")
    void moodle() {
        HttpResponse<String> answer = open(lms.registrations().begin(Mode.MOODLE, link()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Press “Activate”", "registered.js", institution);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("frame-ancestors " + lms.issuer());
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        JsonNode request = lms.registrations().requests().get(0);
        assertThat(lms.registrations().authorizations().get(0)).startsWith("Bearer ");
        assertThat(request.path(TOOL).path("domain").asString())
                .isEqualTo(publicUrl.value().getAuthority());
        assertThat(request.path("scope").asString().split(" "))
                .containsExactlyInAnyOrder(
                        LtiNames.SCOPE_LINE_ITEM,
                        LtiNames.SCOPE_LINE_ITEM_READ,
                        LtiNames.SCOPE_RESULT_READ,
                        LtiNames.SCOPE_SCORE,
                        LtiNames.SCOPE_ROSTER);
        assertThat(request.path(TOOL).path("messages").valueStream())
                .extracting(message -> message.path("type").asString())
                .containsExactly("LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest");
        assertThat(request.path(TOOL).path("custom_parameters").propertyNames())
                .containsExactlyInAnyOrder(
                        "context_history", "time_zone", "course_start", "course_end", "moodle_group_ids");
        Registration registration = onlyRegistration();
        assertThat(registration.tellsAssistants()).isFalse();
        assertThat(registration.tokenAudience()).isNull();
        assertThat(deployments(registration)).singleElement().satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo(Deployment.Status.ACTIVE);
            assertThat(platforms.tenantName(deployment.tenant())).isEqualTo(institution);
        });
        assertThat(launch(lms.registrations().activate(registration.clientId())).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("R01b Moodle: what a real Moodle 4.5 says of itself is understood")
    void recordedMoodle() {
        PlatformConfiguration moodle = PlatformConfiguration.read(
                URI.create("https://localhost:8443/mod/lti/openid-configuration.php"),
                fixture("openid-configuration.json"),
                JsonMapper.shared());

        TrustedHosts.of(moodle.source()).check(moodle);
        assertThat(moodle.registrationEndpoint()).hasToString("https://localhost:8443/mod/lti/openid-registration.php");
    }

    @Test
    @DisplayName("R01c Moodle: a plain-text error is shown, and the link stays good for another token")
    void moodleError(CapturedOutput output) {
        URI link = link();
        URI first = lms.registrations().begin(Mode.MOODLE, link);
        lms.registrations().refuseNext(400, "text/html", "domain_targetlinkuri_mismatch");

        HttpResponse<String> refused = open(first);

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("domain_targetlinkuri_mismatch", "The link can still be used");
        refusedInTheLog(output, refused, "PLATFORM_REFUSED");
        assertThat(registrations()).isEmpty();
        assertThat(open(lms.registrations().begin(Mode.MOODLE, link)).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("R02 Canvas: every placement is in messages, with the vendor's fields")
    void canvas() {
        HttpResponse<String> answer = open(lms.registrations().begin(Mode.CANVAS, link()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Look through what Canvas asks and confirm it");
        JsonNode tool = lms.registrations().requests().get(0).path(TOOL);
        assertThat(tool.path("messages").valueStream())
                .extracting(message -> message.path("type").asString() + " "
                        + message.path("placements").path(0).asString().replace(CANVAS, ""))
                .containsExactly(
                        "LtiResourceLinkRequest course_navigation",
                        "LtiResourceLinkRequest account_navigation",
                        "LtiResourceLinkRequest student_context_card",
                        "LtiDeepLinkingRequest assignment_selection",
                        "LtiDeepLinkingRequest link_selection");
        assertThat(tool.path(CANVAS + "privacy_level").asString()).isEqualTo("name_only");
        assertThat(tool.path(CANVAS + "tool_id").asString()).isEqualTo("laurel");
        assertThat(tool.path("messages")
                        .path(0)
                        .path(CANVAS + "course_navigation/default_enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(tool.path("custom_parameters")
                        .path("canvas_masquerading_user_id")
                        .asString())
                .isEqualTo("$Canvas.masqueradingUser.id");
        assertThat(onlyRegistration().tokenAudience()).isNull();
        assertThat(onlyRegistration().name()).isEqualTo("Canvas, Northfield College");
    }

    @Test
    @DisplayName("R02b Canvas: the errors of a 422 are shown to the administrator")
    void canvasErrors(CapturedOutput output) {
        URI begun = lms.registrations().begin(Mode.CANVAS, link());
        lms.registrations().refuseNext(422, "application/json", "{\"errors\":[\"Invalid scope: x\",\"<b>no</b>\"]}");

        HttpResponse<String> refused = open(begun);

        assertThat(refused.body())
                .contains("Invalid scope: x; &lt;b&gt;no&lt;/b&gt;")
                .doesNotContain("<b>no");
        refusedInTheLog(output, refused, "PLATFORM_REFUSED");
    }

    @Test
    @DisplayName("R02c Canvas: a token that was used already is said to be, and is not said back")
    void usedToken(CapturedOutput output) {
        URI begun = lms.registrations().begin(Mode.CANVAS, link());
        String token = query(begun, "registration_token");
        lms.registrations()
                .refuseNext(401, "application/json", "{\"errorMessage\":\"" + token + " has already been used\"}");

        HttpResponse<String> refused = open(begun);

        assertThat(refused.body())
                .contains("did not accept its own registration token")
                .doesNotContain(token);
        refusedInTheLog(output, refused, "TOKEN_REFUSED");
        assertThat(output.getAll()).doesNotContain(token);
    }

    @Test
    @DisplayName("R03 D2L: without a token none is sent")
    void d2l() {
        lms.registrations().tamperWithConfiguration(said -> {
            ((ObjectNode) said.path("https://purl.imsglobal.org/spec/lti-platform-configuration"))
                    .put("product_family_code", "desire2learn");
            return said;
        });

        HttpResponse<String> answer = open(lms.registrations().begin(Mode.GENERIC, link()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(lms.registrations().authorizations()).containsExactly("");
        assertThat(onlyRegistration().tokenAudience()).isEqualTo("https://api.brightspace.com/auth/token");
    }

    @Test
    @DisplayName("R04 Blackboard: its configuration names a wrong issuer, and the right one is kept")
    void blackboard() {
        URI source = URI.create("https://developer.blackboard.com/.well-known/openid-configuration");
        PlatformConfiguration said = configuration(source, "https://developer.blackboard.com", source);

        TrustedHosts.of(source).check(said);

        assertThat(TrustedHosts.of(source).issuerOf(said)).isEqualTo("https://blackboard.com");
    }

    @Test
    @DisplayName("R05 an LMS that calls itself by another host is refused")
    void issuerOfAnotherHost(CapturedOutput output) {
        URI link = link();
        lms.registrations().tamperWithConfiguration(said -> said.put("issuer", "https://canvas.instructure.com"));

        HttpResponse<String> refused = open(lms.registrations().begin(Mode.CANVAS, link));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("calls itself by the address of another host", "lti_iss");
        refusedInTheLog(output, refused, "ISSUER");
        assertThat(lms.registrations().requests()).isEmpty();
        assertThat(registrations()).isEmpty();
        lms.registrations().tamperWithConfiguration(said -> said);
        assertThat(open(lms.registrations().begin(Mode.CANVAS, link)).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("R05d a token that the platform says back, in whatever place, is in no log and on no page")
    void tokenSaidBack(CapturedOutput output) {
        lms.registrations().tamperWithConfiguration(said -> said.put("issuer", "bearer-of-ours"));

        HttpResponse<String> refused = open(
                URI.create(lms.registrations().begin(Mode.GENERIC, link()) + "&registration_token=bearer-of-ours"));

        refusedInTheLog(output, refused, "ISSUER");
        assertThat(output).doesNotContain("bearer-of-ours");
        assertThat(refused.body()).doesNotContain("bearer-of-ours");
    }

    @Test
    @DisplayName("R03b a token that only looks like a JWT is sent back as it came")
    void tokenWithoutHeader() {
        HttpResponse<String> answer =
                open(URI.create(lms.registrations().begin(Mode.GENERIC, link()) + "&registration_token=bnVsbA.e30.AA"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(lms.registrations().authorizations()).containsExactly("Bearer bnVsbA.e30.AA");
    }

    @ParameterizedTest
    @DisplayName("R05b only the hosted Canvas may be called canvas.instructure.com")
    @ValueSource(
            strings = {
                "https://sso.canvaslms.com https://canvas.instructure.com",
                "https://school.instructure.com https://canvas.instructure.com",
                "https://sso.beta.canvaslms.com https://canvas.beta.instructure.com",
                "https://school.test.instructure.com https://canvas.test.instructure.com"
            })
    void hostedCanvas(String pair) {
        URI source = URI.create(pair.split(" ")[0] + "/api/lti/security/openid-configuration");
        String issuer = pair.split(" ")[1];

        TrustedHosts.of(source).check(configuration(source, issuer, source));

        for (String other : List.of(
                "https://canvas.example.edu",
                "https://evil.instructure.com.example.edu",
                "https://canvas.test.canvaslms.com",
                issuer.contains("beta") ? "https://canvas.instructure.com" : "https://canvas.beta.instructure.com")) {
            assertThatExceptionOfType(RegistrationRefusedException.class)
                    .isThrownBy(() -> TrustedHosts.of(source).check(configuration(source, other, source)));
        }
        URI elsewhere = URI.create("https://sso.canvaslms.com.example.edu/x");
        assertThatExceptionOfType(RegistrationRefusedException.class)
                .isThrownBy(() -> TrustedHosts.of(source).check(configuration(source, issuer, elsewhere)));
        assertThat(TrustedHosts.of(elsewhere).issuer()).isEqualTo("https://sso.canvaslms.com.example.edu");
    }

    @ParameterizedTest
    @DisplayName("R05c a host deeper inside instructure.com is no school of Canvas")
    @ValueSource(
            strings = {
                "https://files.school.instructure.com",
                "https://a.b.beta.instructure.com",
                "https://instructure.com",
                "https://school.staging.test.instructure.com"
            })
    void deeperInside(String origin) {
        URI source = URI.create(origin + "/api/lti/security/openid-configuration");

        assertThat(TrustedHosts.of(source).issuer()).isEqualTo(origin);
        assertThatExceptionOfType(RegistrationRefusedException.class)
                .isThrownBy(() ->
                        TrustedHosts.of(source).check(configuration(source, "https://canvas.instructure.com", source)));
    }

    @ParameterizedTest
    @DisplayName("R06 no private address is called")
    @ValueSource(
            strings = {
                "https://10.1.2.3/conf",
                "https://192.168.0.1/conf",
                "http://169.254.169.254/latest/meta-data",
                "https://127.0.0.2/conf",
                "http://example.org/conf",
                "file:///etc/passwd",
                "https://user@127.0.0.1/conf",
                "https://[::1]/conf",
                "conf"
            })
    void privateAddress(String address, CapturedOutput output) {
        URI link = link();

        HttpResponse<String> refused =
                open(URI.create(link + "?" + TestBrowser.form(Map.of("openid_configuration", address))));

        assertThat(refused.statusCode()).isIn(400, 502);
        refusedInTheLog(output, refused, "CONFIGURATION_");
        assertThat(waits(link)).isTrue();
    }

    @Test
    @DisplayName("R06d what something else inside the network answers is not read out")
    void notReadOut(CapturedOutput output) throws IOException {
        HttpServer inside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        inside.createContext("/", exchange -> {
            byte[] secret = "{\"error\": \"token s3cret of vault-7 has expired\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, secret.length);
            exchange.getResponseBody().write(secret);
            exchange.close();
        });
        inside.start();
        try {
            String address = "http://127.0.0.1:" + inside.getAddress().getPort() + "/v1/secrets";

            HttpResponse<String> refused =
                    open(URI.create(link() + "?" + TestBrowser.form(Map.of("openid_configuration", address))));

            assertThat(refused.body()).doesNotContain("s3cret", "vault-7");
            refusedInTheLog(output, refused, "TOKEN_REFUSED");
            assertThat(output).doesNotContain("s3cret");
        } finally {
            inside.stop(0);
        }
    }

    @Test
    @DisplayName("R06b a redirect to another host is not followed")
    void redirect(CapturedOutput output) throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", lms.issuer() + "/.well-known/openid-configuration");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            String address = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/conf";

            HttpResponse<String> refused =
                    open(URI.create(link() + "?" + TestBrowser.form(Map.of("openid_configuration", address))));

            refusedInTheLog(output, refused, "CONFIGURATION_UNREACHABLE");
            assertThat(lms.calls(Service.REGISTRATION)).isZero();
        } finally {
            elsewhere.stop(0);
        }
    }

    @ParameterizedTest
    @DisplayName("R07 an endpoint on another host is refused before anything is sent")
    @ValueSource(strings = {"registration_endpoint", "authorization_endpoint", "token_endpoint", "jwks_uri"})
    void endpointOnAnotherHost(String endpoint, CapturedOutput output) {
        lms.registrations()
                .tamperWithConfiguration(said ->
                        said.put(endpoint, said.path(endpoint).asString().replace("127.0.0.1", "localhost")));

        HttpResponse<String> refused = open(lms.registrations().begin(Mode.MOODLE, link()));

        assertThat(refused.statusCode()).isEqualTo(400);
        refusedInTheLog(output, refused, "ENDPOINT");
        assertThat(lms.registrations().requests()).isEmpty();
        assertThat(registrations()).isEmpty();
    }

    @Test
    @DisplayName("R08 Canvas names no deployment: the first one of the same account is let in, a second one waits")
    void deploymentLearnedAtTheFirstLaunch() {
        open(lms.registrations().begin(Mode.CANVAS, link()));
        Registration registration = onlyRegistration();
        assertThat(deployments(registration)).isEmpty();
        lms.registrations().confirm(registration.clientId());

        assertThat(launch(lms.registrations().install(registration.clientId())).status())
                .isEqualTo(200);
        assertThat(launch(lms.registrations().install(registration.clientId())).status())
                .isEqualTo(403);
        assertThat(deployments(registration))
                .extracting(Deployment::status)
                .containsExactlyInAnyOrder(Deployment.Status.ACTIVE, Deployment.Status.PENDING);
    }

    @ParameterizedTest
    @DisplayName("R08b the first deployment of another account, or of none that is named, waits for the operator")
    @ValueSource(strings = {"another-account", ""})
    void deploymentOfAnotherAccount(String guid) {
        open(lms.registrations().begin(Mode.CANVAS, link()));
        Registration registration = onlyRegistration();
        lms.registrations().confirm(registration.clientId());
        Tool installed = lms.registrations().install(registration.clientId());
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", guid, "name", "x")));

        assertThat(launch(installed).status()).isEqualTo(403);
        assertThat(deployments(registration)).singleElement().satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo(Deployment.Status.PENDING);
            assertThat(deployment.tenant()).isNull();
        });
    }

    @Test
    @DisplayName("R09 registering again by Moodle's Update renews the registration")
    void again() {
        open(lms.registrations().begin(Mode.MOODLE, link()));
        Registration first = onlyRegistration();
        Tool tool = lms.registrations().find(first.clientId()).orElseThrow().tool();

        HttpResponse<String> answer = open(lms.registrations().beginUpdate(tool, link()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(onlyRegistration().id()).isEqualTo(first.id());
        assertThat(deployments(first)).hasSize(1);
    }

    @Test
    @DisplayName("R09b a link made for a registration keeps it, its deployment and its people, under a new client id")
    void againUnderANewClientId() {
        open(lms.registrations().begin(Mode.MOODLE, link()));
        Registration first = onlyRegistration();
        Deployment deployment = deployments(first).get(0);
        RegistrationLink renewal = links.create(deployment.tenant(), first.id());

        open(lms.registrations().begin(Mode.MOODLE, URI.create(links.url(renewal))));

        Registration renewed = onlyRegistration();
        assertThat(renewed.id()).isEqualTo(first.id());
        assertThat(renewed.clientId()).isNotEqualTo(first.clientId());
        assertThat(deployments(renewed)).singleElement().satisfies(kept -> {
            assertThat(kept.pk()).isEqualTo(deployment.pk());
            assertThat(kept.deploymentId()).isNotEqualTo(deployment.deploymentId());
        });
        assertThat(launch(lms.registrations().activate(renewed.clientId())).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "R09e Canvas names no deployment: after a link made for it, the first one of the same account is the old one")
    void canvasAgainUnderANewClientId() {
        Deployment before = launchedCanvas();

        Registration renewed = renewCanvas(before);
        lms.registrations().confirm(renewed.clientId());

        assertThat(launch(lms.registrations().install(renewed.clientId())).status())
                .isEqualTo(200);
        assertThat(deployments(renewed)).singleElement().satisfies(kept -> {
            assertThat(kept.pk()).isEqualTo(before.pk());
            assertThat(kept.deploymentId()).isNotEqualTo(before.deploymentId());
            assertThat(kept.leftBehind()).isFalse();
        });
        assertThat(launch(lms.registrations().install(renewed.clientId())).status())
                .as("a further place waits, as ever")
                .isEqualTo(403);
    }

    @Test
    @DisplayName(
            "R09f another account takes nothing over by that link, and neither does the first one of several old ones")
    void canvasAgainWithNoOneToBe() {
        Deployment before = launchedCanvas();
        Registration renewed = renewCanvas(before);
        lms.registrations().confirm(renewed.clientId());
        Tool installed = lms.registrations().install(renewed.clientId());
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", "another", "name", "x")));
        assertThat(launch(installed).status()).isEqualTo(403);
        lms.tamperWithLaunches(token -> token);
        platforms.register(entry(renewed.clientId(), lms.jwksUrl(), "a second one", institution), false);
        renewCanvas(before);

        Registration again = onlyRegistration();
        lms.registrations().confirm(again.clientId());
        assertThat(launch(lms.registrations().install(again.clientId())).status())
                .isEqualTo(403);

        assertThat(deployments(again))
                .filteredOn(each -> each.status() == Deployment.Status.ACTIVE)
                .hasSize(2)
                .allMatch(Deployment::leftBehind);
    }

    @Test
    @DisplayName("R09g Canvas's update under the same client id makes nobody's deployment another one")
    void canvasUpdated() {
        Deployment before = launchedCanvas();
        String same = onlyRegistration().clientId();
        lms.registrations().tamperWithAnswer(said -> said.put("client_id", same));

        renewCanvas(before);

        assertThat(launch(lms.registrations().install(same)).status()).isEqualTo(403);
        assertThat(platforms.deployment(before.pk()))
                .hasValueSatisfying(kept -> assertThat(kept.deploymentId()).isEqualTo(before.deploymentId()));
    }

    /** Canvas registered, installed and launched once. */
    private Deployment launchedCanvas() {
        open(lms.registrations().begin(Mode.CANVAS, link()));
        Registration first = onlyRegistration();
        lms.registrations().confirm(first.clientId());
        assertThat(launch(lms.registrations().install(first.clientId())).status())
                .isEqualTo(200);
        return deployments(first).get(0);
    }

    private Registration renewCanvas(Deployment before) {
        RegistrationLink renewal = links.create(before.tenant(), before.registrationId());
        assertThat(open(lms.registrations().begin(Mode.CANVAS, URI.create(links.url(renewal))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(onlyRegistration().id()).isEqualTo(before.registrationId());
        return onlyRegistration();
    }

    @Test
    @DisplayName("R09c a link made for one LMS registers no other")
    void aLinkForAnotherPlatform(CapturedOutput output) {
        open(lms.registrations().begin(Mode.MOODLE, link()));
        Registration first = onlyRegistration();
        try (ReferenceLms other = ReferenceLms.builder().students(1).start()) {
            RegistrationLink renewal = links.create(deployments(first).get(0).tenant(), first.id());

            HttpResponse<String> refused =
                    open(other.registrations().begin(Mode.MOODLE, URI.create(links.url(renewal))));

            refusedInTheLog(output, refused, "ANOTHER_PLATFORM");
            assertThat(other.registrations().requests()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "R09d a client id that belongs to other keys, or a deployment of another institution, is not taken over")
    void nothingIsTakenOver(CapturedOutput output) {
        platforms.register(entry("taken", "https://keys.example.edu/jwks", "1", "First College"), false);
        lms.registrations().tamperWithAnswer(said -> said.put("client_id", "taken"));

        HttpResponse<String> taken = open(lms.registrations().begin(Mode.MOODLE, link()));

        refusedInTheLog(output, taken, "TAKEN");
        platforms.register(entry("theirs", lms.jwksUrl(), "7", "First College"), false);
        lms.registrations().tamperWithAnswer(said -> {
            ((ObjectNode) said.path(TOOL)).put("deployment_id", "7");
            return said.put("client_id", "theirs");
        });

        HttpResponse<String> theirs = open(lms.registrations().begin(Mode.MOODLE, link()));

        refusedInTheLog(output, theirs, "ANOTHER_INSTITUTION");
        lms.registrations().tamperWithAnswer(said -> {
            ((ObjectNode) said.path(TOOL)).remove("deployment_id");
            return said.put("client_id", "theirs");
        });

        HttpResponse<String> unnamed = open(lms.registrations().begin(Mode.MOODLE, link()));

        refusedInTheLog(output, unnamed, "ANOTHER_INSTITUTION");
        assertThat(registrations()).extracting(Registration::clientId).containsExactlyInAnyOrder("taken", "theirs");
    }

    @Test
    @DisplayName("R10 only scopes that the LMS supports are asked for, and the page says what is missing")
    void supportedScopes() {
        lms.registrations()
                .tamperWithConfiguration(said -> said.putPOJO(
                        "scopes_supported", List.of("openid", LtiNames.SCOPE_LINE_ITEM, LtiNames.SCOPE_ROSTER)));

        HttpResponse<String> answer = open(lms.registrations().begin(Mode.MOODLE, link()));

        assertThat(Set.of(lms.registrations()
                        .requests()
                        .get(0)
                        .path("scope")
                        .asString()
                        .split(" ")))
                .isEqualTo(Set.of(LtiNames.SCOPE_LINE_ITEM, LtiNames.SCOPE_ROSTER));
        assertThat(answer.body()).contains("Laurel cannot read results").doesNotContain("only those who open Laurel");
    }

    @Test
    @DisplayName("R11 a stranger without a link registers nothing")
    void strangers(CapturedOutput output) {
        String guess = "x".repeat(43);
        for (String path : List.of("/lti/register", "/lti/register/" + guess)) {
            HttpResponse<String> refused = open(lms.registrations().begin(Mode.MOODLE, URI.create(publicUrl.at(path))));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("not a registration link of this Laurel");
            refusedInTheLog(output, refused, "LINK_UNKNOWN");
        }
        assertThat(lms.calls(Service.REGISTRATION)).isZero();
        assertThat(registrations()).isEmpty();
        assertThat(output.getAll()).doesNotContain(guess);
    }

    @Test
    @DisplayName("R11b a link that ended or was withdrawn registers nothing")
    void endedLinks(CapturedOutput output) {
        URI ended = link();
        jdbc.sql("UPDATE registration_link SET expires_at = created_at").update();
        refusedInTheLog(output, open(lms.registrations().begin(Mode.MOODLE, ended)), "LINK_ENDED");

        RegistrationLink withdrawn = links.create(platforms.tenantNamed(institution), null);
        links.withdraw(withdrawn.id());
        refusedInTheLog(
                output, open(lms.registrations().begin(Mode.MOODLE, URI.create(links.url(withdrawn)))), "LINK_UNKNOWN");
        assertThat(lms.calls(Service.REGISTRATION)).isZero();
    }

    @Test
    @DisplayName("R11c a link that was used says what it made, and makes nothing more")
    void usedLink() {
        URI link = link();
        open(lms.registrations().begin(Mode.MOODLE, link));

        HttpResponse<String> second = open(lms.registrations().begin(Mode.MOODLE, link));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("was used already", "Moodle, 127.0.0.1", institution);
        assertThat(lms.registrations().requests()).hasSize(1);
        assertThat(onlyRegistration().active()).isTrue();
    }

    @Test
    @DisplayName("R11d of many who open one link at once, one registers")
    void oneLinkManyTimesAtOnce() throws Exception {
        URI link = link();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            Callable<Integer> attempt =
                    () -> open(lms.registrations().begin(Mode.MOODLE, link)).statusCode();
            threads.invokeAll(java.util.Collections.nCopies(16, attempt));
        } finally {
            threads.shutdown();
        }
        assertThat(lms.registrations().requests()).hasSize(1);
        onlyRegistration();
    }

    @Test
    @DisplayName("R11e what fails before the LMS took it in does not use up the link")
    void transientFailures(CapturedOutput output) {
        URI link = link();
        for (Fault fault : List.of(Fault.status(503), Fault.closesConnection(), Fault.html(), Fault.halfBody())) {
            lms.setFault(Service.REGISTRATION, fault);
            refusedInTheLog(output, open(lms.registrations().begin(Mode.MOODLE, link)), "CONFIGURATION_");
        }
        lms.clearFaults();
        assertThat(open(link).body()).contains("Paste this address into your LMS");

        assertThat(open(lms.registrations().begin(Mode.MOODLE, link)).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("R11f neither link nor token stands in the database")
    void nothingSecretIsStored() {
        URI link = link();
        String token = link.getPath().substring(link.getPath().lastIndexOf('/') + 1);

        assertThat(jdbc.sql("SELECT salt, token_hash FROM registration_link")
                        .query()
                        .listOfRows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.values())
                        .noneMatch(value -> new String((byte[]) value, StandardCharsets.ISO_8859_1).contains(token)));
    }

    private URI link() {
        return URI.create(links.url(links.create(platforms.tenantNamed(institution), null)));
    }

    private boolean waits(URI link) {
        return open(link).body().contains("Opening it here did not use it up");
    }

    private HttpResponse<String> open(URI address) {
        return new TestBrowser(publicUrl.origin())
                .get(address.toString().substring(publicUrl.origin().length()));
    }

    private Page launch(Tool tool) {
        Course course = lms.courses().stream()
                .filter(each -> each.link().clientId().equals(tool.clientId()))
                .reduce((older, newer) -> newer)
                .orElseThrow();
        return new Browser().launch(lms.launch(course, course.link(), course.teacher()));
    }

    /** Registrations of this test's LMS. */
    private List<Registration> registrations() {
        return jdbc
                .sql("SELECT id FROM registration WHERE issuer = ?")
                .param(lms.issuer())
                .query(Long.class)
                .list()
                .stream()
                .map(id -> platforms.registration(id).orElseThrow())
                .toList();
    }

    private Registration onlyRegistration() {
        List<Registration> all = registrations();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<Deployment> deployments(Registration registration) {
        return platforms.deployments().stream()
                .filter(deployment -> deployment.registrationId() == registration.id())
                .toList();
    }

    /** One line, under the number that the page shows, and no token in it. */
    private static void refusedInTheLog(CapturedOutput output, HttpResponse<String> page, String reason) {
        String reference = page.body().replaceAll("(?s).*class=\"reference\">([^<]+)<.*", "$1");
        assertThat(output.getAll().lines().filter(line -> line.contains(reference)))
                .singleElement()
                .asString()
                .contains("Registration refused", "reason " + reason)
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{10}")
                .doesNotContainPattern("[A-Za-z0-9_-]{43}");
    }

    private RegistrationEntry entry(String clientId, String jwks, String deployment, String tenant) {
        return new RegistrationEntry(
                "Known already",
                lms.issuer(),
                clientId,
                URI.create(lms.authUrl()),
                URI.create(lms.tokenUrl()),
                null,
                URI.create(jwks),
                null,
                null,
                null,
                List.of(new RegistrationEntry.DeploymentEntry(deployment, tenant)));
    }

    private static PlatformConfiguration configuration(URI source, String issuer, URI endpoint) {
        return PlatformConfiguration.read(
                source,
                JsonMapper.shared()
                        .writeValueAsBytes(Map.of(
                                "issuer", issuer,
                                "authorization_endpoint", endpoint.toString(),
                                "token_endpoint", endpoint.toString(),
                                "jwks_uri", endpoint.toString(),
                                "registration_endpoint", endpoint.toString())),
                JsonMapper.shared());
    }

    private static String query(URI address, String name) {
        return address.getQuery().replaceAll(".*" + name + "=([^&]+).*", "$1");
    }

    private static byte[] fixture(String name) {
        try {
            return java.nio.file.Files.readAllBytes(
                    dev.laurel.Needs.shared().resolve("fixtures/moodle").resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
