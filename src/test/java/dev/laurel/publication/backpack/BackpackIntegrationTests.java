package dev.laurel.publication.backpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.Reissues;
import dev.laurel.credential.TestAwards;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lms.Browser;
import lms.LaunchBuilder;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A backpack fetches the badges of a student who lets it, from its registration to the last page; and one that means harm. */
@LaurelTest
@Import(TestAwards.class)
class BackpackIntegrationTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CALLBACK = "https://backpack.example/callback";

    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private static final String VERIFIER = "v".repeat(64);

    @Autowired
    ApplicationContext app;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Reissues reissues;

    @Autowired
    Disclosures disclosures;

    @Autowired
    BackpackPermissions permissions;

    @Autowired
    Clock clock;

    private LaunchedCourse launched;

    private Browser ada;

    private final List<Award> hers = new ArrayList<>();

    @BeforeEach
    void aStudentWithThreeBadges() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        launched.launch(launched.lms().course().teacher());
        ada = launched.launch(launched.lms().course().student(0));
        launched.launch(launched.lms().course().student(1));
        for (String name : List.of("Essayist", "Reader", "Speaker")) {
            TestAwards.Course badge = testAwards.courseAt(
                    launched.tenant(),
                    launched.context().id(),
                    TestAwards.draft(name),
                    launched.person(launched.lms().course().teacher()));
            hers.add(earn(badge, person(0)));
            earn(badge, person(1));
        }
    }

    private Award earn(TestAwards.Course badge, long person) {
        Award award = testAwards.decide(badge, List.of(person)).stream()
                .filter(each -> each.achievementId() == badge.badge().achievementId())
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.find(badge.tenant(), award.id()).isPresent());
        return awards.claim(badge.tenant(), award.id(), person, Award.NameShown.NONE);
    }

    private long person(int student) {
        return launched.person(launched.lms().course().student(student));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    private record Client(String id, String secret) {

        String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aBackpackIsFoundRegisteredAllowedAndReadsEachBadgeOfThatStudentOnce() throws Exception {
        JsonNode discovery = body(get("/ims/ob/v3p0/discovery", null));
        JsonNode scheme = discovery.at("/components/securitySchemes/OAuth2ACG");
        assertThat(scheme.path("x-imssf-registrationUrl").asString()).isEqualTo(publicUrl.at("/backpacks/register"));
        assertThat(scheme.at("/flows/authorizationCode/authorizationUrl").asString())
                .isEqualTo(publicUrl.at("/backpacks/authorize"));
        Client client = register();

        Page consent = ada.open(authorize(client, Map.of()));
        assertThat(consent.text())
                .contains("May Acme Backpack have your badges?", "backpack.example", "Your name", "For one hour");
        JsonNode token = body(token(client, code(consent), VERIFIER));
        assertThat(token.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(token.has("refresh_token")).as("for one hour").isFalse();

        HttpResponse<String> first = get("/ims/ob/v3p0/credentials?limit=2", token);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-total-count")).hasValue("3");
        assertThat(first.headers().firstValue("link").orElseThrow())
                .contains("offset=2>; rel=\"next\"", "rel=\"first\"", "rel=\"last\"")
                .doesNotContain("prev");
        HttpResponse<String> second = get("/ims/ob/v3p0/credentials?limit=2&offset=2", token);
        assertThat(second.headers().firstValue("link").orElseThrow())
                .contains("prev")
                .doesNotContain("next");
        List<String> read = Stream.of(first, second)
                .flatMap(answer -> body(answer).path("credential").valueStream())
                .map(each -> each.path("id").asString())
                .toList();
        assertThat(read)
                .containsExactlyElementsOf(hers.stream()
                        .map(award -> "urn:uuid:" + award.publicId())
                        .toList());
        assertThat(first.body())
                .contains(new String(
                        credentials
                                .find(launched.tenant(), hers.get(0).id())
                                .orElseThrow()
                                .embedded(),
                        StandardCharsets.UTF_8));
        assertThat(body(get("/ims/ob/v3p0/credentials?since=" + Instant.now().plusSeconds(60), token))
                        .path("credential")
                        .size())
                .isZero();
        assertThat(body(get("/ims/ob/v3p0/profile", token)).path("name").asString())
                .isEqualTo(launched.lms().course().student(0).name());
    }

    @Test
    void aBadgeThatWasMadeAnewIsReadAgainByWhoeverAsksForNewOnesOnly() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        Award corrected = hers.get(1);
        Instant last = clock.instant();
        assertThat(idsSince(last.toString(), token)).isEmpty();

        assertThat(reissues.reissue(launched.tenant(), corrected.id(), person(0), true, false))
                .isEqualTo(Reissues.Answer.DONE);

        UUID now = credentials
                .find(launched.tenant(), corrected.id())
                .orElseThrow()
                .publicId();
        assertThat(now).isNotEqualTo(corrected.publicId());
        String withoutZone = LocalDateTime.ofInstant(last, ZoneOffset.UTC).toString();
        String elsewhere = last.atOffset(ZoneOffset.ofHours(2)).toString();
        for (String since : List.of(last.toString(), withoutZone, elsewhere)) {
            assertThat(idsSince(since, token)).as(since).containsExactly("urn:uuid:" + now);
        }
    }

    @Test
    void aLevelThatSheKeepsBackGoesToNoBackpack() throws Exception {
        TestAwards.Course badge = testAwards.courseAt(
                launched.tenant(),
                launched.context().id(),
                TestAwards.draft("Master"),
                launched.person(launched.lms().course().teacher()));
        Award master = testAwards.decideWithEverything(
                badge, person(0), clock.instant().plus(Duration.ofDays(90)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.find(badge.tenant(), master.id()).isPresent());
        awards.claim(badge.tenant(), master.id(), person(0), Award.NameShown.NONE);
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        assertThat(get("/ims/ob/v3p0/credentials", token).body()).contains("achievedLevel", "Mastered");

        String last = clock.instant().toString();
        disclosures.choose(badge.tenant(), master.id(), person(0), new Disclosure(Disclosure.Detail.BADGE, false));

        assertThat(get("/ims/ob/v3p0/credentials", token).body())
                .contains("\"urn:uuid:" + master.publicId())
                .doesNotContain("achievedLevel", "Mastered");
        assertThat(body(get("/ims/ob/v3p0/credentials?limit=1", token))
                        .path("credential")
                        .valueStream()
                        .map(each -> each.path("id").asString()))
                .as("on its own page only")
                .containsExactly("urn:uuid:" + hers.get(0).publicId());
        assertThat(idsSince(last, token)).containsExactly("urn:uuid:" + master.publicId());
    }

    @Test
    void aBadgeThatCountsAgainIsReadAgainByWhoeverAsksForNewOnesOnly() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        String last = clock.instant().toString();
        assertThat(idsSince(last, token)).isEmpty();

        jdbc.sql("""
                        INSERT INTO award_history (tenant_id, award_id, moment, at, reason)
                        VALUES (?, ?, 'REINSTATED', UTC_TIMESTAMP(6), '')""").params(launched.tenant().value(), hers.get(2).id()).update();

        assertThat(idsSince(last, token))
                .containsExactly("urn:uuid:" + hers.get(2).publicId());
    }

    private List<String> idsSince(String since, JsonNode token) throws Exception {
        HttpResponse<String> answer =
                get("/ims/ob/v3p0/credentials?since=" + URLEncoder.encode(since, StandardCharsets.UTF_8), token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return body(answer)
                .path("credential")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }

    /** A backup that got into other hands opens no badges. */
    @Test
    void noCodeAndNoTokenIsStoredReadable() throws Exception {
        Client client = register();
        String code = code(ada.open(authorize(client, Map.of())));
        String before = rowsOf(client);
        JsonNode token = body(token(client, code, VERIFIER));
        String access = token.path("access_token").asString();
        String after = rowsOf(client);

        assertThat(before).doesNotContain(code).contains("sha256:");
        assertThat(after).doesNotContain(code, access).contains("sha256:" + hex(Sha256.of(access)));
        assertThat(get("/ims/ob/v3p0/profile", token).statusCode()).isEqualTo(200);
        assertThat(profileWith("sha256:" + hex(Sha256.of(access)))).isEqualTo(401);
    }

    /** What {@code V240} makes of a row from before, here of one only. */
    @Test
    void tokensThatWereGivenOutBeforeTheyWereHashedStayGood() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        String ofThisClient =
                " WHERE registered_client_id = (SELECT id FROM oauth2_registered_client WHERE client_id = ?)";
        jdbc.sql("UPDATE oauth2_authorization SET access_token_value = ?, authorization_code_value = 'code'"
                        + ofThisClient)
                .params(token.path("access_token").asString(), client.id())
                .update();
        assertThat(get("/ims/ob/v3p0/profile", token).statusCode()).isEqualTo(401);

        String migration;
        try (InputStream in = getClass().getResourceAsStream("/db/migration/V240__hashed_backpack_tokens.sql")) {
            migration = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        jdbc.sql(migration.strip().replaceFirst(";$", ofThisClient))
                .param(client.id())
                .update();

        assertThat(get("/ims/ob/v3p0/profile", token).statusCode()).isEqualTo(200);
    }

    @Test
    void aPermissionThatLastsIsRenewedWithATokenThatIsGoodOnce() throws Exception {
        Client client = register();
        Map<String, String> lasting = Map.of("scope", Scopes.CREDENTIALS + " " + Scopes.PROFILE + " " + Scopes.OFFLINE);
        JsonNode first = body(token(client, code(ada.open(authorize(client, lasting))), VERIFIER));
        String refresh = first.path("refresh_token").asString();
        assertThat(rowsOf(client)).doesNotContain(refresh);

        JsonNode next = body(refreshed(client, refresh));

        assertThat(next.path("refresh_token").asString()).isNotEmpty().isNotEqualTo(refresh);
        assertThat(get("/ims/ob/v3p0/profile", next).statusCode()).isEqualTo(200);
        assertThat(refreshed(client, refresh).statusCode()).isEqualTo(400);
        assertThat(rowsOf(client))
                .doesNotContain(
                        next.path("refresh_token").asString(),
                        next.path("access_token").asString());
    }

    @Test
    void whatWasAllowedForAnHourIsAskedAgainAndWhatLastsIsNot() throws Exception {
        Client client = register();
        code(ada.open(authorize(client, Map.of())));

        Page again = ada.open(authorize(client, Map.of()));
        assertThat(again.text()).contains("May Acme Backpack have your badges?");
        assertThat(location(no(again))).contains("error=access_denied");

        Map<String, String> lasting = Map.of("scope", Scopes.CREDENTIALS + " " + Scopes.PROFILE + " " + Scopes.OFFLINE);
        code(ada.open(authorize(client, lasting)));
        assertThat(codeIn(ada.get(authorize(client, lasting)))).isNotEmpty();
    }

    @Test
    void whatWasAllowedForAnHourIsNotAmongThePermissionsAfterIt() throws Exception {
        Client client = register();
        token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER);
        URI mine = URI.create(publicUrl.at("/my/backpacks"));
        assertThat(ada.open(mine).text()).contains("Acme Backpack (backpack.example)");

        jdbc.sql("""
                        UPDATE oauth2_authorization SET access_token_expires_at = NOW() - INTERVAL 1 MINUTE
                        WHERE registered_client_id = (SELECT id FROM oauth2_registered_client WHERE client_id = ?)""").param(client.id()).update();

        assertThat(ada.open(mine).text()).doesNotContain("Acme Backpack");
    }

    @Test
    void whoOnlySignsInAsHerLetsNobodyHaveHerBadgesAndTakesThemNowhere() throws Exception {
        Client client = register();
        URI wallet = URI.create(publicUrl.at("/my/badges/" + hers.get(0).id() + "/wallet"));
        assertThat(ada.open(wallet).status()).isEqualTo(200);
        List<UnaryOperator<LaunchBuilder>> others = List.of(
                token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_environment_test", "test")),
                token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "17")),
                token -> token.claim(
                        LtiNames.ROLES,
                        List.of(
                                "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",
                                "http://purl.imsglobal.org/vocab/lti/system/person#TestUser")));
        for (UnaryOperator<LaunchBuilder> other : others) {
            launched.lms().tamperWithLaunches(other);
            Browser browser = launched.launch(launched.lms().course().student(0));

            assertThat(browser.open(authorize(client, Map.of())).text())
                    .contains("First open Laurel from your course")
                    .doesNotContain("May Acme Backpack");
            assertThat(browser.open(wallet).status()).isIn(403, 404);
            assertThat(browser.open(URI.create(publicUrl.at("/my/backpacks"))).status())
                    .isEqualTo(404);
            assertThat(browser.open(URI.create(publicUrl.at("/my/accounts"))).status())
                    .isEqualTo(404);
            for (String act : List.of("/wallet", "/owner/1")) {
                URI address =
                        URI.create(publicUrl.at("/my/badges/" + hers.get(0).id() + act));
                assertThat(browser.post(address, Map.of(), publicUrl.origin()).status())
                        .as(act)
                        .isIn(403, 404);
            }
        }
    }

    private HttpResponse<String> refreshed(Client client, String refresh) throws Exception {
        return token(client, Map.of("grant_type", "refresh_token", "refresh_token", refresh));
    }

    private int profileWith(String token) throws Exception {
        return get("/ims/ob/v3p0/profile", json.readTree("{\"access_token\":\"" + token + "\"}"))
                .statusCode();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Everything that is stored of what this backpack may do, as whoever reads a backup sees it. */
    private String rowsOf(Client client) {
        return jdbc.sql("""
                        SELECT a.* FROM oauth2_authorization a
                        JOIN oauth2_registered_client c ON c.id = a.registered_client_id WHERE c.client_id = ?""")
                .param(client.id())
                .query((row, n) -> {
                    StringBuilder all = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        byte[] value = row.getBytes(i);
                        all.append(value == null ? "" : new String(value, StandardCharsets.UTF_8))
                                .append('\n');
                    }
                    return all.toString();
                })
                .list()
                .toString();
    }

    @Test
    void sheTakesItBack() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        Page mine = ada.open(URI.create(publicUrl.at("/my/backpacks")));
        assertThat(mine.text()).contains("Acme Backpack (backpack.example)");

        Page after = ada.submit(mine, mine.formTo("/removal"), Map.of());

        assertThat(after.text()).contains("It can read your badges no longer.");
        assertThat(get("/ims/ob/v3p0/credentials", token).statusCode()).isEqualTo(401);
    }

    @Test
    void whoSaysNoGivesNothing() throws Exception {
        Client client = register();
        Page answer = no(ada.open(authorize(client, Map.of())));

        assertThat(location(answer)).startsWith(CALLBACK).contains("error=access_denied", "state=s-1");
    }

    private Page no(Page consent) {
        Page.Form no = consent.forms().get(consent.forms().size() - 1);
        return ada.post(URI.create(publicUrl.at("/backpacks/authorize")), no.fields(), publicUrl.origin());
    }

    @Test
    void aScopeThatWasNotAskedForIsNotThere() throws Exception {
        Client client = register();
        JsonNode token =
                body(token(client, code(ada.open(authorize(client, Map.of("scope", Scopes.PROFILE)))), VERIFIER));

        HttpResponse<String> refused = get("/ims/ob/v3p0/credentials", token);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(minor(refused)).isEqualTo("forbidden");
    }

    @Test
    void aCodeIsGoodOnceAndOnlyForWhoBeganWithIt() throws Exception {
        Client client = register();
        Client other = register();
        String stolen = code(ada.open(authorize(client, Map.of())));
        assertThat(token(other, stolen, VERIFIER).statusCode()).isEqualTo(400);
        // From then on it is good for nobody.
        assertThat(token(client, stolen, VERIFIER).statusCode()).isEqualTo(400);

        String code = code(ada.open(authorize(client, Map.of())));
        assertThat(token(client, code, "w".repeat(64)).statusCode()).isEqualTo(400);
        JsonNode token = body(token(client, code, VERIFIER));
        assertThat(token.has("access_token")).isTrue();
        HttpResponse<String> again = token(client, code, VERIFIER);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(body(again).path("error").asString()).isEqualTo("invalid_grant");
        // Whoever uses a code twice may have stolen it, so what was given for it ends.
        assertThat(get("/ims/ob/v3p0/credentials", token).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutASessionAStudentIsToldWhatToDo() throws Exception {
        Client client = register();

        Page page = new Browser().open(authorize(client, Map.of()));

        assertThat(page.text()).contains("First open Laurel from your course", "Go on", "client_id=" + client.id());
        Page teacher = launched.launch(launched.lms().course().teacher()).open(authorize(client, Map.of()));
        assertThat(teacher.text()).contains("First open Laurel from your course");
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(Map.of("state", ""), "error=invalid_request"),
                Arguments.of(Map.of("code_challenge", ""), "error=invalid_request"),
                Arguments.of(Map.of("code_challenge_method", "plain"), "error=invalid_request"),
                Arguments.of(Map.of("scope", "openid"), "error=invalid_scope"),
                Arguments.of(Map.of("scope", ""), "error=invalid_request"),
                Arguments.of(Map.of("response_type", "token"), "400"),
                Arguments.of(Map.of("redirect_uri", "https://elsewhere.example/callback"), "400"),
                Arguments.of(Map.of("client_id", "nobody"), "400"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anAuthorizationRequestThatIsNoneIsRefused(Map<String, String> changes, String expected) throws Exception {
        Page answer = ada.get(authorize(register(), changes));

        if (expected.equals("400")) {
            assertThat(answer.status()).isEqualTo(400);
        } else {
            assertThat(location(answer)).startsWith(CALLBACK).contains(expected);
        }
    }

    private static List<Map<String, Object>> registrations() {
        return List.of(
                Map.of("redirect_uris", List.of("http://backpack.example/callback")),
                Map.of("redirect_uris", List.of("https://user@backpack.example/callback")),
                Map.of("redirect_uris", List.of("https://backpack.example/callback#x")),
                Map.of("redirect_uris", List.of(CALLBACK, "https://elsewhere.example/callback")),
                Map.of("redirect_uris", List.of("myapp:callback")),
                Map.of("redirect_uris", List.of()),
                Map.of("client_uri", "https://elsewhere.example"),
                Map.of("logo_uri", "http://backpack.example/logo.png"),
                Map.of("token_endpoint_auth_method", "none"),
                Map.of("token_endpoint_auth_method", "client_secret_post"),
                Map.of("grant_types", List.of("client_credentials")),
                Map.of("response_types", List.of("token")),
                Map.of("scope", "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"),
                Map.of("redirect_uris", List.of(CALLBACK + "?" + "x".repeat(200))),
                Map.of("software_id", 7),
                Map.of("client_name", " "),
                Map.of("client_name", "Backpack\u202e of you"),
                Map.of("client_name", "x".repeat(500)));
    }

    @Test
    void aRegistrationThatIsNotOfOneHttpsHostWithASecretIsRefused() throws Exception {
        for (Map<String, Object> changes : registrations()) {
            HttpResponse<String> refused = register(changes);

            assertThat(refused.statusCode())
                    .as("%s: %s", changes, refused.body())
                    .isEqualTo(400);
            assertThat(body(refused).path("error").asString()).as("%s", changes).startsWith("invalid_");
        }
    }

    @Test
    void aRegistrationForNothingThatThereIsIsRefusedInTheWordsOfRegistration() throws Exception {
        HttpResponse<String> refused = register(Map.of("scope", "openid"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(body(refused).path("error").asString()).isEqualTo("invalid_client_metadata");
    }

    @Test
    void aBackpackIsToldWhatItRegistered() throws Exception {
        String logo = "https://backpack.example/logo.png?of=" + "x".repeat(1_000);

        JsonNode registered = body(register(Map.of(
                "scope",
                Scopes.CREDENTIALS + " openid https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert",
                "logo_uri",
                logo,
                "software_id",
                "4NRB1-0XZABZI9E6-5SM3R",
                "software_version",
                "2.1")));

        assertThat(registered.path("scope").asString()).isEqualTo(Scopes.CREDENTIALS);
        assertThat(registered.path("grant_types").valueStream().map(JsonNode::asString))
                .as("without offline_access there is nothing to go on with")
                .containsExactly("authorization_code");
        assertThat(registered.path("client_uri").asString()).isEqualTo("https://backpack.example");
        assertThat(registered.path("logo_uri").asString()).isEqualTo(logo);
        assertThat(registered.path("tos_uri").asString()).isEqualTo("https://backpack.example/terms");
        assertThat(registered.path("policy_uri").asString()).isEqualTo("https://backpack.example/privacy");
        assertThat(registered.path("software_id").asString()).isEqualTo("4NRB1-0XZABZI9E6-5SM3R");
        assertThat(registered.path("software_version").asString()).isEqualTo("2.1");
        Client client = new Client(
                registered.path("client_id").asString(),
                registered.path("client_secret").asString());
        Page consent = ada.open(authorize(client, Map.of("scope", Scopes.CREDENTIALS)));
        assertThat(consent.text())
                .contains("href=\"https://backpack.example/terms\"", "Terms of use of backpack.example")
                .contains("href=\"https://backpack.example/privacy\"");
        assertThat(body(token(client, code(consent), VERIFIER)).has("access_token"))
                .isTrue();
    }

    @Test
    void theAnswerToTheBackpackSaysWhatWasAllowedAndMayLeadOnToAnyHostOfIts() throws Exception {
        Client client = register();
        Page consent = ada.open(authorize(client, Map.of("scope", Scopes.PROFILE + " " + Scopes.OFFLINE)));
        String policy = consent.header("content-security-policy").orElseThrow();

        Page answer =
                ada.post(URI.create(publicUrl.at("/backpacks/authorize")), consented(consent), publicUrl.origin());

        assertThat(policy).contains("form-action 'self' https:;");
        String scope =
                URLDecoder.decode(location(answer).replaceFirst(".*[?&]scope=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        assertThat(scope.split(" ")).containsExactlyInAnyOrder(Scopes.PROFILE, Scopes.OFFLINE);
        // The second time she is not asked, and the answer says the same.
        String again = location(
                ada.get(authorize(client, Map.of("scope", Scopes.PROFILE + " " + Scopes.OFFLINE, "state", "s 1&x=1"))));
        assertThat(again).contains("&scope=", "&state=s%201%26x%3D1");
    }

    @Test
    void aRegistrationIsKeptForAYearAfterItWasMadeOrLastUsed() throws Exception {
        Client waiting = register();
        Client used = register();
        Client unused = register();
        token(used, code(ada.open(authorize(used, Map.of()))), VERIFIER);
        permissions.takeBack(new BackpackHolder(launched.tenant(), person(0)), registrationOf(used));
        registeredAgo(waiting, "300 DAY");
        registeredAgo(used, "800 DAY");
        registeredAgo(unused, "800 DAY");

        register();

        assertThat(ada.open(authorize(waiting, Map.of())).text()).contains("May Acme Backpack");
        assertThat(ada.open(authorize(used, Map.of())).text()).contains("May Acme Backpack");
        assertThat(ada.get(authorize(unused, Map.of())).status()).isEqualTo(400);
    }

    @Test
    void whoeverFloodsTheRegistrationOfAHostDrivesOutOnlyTheOldestThatWereNeverUsedThere() throws Exception {
        String host = "flood-" + UUID.randomUUID() + ".example";
        Client used = register();
        Client elsewhere = register();
        token(used, code(ada.open(authorize(used, Map.of()))), VERIFIER);
        registeredAgo(elsewhere, "30 DAY");
        jdbc.sql("UPDATE oauth2_registered_client SET redirect_uris = ? WHERE client_id = ?")
                .params("https://" + host + "/callback", used.id())
                .update();
        for (int i = 1; i <= BackpackPermissions.UNUSED_OF_HOST + 10; i++) {
            jdbc.sql("""
                            INSERT INTO oauth2_registered_client (id, client_id, client_id_issued_at, client_name,
                                client_authentication_methods, authorization_grant_types, redirect_uris, scopes,
                                client_settings, token_settings)
                            SELECT ?, ?, NOW() - INTERVAL ? MINUTE, client_name, client_authentication_methods,
                                authorization_grant_types, ?, scopes, client_settings, token_settings
                            FROM oauth2_registered_client WHERE client_id = ?""")
                    .params(host + i, host + i, i, "HTTPS://" + host.toUpperCase(Locale.ROOT) + ":8443", used.id())
                    .update();
        }

        permissions.tidy(host);

        assertThat(jdbc.sql("SELECT COUNT(*) FROM oauth2_registered_client WHERE id LIKE ?")
                        .param(host + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(BackpackPermissions.UNUSED_OF_HOST);
        assertThat(registrationOf(used)).isNotEmpty();
        assertThat(registrationOf(elsewhere)).isNotEmpty();
        assertThat(registrationOf(new Client(host + "1", ""))).as("the newest").isNotEmpty();
    }

    private String registrationOf(Client client) {
        return jdbc.sql("SELECT id FROM oauth2_registered_client WHERE client_id = ?")
                .param(client.id())
                .query(String.class)
                .single();
    }

    private void registeredAgo(Client client, String ago) {
        jdbc.sql("UPDATE oauth2_registered_client SET client_id_issued_at = NOW() - INTERVAL " + ago
                        + " WHERE client_id = ?")
                .param(client.id())
                .update();
    }

    @Test
    void afterTenRegistrationsInAMinuteAnAddressHasToWait() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(register(Map.of("client_name", " "), "203.0.113.77").statusCode())
                    .isEqualTo(400);
        }
        assertThat(register(Map.of(), "203.0.113.77").statusCode()).isEqualTo(429);
    }

    @Test
    void aQueryThatSaysNothingIsRefusedInTheWordsOfTheSpecification() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));

        for (String query : List.of("limit=0", "limit=x", "offset=-1", "since=yesterday")) {
            HttpResponse<String> refused = get("/ims/ob/v3p0/credentials?" + query, token);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(minor(refused)).isEqualTo("invalid_query_parameter");
        }
        assertThat(get("/ims/ob/v3p0/credentials?offset=2147483647", token)
                        .headers()
                        .firstValue("link")
                        .orElseThrow())
                .doesNotContain("offset=-", "next");
        HttpResponse<String> withoutToken = get("/ims/ob/v3p0/credentials", null);
        assertThat(withoutToken.statusCode()).isEqualTo(401);
        assertThat(minor(withoutToken)).isEqualTo("unauthorizedrequest");
        HttpResponse<String> nowhere = get("/ims/ob/v3p0/nothing", token);
        assertThat(nowhere.statusCode()).isEqualTo(403);
        assertThat(minor(nowhere)).isEqualTo("forbidden");
    }

    /** The body has to be an {@code Imsx_StatusInfo} as the schema of Open Badges 3.0 has it, in which every list is closed. */
    private String minor(HttpResponse<String> refused) {
        assertThat(refused.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        JsonNode info = body(refused);
        assertThat(info.propertyNames())
                .containsExactlyInAnyOrder("imsx_codeMajor", "imsx_severity", "imsx_description", "imsx_codeMinor");
        assertThat(info.path("imsx_codeMajor").asString()).isIn("failure", "processing", "success", "unsupported");
        assertThat(info.path("imsx_severity").asString()).isIn("error", "status", "warning");
        assertThat(info.path("imsx_description").asString()).isNotBlank();
        assertThat(info.path("imsx_codeMinor").propertyNames()).containsExactly("imsx_codeMinorField");
        JsonNode fields = info.at("/imsx_codeMinor/imsx_codeMinorField");
        assertThat(fields.isArray()).isTrue();
        assertThat(fields.size()).isEqualTo(1);
        assertThat(fields.get(0).propertyNames())
                .containsExactlyInAnyOrder("imsx_codeMinorFieldName", "imsx_codeMinorFieldValue");
        String minor = fields.get(0).path("imsx_codeMinorFieldValue").asString();
        assertThat(minor)
                .isIn(
                        "forbidden",
                        "fullsuccess",
                        "internal_server_error",
                        "invalid_data",
                        "invalid_query_parameter",
                        "misdirected_request",
                        "not_acceptable",
                        "not_allowed",
                        "not_modified",
                        "server_busy",
                        "unauthorizedrequest",
                        "unknown");
        return minor;
    }

    @Test
    void whatWasTakenBackIsNotReadAnyMore() throws Exception {
        Client client = register();
        JsonNode token = body(token(client, code(ada.open(authorize(client, Map.of()))), VERIFIER));
        jdbc.sql("UPDATE award SET revoked_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), hers.get(1).id())
                .update();

        assertThat(body(get("/ims/ob/v3p0/credentials", token))
                        .path("credential")
                        .size())
                .isEqualTo(2);
    }

    private Client register() throws IOException, InterruptedException {
        HttpResponse<String> answer = register(Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode client = body(answer);
        return new Client(
                client.path("client_id").asString(),
                client.path("client_secret").asString());
    }

    /** Each from another address: more than a few in a minute from one are refused. */
    private HttpResponse<String> register(Map<String, Object> changes) throws IOException, InterruptedException {
        return register(changes, "198.51.100." + ADDRESSES.incrementAndGet());
    }

    private HttpResponse<String> register(Map<String, Object> changes, String address)
            throws IOException, InterruptedException {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "client_name",
                "Acme Backpack",
                "client_uri",
                "https://backpack.example",
                "logo_uri",
                "https://backpack.example/logo.png",
                "tos_uri",
                "https://backpack.example/terms",
                "policy_uri",
                "https://backpack.example/privacy",
                "redirect_uris",
                List.of(CALLBACK),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "response_types",
                List.of("code"),
                "token_endpoint_auth_method",
                "client_secret_basic",
                "scope",
                Scopes.CREDENTIALS + " " + Scopes.PROFILE + " " + Scopes.OFFLINE));
        wanted.putAll(changes);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/backpacks/register")))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("X-Forwarded-For", address)
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(wanted)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI authorize(Client client, Map<String, String> changes) throws Exception {
        byte[] challenge = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> query = new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                client.id(),
                "redirect_uri",
                CALLBACK,
                "scope",
                Scopes.CREDENTIALS + " " + Scopes.PROFILE,
                "state",
                "s-1",
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(challenge),
                "code_challenge_method",
                "S256"));
        query.putAll(changes);
        query.values().removeIf(String::isEmpty);
        return URI.create(publicUrl.at("/backpacks/authorize?" + form(query)));
    }

    /** She presses yes. */
    private String code(Page consent) {
        Page answer =
                ada.post(URI.create(publicUrl.at("/backpacks/authorize")), consented(consent), publicUrl.origin());
        return codeIn(answer);
    }

    private static String codeIn(Page answer) {
        String location = location(answer);
        assertThat(location).startsWith(CALLBACK).contains("state=s-1");
        return URLDecoder.decode(location.replaceFirst(".*[?&]code=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    }

    /** The fields of the form in the order of the page, of which one comes several times. */
    private static String consented(Page consent) {
        String yes = consent.text().split("<form")[1];
        return FIELD.matcher(yes)
                .results()
                .map(field -> field.group(1) + "=" + URLEncoder.encode(field.group(2), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> token(Client client, String code, String verifier) throws Exception {
        return token(
                client,
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK,
                        "code_verifier", verifier));
    }

    private HttpResponse<String> token(Client client, Map<String, String> grant) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(publicUrl.at("/backpacks/token")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", client.basic())
                        .POST(HttpRequest.BodyPublishers.ofString(form(grant)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, @Nullable JsonNode token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(publicUrl.at(path))).header("Accept", "application/json");
        if (token != null) {
            request.header(
                    "Authorization", "Bearer " + token.path("access_token").asString());
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode body(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    private static String location(Page answer) {
        return answer.header("location").orElse("no redirect, but " + answer.status());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
