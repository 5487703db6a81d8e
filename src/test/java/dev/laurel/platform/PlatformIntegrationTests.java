package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.LaurelTest;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;

@LaurelTest
class PlatformIntegrationTests {

    private static final String SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

    @Autowired
    Platforms platforms;

    @Autowired
    ToolKeys toolKeys;

    @Autowired
    PlatformServices services;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    MasterKey masterKey;

    @Autowired
    JdbcClient jdbc;

    private final AtomicInteger tokensGiven = new AtomicInteger();

    private final ConcurrentLinkedQueue<Map<String, String>> tokenRequests = new ConcurrentLinkedQueue<>();

    private volatile String tokenAnswer =
            "{\"access_token\":\"token-%d\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/token", exchange -> {
            tokenRequests.add(form(exchange));
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            answer(exchange, 200, tokenAnswer.formatted(tokensGiven.incrementAndGet()));
        });
        server.createContext(
                "/echo",
                exchange -> answer(exchange, 200, exchange.getRequestHeaders().getFirst("Authorization")));
        server.createContext(
                "/only-second",
                exchange -> answer(
                        exchange,
                        "Bearer token-2".equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401,
                        ""));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPlatformIsKnownAtOnceHoweverManyAskMeanwhile() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 3; i++) {
                others.submit(() -> {
                    while (!over.get()) {
                        platforms.registrations();
                    }
                });
            }
            for (int i = 0; i < 60; i++) {
                String issuer = "https://" + UUID.randomUUID() + ".example";
                platforms.register(
                        new RegistrationEntry(
                                "At once",
                                issuer,
                                "laurel",
                                URI.create(issuer + "/auth"),
                                URI.create(issuer + "/token"),
                                null,
                                URI.create(issuer + "/jwks"),
                                issuer,
                                true,
                                null,
                                List.of(new RegistrationEntry.DeploymentEntry("1", "Known at once"))),
                        false);
                assertThat(platforms.registration(issuer, "laurel")).isPresent();
            }
        } finally {
            over.set(true);
            others.shutdownNow();
        }
    }

    @Test
    void theExampleFileIsReadAndReadingItAgainChangesNothing() {
        List<RegistrationEntry> entries =
                RegistrationsFile.read(new FileSystemResource(Path.of("lti-config/registrations.yaml")));

        entries.forEach(entry -> platforms.register(entry, true));
        List<Registration> first = fromExample();
        entries.forEach(entry -> platforms.register(entry, true));

        assertThat(fromExample()).isEqualTo(first).hasSize(2).allSatisfy(registration -> {
            assertThat(registration.fromFile()).isTrue();
            assertThat(registration.active()).isTrue();
        });
        Registration moodle =
                platforms.registration("https://moodle.example.edu", null).orElseThrow();
        assertThat(moodle.tellsAssistants()).isFalse();
        assertThat(moodle.pollSeconds()).isEqualTo(60);
        assertThat(moodle.frameOrigin()).isEqualTo("https://moodle.example.edu");
        Deployment deployment = platforms.deployment(moodle, "1");
        assertThat(deployment.status()).isEqualTo(Deployment.Status.ACTIVE);
        assertThat(platforms.tenantName(Objects.requireNonNull(deployment.tenant())))
                .isEqualTo("Example University");
        Registration canvas = platforms
                .registration("https://canvas.instructure.com", "10000000000042")
                .orElseThrow();
        assertThat(canvas.tellsAssistants()).isTrue();
        assertThat(canvas.frameOrigin())
                .isEqualTo("https://college.instructure.com https://canvas.college.example.edu");
    }

    @Test
    void aDeploymentNeverMovesToAnotherInstitution() {
        RegistrationEntry entry = entry("d-1", "First College");
        platforms.register(entry, true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> platforms.register(
                        new RegistrationEntry(
                                entry.name(),
                                entry.issuer(),
                                entry.clientId(),
                                entry.authorizationEndpoint(),
                                entry.tokenEndpoint(),
                                null,
                                entry.jwksUri(),
                                null,
                                null,
                                null,
                                List.of(new RegistrationEntry.DeploymentEntry("d-1", "Second College"))),
                        true))
                .withMessageContaining("First College");
    }

    @Test
    void identifiersAreTheSameOnlyByteForByte() {
        RegistrationEntry entry = entry("Deploy", "College");
        Registration registration = platforms.register(entry, false);

        assertThat(List.of("Deploy", "deploy", "Deplöy", "Deploy ").stream()
                        .map(id -> platforms.deployment(registration, id).pk())
                        .distinct())
                .hasSize(4);
        assertThat(platforms.registration(entry.issuer(), entry.clientId().toUpperCase(Locale.ROOT)))
                .isEmpty();
    }

    @Test
    void ourKeysArePublishedAndTheNextOneBeforeItSigns() throws Exception {
        RSAKey before = toolKeys.signing();
        assertThat(before.isPrivate()).isTrue();
        toolKeys.rotate();

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(publicUrl.at("/lti/jwks.json")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(toolKeys.signing().getKeyID()).isEqualTo(before.getKeyID());
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=600", "public");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        JWKSet published = JWKSet.parse(response.body());
        assertThat(published.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(published.getKeys().stream().map(key -> key.getKeyID()))
                .hasSize(2)
                .contains(before.getKeyID());
        assertThat(jdbc.sql("SELECT private_sealed FROM tool_key")
                        .query(byte[].class)
                        .list())
                .noneSatisfy(stored -> assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                        .contains("kty"));
    }

    @Test
    void oneTokenServesManyCallersAndItsTypeDoesNotMatter() throws Exception {
        Registration registration = platforms.register(entry("d", "College"), false);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            var answers = callers.invokeAll(Collections.nCopies(
                    16,
                    () -> services.call(registration.id(), Set.of(SCOPE), get("/echo"))
                            .text()));
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("Bearer token-1");
            }
        } finally {
            callers.shutdown();
        }

        assertThat(tokensGiven).hasValue(1);
        Map<String, String> request = tokenRequests.peek();
        assertThat(request)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .containsEntry("scope", SCOPE);
        SignedJWT assertion = SignedJWT.parse(request.get("client_assertion"));
        assertThat(assertion.verify(new RSASSAVerifier(toolKeys.signing().toRSAPublicKey())))
                .isTrue();
        assertThat(assertion.getHeader().getKeyID())
                .isEqualTo(toolKeys.signing().getKeyID());
        assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo(registration.clientId());
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo(registration.clientId());
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly(at("/token").toString());
        assertThat(assertion.getJWTClaimsSet().getJWTID()).isNotBlank();
    }

    @Test
    void eachScopeSetHasItsOwnToken() {
        Registration registration = platforms.register(entry("d", "College"), false);

        services.call(registration.id(), Set.of(SCOPE), get("/echo"));

        assertThat(services.call(registration.id(), Set.of("other"), get("/echo"))
                        .text())
                .isEqualTo("Bearer token-2");
    }

    /** Both hosts are allowed in the settings of the test; only one is this platform's. */
    @Test
    void aLaunchCannotLeadIntoThePrivateNetworkOfAnotherPlatform() {
        Registration registration = platforms.register(entry("d", "College"), false);
        OutboundRequest foreign = OutboundRequest.get(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/echo"), "*/*");

        assertThatThrownBy(() -> services.call(registration.id(), Set.of(SCOPE), foreign))
                .isInstanceOf(OutboundException.class)
                .hasMessageContaining("private host");
        assertThat(tokensGiven).hasValue(0);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() {
        Registration registration = platforms.register(entry("d", "College"), false);

        assertThat(services.call(registration.id(), Set.of(SCOPE), get("/only-second"))
                        .status())
                .isEqualTo(200);
        assertThat(tokensGiven).hasValue(2);
    }

    @Test
    void aTokenAboutToEndIsNotUsedAgain() {
        tokenAnswer = "{\"access_token\":\"token-%d\",\"expires_in\":\"0\"}";
        Registration registration = platforms.register(entry("d", "College"), false);

        services.call(registration.id(), Set.of(SCOPE), get("/echo"));
        services.call(registration.id(), Set.of(SCOPE), get("/echo"));

        assertThat(tokensGiven).hasValue(2);
    }

    @Test
    void anAnswerThatIsNoTokenIsSaidPlainly() {
        Registration registration = platforms.register(entry("d", "College"), false);
        for (String nonsense : List.of("<html>%d</html>", "{\"error\" : \"\"kid\" invalid\"}", "", "[]", "null")) {
            tokenAnswer = nonsense;
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> services.call(registration.id(), Set.of(SCOPE), get("/echo")))
                    .withMessageContaining("without a token");
        }
    }

    @Test
    void anotherPublicUrlIsRefusedUnlessTheInstallationMoves() {
        PublicUrl moved = new PublicUrl(URI.create("https://new.example.edu"));

        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> installation(moved, null).afterSingletonsInstantiated())
                .withMessageContaining("laurel.public-url-moved-from=" + publicUrl.value());

        installation(moved, publicUrl.value().toString()).afterSingletonsInstantiated();
        Installation later = installation(moved, null);
        later.afterSingletonsInstantiated();
        assertThat(later.all()).containsExactly(publicUrl);
        Installation back = installation(publicUrl, moved.value().toString());
        back.afterSingletonsInstantiated();
        assertThat(back.all()).containsExactly(moved);
    }

    @Test
    void anotherMasterKeyIsRefused() {
        Installation installation = new Installation(
                jdbc,
                new LaurelProperties(null, null, null, null),
                publicUrl,
                new MasterKey(new byte[32]),
                Clock.systemUTC());

        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(installation::afterSingletonsInstantiated)
                .withMessageContaining("LAUREL_MASTER_KEY");
    }

    private Installation installation(PublicUrl url, String movedFrom) {
        return new Installation(
                jdbc, new LaurelProperties(null, movedFrom, null, null), url, masterKey, Clock.systemUTC());
    }

    private List<Registration> fromExample() {
        return platforms.registrations().stream()
                .filter(r -> r.issuer().equals("https://moodle.example.edu")
                        || r.issuer().equals("https://canvas.instructure.com"))
                .toList();
    }

    private RegistrationEntry entry(String deployment, String tenant) {
        String origin = at("").toString();
        return new RegistrationEntry(
                "Platform",
                origin,
                "client-" + UUID.randomUUID(),
                URI.create(origin + "/auth"),
                URI.create(origin + "/token"),
                null,
                URI.create(origin + "/jwks"),
                null,
                null,
                null,
                List.of(new RegistrationEntry.DeploymentEntry(deployment, tenant)));
    }

    private OutboundRequest get(String path) {
        return OutboundRequest.get(at(path), "*/*");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
