package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A launch is let in only from the browser that began it: shown by our cookie, or by the secret that the platform's frame
 * kept and a page of ours brought. What the browser's script does is tested in browsers; here is what the server believes.
 */
@LaurelTest
class BrowserBindingConformanceTests {

    private static TestPlatform platform;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

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
    }

    /** A browser in a frame that sends no cookie back, on a platform whose frame "storage" keeps data. */
    private final class Cookieless {

        private final TestBrowser browser = new TestBrowser(publicUrl.origin());

        private final String secret;

        private final Map<String, String> login;

        Cookieless() {
            HttpResponse<String> page = browser.post("/lti/login", loginForm("storage"), "Sec-Fetch-Dest", "iframe");
            assertThat(page.statusCode()).isEqualTo(200);
            browser.cookies().clear();
            secret = data(page, "value");
            login = TestBrowser.query(data(page, "next"));
        }

        HttpResponse<String> launch() {
            return launch(platform.sign(
                    platform.claims(login.get("nonce"), publicUrl.origin()).build()));
        }

        HttpResponse<String> launch(String idToken) {
            return browser.post("/lti/launch", Map.of("id_token", idToken, "state", login.get("state")));
        }

        HttpResponse<String> finish(String proof, String... headers) {
            return browser.post(
                    "/lti/launch/finish",
                    Map.of("state", login.get("state"), "proof", proof),
                    headers.length > 0 ? headers : ours());
        }

        /** All that leads to a page with a hand-over code, and the code. */
        String code() {
            launch();
            return field(finish(secret), "code");
        }
    }

    @Test
    @DisplayName(
            "P01 without a cookie the launch waits for the proof that the platform's frame kept, and then goes on in a tab of its own")
    void theProofOfThePlatformsFrameLetsALaunchIn() {
        Cookieless visit = new Cookieless();
        long launches = launches();

        HttpResponse<String> page = visit.launch();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(data(page, "step")).isEqualTo("get");
        assertThat(data(page, "frame")).isEqualTo("storage");
        assertThat(data(page, "origin")).isEqualTo(platform.issuer());
        assertThat(page.body()).doesNotContain(visit.secret, "id_token", "Ada", "eyJ");
        assertThat(launches()).as("launches before the proof").isEqualTo(launches);

        HttpResponse<String> ready = visit.finish(visit.secret);

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(launches()).isEqualTo(launches + 1);
        TestBrowser tab = new TestBrowser(publicUrl.origin());
        HttpResponse<String> arrival = tab.post("/lti/hand-over", Map.of("code", field(ready, "code")), ours());
        assertThat(arrival.statusCode()).isEqualTo(303);
        assertThat(arrival.headers().firstValue("Location")).hasValue("/course");
        assertThat(tab.get("/course").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("P01 an ordinary login stays one redirect: no storage, our cookie came back, or a tab of its own")
    void anOrdinaryLoginIsOneRedirect() {
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        assertThat(browser.post("/lti/login", loginForm(null)).statusCode()).isEqualTo(302);
        assertThat(browser.post("/lti/login", loginForm("_parent")).statusCode())
                .as("a cookie of ours came back")
                .isEqualTo(302);
        assertThat(new TestBrowser(publicUrl.origin())
                        .post("/lti/login", loginForm("_parent"), "Sec-Fetch-Dest", "document")
                        .statusCode())
                .as("a tab of its own")
                .isEqualTo(302);
        assertThat(new TestBrowser(publicUrl.origin())
                        .post("/lti/login", loginForm("_parent"), "Sec-Fetch-Dest", "iframe")
                        .statusCode())
                .as("a frame whose cookies are not known to come back")
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "P06 the cookie of a login is SameSite=None, Secure, Partitioned and HttpOnly, also beside the platform's storage")
    void theCookieIsSetBesideTheStorageToo() {
        HttpResponse<String> page = new TestBrowser(publicUrl.origin())
                .post("/lti/login", loginForm("_parent"), "Sec-Fetch-Dest", "iframe");

        assertThat(page.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-lti_")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned");
    }

    @Test
    @DisplayName("P01 the page that waits is told whether its login's cookie came back, and of no other")
    void thePageLearnsWhetherItsCookieCameBack() {
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        HttpResponse<String> page = browser.post("/lti/login", loginForm("_parent"), "Sec-Fetch-Dest", "iframe");
        String address = data(page, "cookie");

        assertThat(browser.get(address).body()).isEqualTo("yes");
        assertThat(new TestBrowser(publicUrl.origin()).get(address).body()).isEqualTo("no");
        assertThat(browser.get("/lti/login/cookie?login=AAAAAAAA").body()).isEqualTo("no");
    }

    @Test
    @DisplayName("P07 the pages that wait may be framed by the platform of the login only")
    void onlyThePlatformFramesThePagesThatWait() {
        try (TestPlatform another = new TestPlatform()) {
            platforms.register(another.registration(), false);
            Cookieless visit = new Cookieless();
            HttpResponse<String> before = new TestBrowser(publicUrl.origin())
                    .post("/lti/login", loginForm("_parent"), "Sec-Fetch-Dest", "iframe");

            for (HttpResponse<String> page : List.of(before, visit.launch())) {
                assertThat(page.headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy)
                                .contains("default-src 'self'")
                                .endsWith("frame-ancestors " + platform.issuer()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cross-site", "same-site", "none"})
    @DisplayName("S17b the right proof from a page of another site is refused, and lets the true page in afterwards")
    void theRightProofFromAnotherSiteIsRefused(String site) {
        Cookieless visit = new Cookieless();
        visit.launch();
        long launches = launches();

        HttpResponse<String> answer =
                visit.finish(visit.secret, "Sec-Fetch-Site", site, "Origin", "https://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Reference number").doesNotContain("name=\"code\"");
        assertThat(launches()).isEqualTo(launches);
        assertThat(visit.finish(visit.secret).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("S17b where the browser does not say which site sent the proof, it is refused")
    void aProofOfUnknownOriginIsRefused() {
        Cookieless visit = new Cookieless();
        visit.launch();

        assertThat(visit.finish(visit.secret, "X-Nothing", "said").statusCode()).isEqualTo(403);
        assertThat(visit.finish(visit.secret, "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(visit.finish(visit.secret, "Origin", publicUrl.origin() + ".evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(visit.finish(visit.secret, "Sec-Fetch-Site", "same-origin", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("S17b an older browser that says only its own origin is believed")
    void anOlderBrowserNamesItsOrigin() {
        Cookieless visit = new Cookieless();
        visit.launch();

        assertThat(visit.finish(visit.secret, "Origin", publicUrl.origin()).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("S17 a wrong proof is refused and uses the state up")
    void aWrongProofUsesTheStateUp() {
        Cookieless visit = new Cookieless();
        visit.launch();

        assertThat(visit.finish("A".repeat(43)).statusCode()).isEqualTo(401);
        assertThat(visit.finish(visit.secret).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("S17 a proof before the launch lets nobody in")
    void aProofBeforeTheLaunchLetsNobodyIn() {
        Cookieless visit = new Cookieless();

        assertThat(visit.finish(visit.secret).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("S17 without cookie and storage the page offers a tab of its own, in which the login begins again")
    void withoutCookieAndStorageThereIsATabOfItsOwn() {
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        Map<String, String> form = loginForm(null);
        form.put("lti_message_hint", "{\"a\":\"b&c\"}");
        Map<String, String> login = TestBrowser.redirectQuery(browser.post("/lti/login", form));
        browser.cookies().clear();

        HttpResponse<String> page = browser.post(
                "/lti/launch",
                Map.of("state", login.get("state"), "id_token", "never looked at"),
                "Sec-Fetch-Dest",
                "iframe");

        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("target=\"_blank\"", "action=\"/lti/login\"", "Open Laurel in a new tab");
        form.forEach((name, value) -> assertThat(field(page, name)).isEqualTo(value));
    }

    @Test
    @DisplayName("S17 a tab of its own that keeps no cookie is not sent to another one")
    void aTabWithoutCookiesIsNotSentInCircles() {
        TestBrowser browser = new TestBrowser(publicUrl.origin());
        Map<String, String> login = TestBrowser.redirectQuery(browser.post("/lti/login", loginForm(null)));
        browser.cookies().clear();

        HttpResponse<String> page = browser.post(
                "/lti/launch",
                Map.of("state", login.get("state"), "id_token", "never looked at"),
                "Sec-Fetch-Dest",
                "document");

        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("allow cookies").doesNotContain("<form");
    }

    @Test
    @DisplayName("S13 an id_token that does not hold is refused before any proof is asked for")
    void aBadTokenIsRefusedAtOnce() {
        Cookieless visit = new Cookieless();
        String stale = platform.sign(
                platform.claims("another nonce", publicUrl.origin()).build());

        assertThat(visit.launch(stale).statusCode()).isEqualTo(401);
        assertThat(visit.launch().statusCode()).as("the state is used up").isEqualTo(401);
    }

    @Test
    @DisplayName("S18 a second id_token for a state that waits is refused")
    void oneStateHoldsOneToken() {
        Cookieless visit = new Cookieless();
        visit.launch();

        assertThat(visit.launch().statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("S18 the same proof sent a hundred times in parallel lets one in")
    void oneOfManyProofsWins() throws Exception {
        Cookieless visit = new Cookieless();
        visit.launch();
        Callable<Integer> finish = () -> visit.finish(visit.secret).statusCode();

        assertThat(parallel(finish)).filteredOn(status -> status == 200).hasSize(1);
    }

    @Test
    @DisplayName("S16 a launch that waited for more than two minutes is gone")
    void aHeldLaunchIsShortLived() {
        Cookieless visit = new Cookieless();
        visit.launch();
        jdbc.sql("UPDATE held_launch SET created_at = created_at - INTERVAL 3 MINUTE")
                .update();

        assertThat(visit.finish(visit.secret).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("P08 what is held while the browser is asked is sealed")
    void whatIsHeldIsSealed() {
        Cookieless visit = new Cookieless();
        visit.launch();

        assertThat(jdbc.sql("SELECT claims FROM held_launch")
                        .query((row, n) -> new String(row.getBytes("claims"), StandardCharsets.ISO_8859_1))
                        .list())
                .isNotEmpty()
                .allSatisfy(claims -> assertThat(claims).doesNotContain("Ada Teacher", "teacher-1", "example.edu"));
        assertThat(jdbc.sql("SELECT login_start FROM oidc_state WHERE login_start IS NOT NULL")
                        .query((row, n) -> new String(row.getBytes("login_start"), StandardCharsets.ISO_8859_1))
                        .list())
                .isNotEmpty()
                .allSatisfy(start -> assertThat(start).doesNotContain("login_hint", "iss="));
    }

    // ---- the hand-over code

    @Test
    @DisplayName("S17 a hand-over code works once, however many send it at the same time")
    void aCodeWorksOnce() throws Exception {
        String code = new Cookieless().code();
        Callable<Integer> use = () -> new TestBrowser(publicUrl.origin())
                .post("/lti/hand-over", Map.of("code", code), ours())
                .statusCode();

        assertThat(parallel(use)).filteredOn(status -> status == 303).hasSize(1);
        assertThat(use.call()).isEqualTo(401);
    }

    @Test
    @DisplayName("S16 a hand-over code of more than a minute ago is refused with a page")
    void aCodeIsShortLived() {
        String code = new Cookieless().code();
        jdbc.sql("UPDATE hand_over SET created_at = created_at - INTERVAL 61 SECOND")
                .update();

        HttpResponse<String> page =
                new TestBrowser(publicUrl.origin()).post("/lti/hand-over", Map.of("code", code), ours());

        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("Reference number", "older than a minute");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("S17b a hand-over code sent by a page of another site signs nobody in")
    void aCodeFromAnotherSiteIsRefused() {
        String code = new Cookieless().code();
        TestBrowser victim = new TestBrowser(publicUrl.origin());

        HttpResponse<String> page = victim.post(
                "/lti/hand-over",
                Map.of("code", code),
                "Sec-Fetch-Site",
                "cross-site",
                "Origin",
                "https://evil.example");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(victim.cookies()).isEmpty();
    }

    @Test
    @DisplayName("S17 a hand-over code leads to its own launch only, whoever is signed in where it is used")
    void aCodeIsOfOneLaunch() {
        try (TestPlatform elsewhere = TestPlatform.ofTenant("Another College")) {
            platforms.register(elsewhere.registration(), false);
            TestBrowser tab = new TestBrowser(publicUrl.origin());
            Map<String, String> login = TestBrowser.redirectQuery(tab.post("/lti/login", loginForm(elsewhere, null)));
            tab.post(
                    "/lti/launch",
                    Map.of(
                            "state",
                            login.get("state"),
                            "id_token",
                            elsewhere.sign(elsewhere
                                    .claims(login.get("nonce"), publicUrl.origin())
                                    .claim(
                                            "https://purl.imsglobal.org/spec/lti/claim/context",
                                            Map.of("id", "other", "title", "Elsewhere 202"))
                                    .build())));
            String before = tab.cookies().get("__Host-laurel");
            assertThat(tab.get("/course").body()).contains("Elsewhere 202");

            tab.post("/lti/hand-over", Map.of("code", new Cookieless().code()), ours());

            assertThat(tab.get("/course").body()).contains("Badges 101").doesNotContain("Elsewhere 202");
            tab.cookies().put("__Host-laurel", before);
            assertThat(tab.get("/course").statusCode()).as("the session before").isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    @DisplayName("S15 an unknown hand-over code is refused with a page")
    void anUnknownCodeIsRefused(String code) {
        HttpResponse<String> page =
                new TestBrowser(publicUrl.origin()).post("/lti/hand-over", Map.of("code", code), ours());

        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("Reference number");
    }

    private static List<Integer> parallel(Callable<Integer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(25);
        try {
            List<Future<Integer>> answers = threads.invokeAll(
                    IntStream.range(0, 100).mapToObj(i -> call).toList());
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            threads.shutdown();
        }
    }

    private String[] ours() {
        return new String[] {"Sec-Fetch-Site", "same-origin", "Origin", publicUrl.origin()};
    }

    private long launches() {
        return jdbc.sql("SELECT COUNT(*) FROM launch").query(Long.class).single();
    }

    private Map<String, String> loginForm(@Nullable String storage) {
        return loginForm(platform, storage);
    }

    private Map<String, String> loginForm(TestPlatform from, @Nullable String storage) {
        Map<String, String> form = new HashMap<>(Map.of(
                "iss", from.issuer(),
                "client_id", from.clientId(),
                "login_hint", "hint",
                "target_link_uri", publicUrl.at("/lti/launch"),
                "lti_deployment_id", TestPlatform.DEPLOYMENT));
        if (storage != null) {
            form.put("lti_storage_target", storage);
        }
        return form;
    }

    private static String data(HttpResponse<String> page, String name) {
        return attribute(page, "data-" + name + "=\"([^\"]*)\"");
    }

    private static String field(HttpResponse<String> page, String name) {
        return attribute(page, "name=\"" + name + "\" value=\"([^\"]*)\"");
    }

    private static String attribute(HttpResponse<String> page, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(page.body());
        assertThat(found.find()).as("%s in %s", pattern, page.body()).isTrue();
        return found.group(1).replace("&quot;", "\"").replace("&amp;", "&");
    }
}
