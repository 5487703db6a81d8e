package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every check that a launch must pass, each broken once. Ids are those of the conformance sheet. */
@LaurelTest
class HostileLaunchIntegrationTests {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private static TestPlatform platform;

    private static TestPlatform otherPlatform;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MessageSource messages;

    @BeforeAll
    static void startPlatforms() {
        platform = new TestPlatform();
        otherPlatform = new TestPlatform();
    }

    @AfterAll
    static void stopPlatforms() {
        platform.close();
        otherPlatform.close();
    }

    @BeforeEach
    void register() {
        platforms.register(platform.registration(), false);
        platforms.register(otherPlatform.registration(), false);
    }

    /** One launch under way, valid until something is changed. */
    private final class Attempt {

        private final TestBrowser browser = new TestBrowser(publicUrl.origin());

        private final Map<String, String> login = newLogin();

        private final JWTClaimsSet.Builder claims = platform.claims(login.get("nonce"), publicUrl.origin());

        private final Map<String, String> form = new HashMap<>(Map.of("state", login.get("state")));

        private Function<JWTClaimsSet, String> signing = platform::sign;

        void claim(String name, Object value) {
            claims.claim(name, value);
        }

        void header(Function<JWSHeader.Builder, JWSHeader.Builder> change) {
            RSAKey key = platform.key();
            JWSHeader header = change.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()))
                    .build();
            signing = set -> TestPlatform.sign(header, set, TestPlatform.signer(key));
        }

        Map<String, String> newLogin() {
            return newLogin(platform);
        }

        Map<String, String> newLogin(TestPlatform from) {
            return HostileLaunchIntegrationTests.this.login(browser, from);
        }

        String publicOrigin() {
            return publicUrl.origin();
        }

        void age() {
            jdbc.sql("UPDATE oidc_state SET created_at = created_at - INTERVAL 11 MINUTE")
                    .update();
        }

        HttpResponse<String> send() {
            form.putIfAbsent("id_token", signing.apply(claims.build()));
            form.values().removeIf(String::isEmpty);
            return browser.post("/lti/launch", form);
        }
    }

    private record Hostile(String name, Refusal refusal, Consumer<Attempt> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> hostileLaunches() {
        Instant now = Instant.now();
        return Stream.of(
                new Hostile("B01 no kid", Refusal.KEY_ID_MISSING, a -> a.header(h -> h.keyID(null))),
                new Hostile("B02 unknown kid", Refusal.KEY_UNKNOWN, a -> a.header(h -> h.keyID("imstester_66067"))),
                new Hostile("S01 alg none", Refusal.ALGORITHM, a -> a.signing = set -> new PlainJWT(set).serialize()),
                new Hostile("S02 HS256 with the public key", Refusal.ALGORITHM, a -> a.signing = set -> mac(set)),
                new Hostile(
                        "RS512",
                        Refusal.ALGORITHM,
                        a -> a.signing = set -> TestPlatform.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS512)
                                        .keyID(platform.key().getKeyID())
                                        .build(),
                                set,
                                TestPlatform.signer(platform.key()))),
                new Hostile(
                        "signature of another key",
                        Refusal.SIGNATURE,
                        a -> a.signing = set -> TestPlatform.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(platform.key().getKeyID())
                                        .build(),
                                set,
                                TestPlatform.signer(TestPlatform.newKey("evil")))),
                new Hostile("S03 key in the header", Refusal.SIGNATURE, a -> {
                    RSAKey evil = TestPlatform.newKey(platform.key().getKeyID());
                    a.signing = set -> TestPlatform.sign(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID(evil.getKeyID())
                                    .jwk(evil.toPublicJWK())
                                    .build(),
                            set,
                            TestPlatform.signer(evil));
                }),
                new Hostile("S04 key of another platform", Refusal.SIGNATURE, a -> a.signing = otherPlatform::sign),
                new Hostile("S49 broken token", Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", "a.b.c")),
                new Hostile("S49 five parts", Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", "a.b.c.d.e")),
                new Hostile("S49 200 kB", Refusal.TOKEN_MALFORMED, a -> a.form.put("id_token", "x".repeat(200_000))),
                new Hostile("no id_token", Refusal.RESPONSE_INCOMPLETE, a -> a.form.put("id_token", "")),
                new Hostile(
                        "B05 only a name",
                        Refusal.ISSUER,
                        a -> a.signing = set -> platform.sign(new JWTClaimsSet.Builder()
                                .claim("name", "badltilaunch")
                                .build())),
                new Hostile("S20 iss of somebody else", Refusal.ISSUER, a -> a.claims.issuer("https://evil.example")),
                new Hostile("S21 iss with a slash", Refusal.ISSUER, a -> a.claims.issuer(platform.issuer() + "/")),
                new Hostile("aud of somebody else", Refusal.AUDIENCE, a -> a.claims.audience("somebody-else")),
                new Hostile("no aud", Refusal.AUDIENCE, a -> a.claims.audience((String) null)),
                new Hostile(
                        "S24 two audiences without azp",
                        Refusal.AUTHORIZED_PARTY,
                        a -> a.claims.audience(List.of(platform.clientId(), "other"))),
                new Hostile("S25 azp of somebody else", Refusal.AUTHORIZED_PARTY, a -> a.claim("azp", "other")),
                new Hostile("S27 expired 90 s ago", Refusal.EXPIRED, a -> {
                    a.claims.issueTime(Date.from(now.minusSeconds(150)));
                    a.claims.expirationTime(Date.from(now.minusSeconds(90)));
                }),
                new Hostile("B07 iat 11111, exp 22222", Refusal.EXPIRED, a -> {
                    a.claims.issueTime(Date.from(Instant.ofEpochSecond(11111)));
                    a.claims.expirationTime(Date.from(Instant.ofEpochSecond(22222)));
                }),
                new Hostile("S31 no exp", Refusal.EXPIRED, a -> a.claims.expirationTime(null)),
                new Hostile("S33 exp as text", Refusal.TOKEN_MALFORMED, a -> a.claim("exp", "soon")),
                new Hostile("S28 iat in the future", Refusal.ISSUED_AT, a -> {
                    a.claims.issueTime(Date.from(Instant.now().plusSeconds(120)));
                    a.claims.expirationTime(Date.from(Instant.now().plusSeconds(240)));
                }),
                new Hostile("S32 no iat", Refusal.ISSUED_AT, a -> a.claims.issueTime(null)),
                new Hostile("S11 no nonce", Refusal.NONCE, a -> a.claim("nonce", null)),
                new Hostile(
                        "S12 nonce of another login",
                        Refusal.NONCE,
                        a -> a.claim("nonce", a.newLogin().get("nonce"))),
                new Hostile("B03 version 11.3", Refusal.VERSION, a -> a.claim(LTI + "version", "11.3")),
                new Hostile("B03 version 1.3", Refusal.VERSION, a -> a.claim(LTI + "version", "1.3")),
                new Hostile("B04 no version", Refusal.VERSION, a -> a.claim(LTI + "version", null)),
                new Hostile("B08 no message type", Refusal.MESSAGE_TYPE, a -> a.claim(LTI + "message_type", null)),
                new Hostile(
                        "S37 unknown message type",
                        Refusal.MESSAGE_TYPE,
                        a -> a.claim(LTI + "message_type", "LtiBogusRequest")),
                new Hostile(
                        "S38 deep linking request",
                        Refusal.MESSAGE_TYPE,
                        a -> a.claim(LTI + "message_type", "LtiDeepLinkingRequest")),
                new Hostile("B10 no deployment", Refusal.DEPLOYMENT_MISSING, a -> a.claim(LTI + "deployment_id", null)),
                new Hostile(
                        "S35 deployment of 256 characters",
                        Refusal.DEPLOYMENT_MISSING,
                        a -> a.claim(LTI + "deployment_id", "d".repeat(256))),
                new Hostile(
                        "S34 unknown deployment",
                        Refusal.DEPLOYMENT_PENDING,
                        a -> a.claim(LTI + "deployment_id", "never seen")),
                new Hostile("B09 no roles", Refusal.ROLES_MISSING, a -> a.claim(LTI + "roles", null)),
                new Hostile("S55 roles as text", Refusal.ROLES_MISSING, a -> a.claim(LTI + "roles", "Instructor")),
                new Hostile(
                        "B11 no resource link",
                        Refusal.RESOURCE_LINK_MISSING,
                        a -> a.claim(LTI + "resource_link", null)),
                new Hostile(
                        "B11 resource link without id",
                        Refusal.RESOURCE_LINK_MISSING,
                        a -> a.claim(LTI + "resource_link", Map.of("title", "x"))),
                new Hostile("B12 no sub", Refusal.SUBJECT_MISSING, a -> a.claims.subject(null)),
                new Hostile(
                        "S54 sub of 256 characters", Refusal.SUBJECT_MISSING, a -> a.claims.subject("s".repeat(256))),
                new Hostile("context without id", Refusal.CONTEXT, a -> a.claim(LTI + "context", Map.of("title", "x"))),
                new Hostile(
                        "S40 target elsewhere",
                        Refusal.TARGET_LINK,
                        a -> a.claim(LTI + "target_link_uri", "https://evil.example/phish")),
                new Hostile(
                        "S40 target is a script",
                        Refusal.TARGET_LINK,
                        a -> a.claim(LTI + "target_link_uri", "javascript:alert(1)")),
                new Hostile(
                        "S40 target without a scheme",
                        Refusal.TARGET_LINK,
                        a -> a.claim(LTI + "target_link_uri", "//evil.example")),
                new Hostile(
                        "S40 user in the target",
                        Refusal.TARGET_LINK,
                        a -> a.claim(LTI + "target_link_uri", a.publicOrigin().replace("//", "//x@"))),
                new Hostile("no target", Refusal.TARGET_LINK, a -> a.claim(LTI + "target_link_uri", null)),
                new Hostile("S14 no state", Refusal.STATE_MISSING, a -> a.form.put("state", "")),
                new Hostile("S15 unknown state", Refusal.STATE_UNKNOWN, a -> a.form.put("state", "A".repeat(43))),
                new Hostile("S16 state of eleven minutes ago", Refusal.STATE_UNKNOWN, Attempt::age),
                new Hostile(
                        "S17 another browser",
                        Refusal.OTHER_BROWSER,
                        a -> a.browser.cookies().clear()),
                new Hostile(
                        "S17 a made-up cookie",
                        Refusal.OTHER_BROWSER,
                        a -> a.browser.cookies().replaceAll((name, value) -> "B".repeat(43))),
                new Hostile("S22 login of another registration", Refusal.ISSUER, a -> {
                    Map<String, String> other = a.newLogin(otherPlatform);
                    a.form.put("state", other.get("state"));
                    a.claim("nonce", other.get("nonce"));
                    a.signing = set -> otherPlatform.sign(set);
                }),
                new Hostile("S48 the platform's error", Refusal.PLATFORM_REFUSED, a -> {
                    a.form.put("id_token", "");
                    a.form.put("error", "login_required");
                    a.form.put("error_description", "Must have an active user session");
                }));
    }

    @ParameterizedTest
    @MethodSource("hostileLaunches")
    void isRefusedWithAPageAndLeavesNothingBehind(Hostile hostile) {
        Attempt attempt = new Attempt();
        hostile.change().accept(attempt);
        long launches = launches();
        long people = people();

        HttpResponse<String> response = attempt.send();

        assertThat(response.statusCode()).isEqualTo(hostile.refusal().status().value());
        assertThat(response.body())
                .contains("Reference number", text("reason." + key(hostile.refusal())))
                .contains("<h1>" + text(hostile.refusal().advice().name().toLowerCase(Locale.ROOT) + ".title"));
        assertThat(attempt.browser.cookies()).doesNotContainKey("__Host-laurel");
        assertThat(launches()).isEqualTo(launches);
        assertThat(people()).isEqualTo(people);
    }

    static Stream<Hostile> toleratedLaunches() {
        return Stream.of(
                new Hostile(
                        "S23 aud as an array", Refusal.AUDIENCE, a -> a.claims.audience(List.of(platform.clientId()))),
                new Hostile("two audiences with azp", Refusal.AUDIENCE, a -> {
                    a.claims.audience(List.of(platform.clientId(), "other"));
                    a.claim("azp", platform.clientId());
                }),
                new Hostile(
                        "S27 expired 30 s ago",
                        Refusal.EXPIRED,
                        a -> a.claims.expirationTime(Date.from(Instant.now().minusSeconds(30)))),
                new Hostile(
                        "S28 iat 30 s ahead",
                        Refusal.ISSUED_AT,
                        a -> a.claims.issueTime(Date.from(Instant.now().plusSeconds(30)))),
                new Hostile("V05 no role", Refusal.ROLES_MISSING, a -> a.claim(LTI + "roles", List.of())),
                new Hostile("V05 an empty role", Refusal.ROLES_MISSING, a -> a.claim(LTI + "roles", List.of(""))),
                new Hostile("V08 no names", Refusal.SUBJECT_MISSING, a -> {
                    a.claim("name", null);
                    a.claim("email", null);
                }),
                new Hostile("V09 no context", Refusal.CONTEXT, a -> a.claim(LTI + "context", null)),
                new Hostile(
                        "S54 sub of 255 characters", Refusal.SUBJECT_MISSING, a -> a.claims.subject("s".repeat(255))),
                new Hostile(
                        "S57 odd custom values",
                        Refusal.CONTEXT,
                        a -> a.claim(LTI + "custom", Map.of("a", 1, "b", "$Canvas.user.id", "c", List.of(1)))),
                new Hostile(
                        "submission review",
                        Refusal.MESSAGE_TYPE,
                        a -> a.claim(LTI + "message_type", "LtiSubmissionReviewRequest")));
    }

    @ParameterizedTest
    @MethodSource("toleratedLaunches")
    void isLetIn(Hostile tolerated) {
        Attempt attempt = new Attempt();
        tolerated.change().accept(attempt);

        assertThat(attempt.send().statusCode()).isEqualTo(303);
    }

    @Test
    void aLaunchWorksOnceHoweverOftenItIsSent() throws Exception {
        Attempt attempt = new Attempt();
        String token = platform.sign(attempt.claims.build());
        Map<String, String> cookies = Map.copyOf(attempt.browser.cookies());
        Callable<Integer> replay = () -> {
            TestBrowser browser = new TestBrowser(publicUrl.origin());
            browser.cookies().putAll(cookies);
            return browser.post("/lti/launch", Map.of("state", attempt.login.get("state"), "id_token", token))
                    .statusCode();
        };
        ExecutorService twenty = Executors.newFixedThreadPool(20);
        List<Integer> answers = new ArrayList<>();
        try {
            for (Future<Integer> answer : twenty.invokeAll(Collections.nCopies(20, replay))) {
                answers.add(answer.get());
            }
        } finally {
            twenty.shutdown();
        }

        assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(19);
    }

    @Test
    void aTokenThatWasUsedDoesNotWorkWithAFreshState() {
        Attempt attempt = new Attempt();
        String token = platform.sign(attempt.claims.build());
        attempt.form.put("id_token", token);
        assertThat(attempt.send().statusCode()).isEqualTo(303);

        Attempt replay = new Attempt();
        replay.form.put("id_token", token);

        assertThat(replay.send().statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatDoesNotHoldUsesTheStateUp() {
        Attempt attempt = new Attempt();
        attempt.form.put("id_token", "a.b.c");
        attempt.send();
        attempt.form.remove("id_token");

        assertThat(attempt.send().statusCode()).isEqualTo(401);
    }

    @Test
    void anUnknownDeploymentWaitsForTheOperatorAndThenWorks() {
        Attempt first = new Attempt();
        first.claim(LTI + "deployment_id", "course shell 7");
        assertThat(first.send().statusCode()).isEqualTo(403);
        Registration registration =
                platforms.registration(platform.issuer(), platform.clientId()).orElseThrow();
        Deployment pending = platforms.deployment(registration, "course shell 7");
        assertThat(pending.status()).isEqualTo(Deployment.Status.PENDING);
        assertThat(pending.tenant()).isNull();

        platforms.approve(pending.pk(), "Another College");

        Attempt second = new Attempt();
        second.claim(LTI + "deployment_id", "course shell 7");
        assertThat(second.send().statusCode()).isEqualTo(303);

        platforms.disable(pending.pk());

        Attempt third = new Attempt();
        third.claim(LTI + "deployment_id", "course shell 7");
        assertThat(third.send().statusCode()).isEqualTo(403);
    }

    @Test
    void aKeyThatThePlatformRotatedInIsFetchedAtOnce() {
        try (TestPlatform rotating = new TestPlatform()) {
            platforms.register(rotating.registration(), false);
            assertThat(launch(rotating)).isEqualTo(303);

            rotating.rotateTo(TestPlatform.newKey("key-2"));

            assertThat(launch(rotating)).isEqualTo(303);
        }
    }

    @Test
    void knownKeysGoOnWorkingWhileThePlatformDoesNotAnswer() {
        TestPlatform flaky = new TestPlatform();
        platforms.register(flaky.registration(), false);
        assertThat(launch(flaky)).isEqualTo(303);

        flaky.close();

        assertThat(launch(flaky)).isEqualTo(303);
    }

    @Test
    void aPlatformWhoseKeysCannotBeReadIsSaidToBeAway() {
        TestPlatform gone = new TestPlatform();
        platforms.register(gone.registration(), false);
        gone.close();

        assertThat(launch(gone)).isEqualTo(503);
    }

    @ParameterizedTest
    @MethodSource("incompleteLogins")
    void aLoginThatLacksSomethingIsRefused(Map<String, String> change) {
        Map<String, String> form = loginForm(platform);
        form.putAll(change);
        form.values().removeIf(String::isEmpty);

        HttpResponse<String> response = new TestBrowser(publicUrl.origin()).post("/lti/login", form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    static Stream<Map<String, String>> incompleteLogins() {
        return Stream.of(
                Map.of("iss", ""),
                Map.of("login_hint", ""),
                Map.of("target_link_uri", ""),
                Map.of("iss", "https://unknown.example"),
                Map.of("client_id", "unknown"));
    }

    private int launch(TestPlatform from) {
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        Map<String, String> login = login(browser, from);
        String token =
                from.sign(from.claims(login.get("nonce"), publicUrl.origin()).build());
        return browser.post("/lti/launch", Map.of("state", login.get("state"), "id_token", token))
                .statusCode();
    }

    private Map<String, String> login(TestBrowser browser, TestPlatform from) {
        return TestBrowser.redirectQuery(browser.post("/lti/login", loginForm(from)));
    }

    private Map<String, String> loginForm(TestPlatform from) {
        return new HashMap<>(Map.of(
                "iss", from.issuer(),
                "client_id", from.clientId(),
                "login_hint", "hint",
                "target_link_uri", publicUrl.at("/lti/launch")));
    }

    private static String mac(JWTClaimsSet claims) {
        try {
            return TestPlatform.sign(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(platform.key().getKeyID())
                            .build(),
                    claims,
                    new MACSigner(platform.key().toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private long launches() {
        return jdbc.sql("SELECT COUNT(*) FROM launch").query(Long.class).single();
    }

    private long people() {
        return jdbc.sql("SELECT COUNT(*) FROM person").query(Long.class).single();
    }

    private static String key(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key) {
        return messages.getMessage("launch.refused." + key, null, Locale.ENGLISH);
    }
}
