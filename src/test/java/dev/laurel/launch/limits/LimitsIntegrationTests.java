package dev.laurel.launch.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Floods through a proxy on this machine, which the default settings trust to say where requests come from. */
@LaurelTest
class LimitsIntegrationTests {

    private static final int PER_ADDRESS = 1_000;

    private static TestPlatform platform;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

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

    @Test
    void aFloodOfLoginsFromOneAddressIsCutWhileOthersStillLaunch() throws Exception {
        List<HttpResponse<String>> answers =
                flood(PER_ADDRESS + 500, () -> from("203.0.113.7").get("/lti/login"));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 500);
        assertThat(statuses(answers, 400)).hasSizeGreaterThanOrEqualTo(PER_ADDRESS);
        HttpResponse<String> refused = statuses(answers, 429).get(0);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(refused.body()).contains("<h1>Laurel is busy", "Reference number");
        // A place becomes free every now and then; of many at once most find none.
        assertThat(statuses(flood(200, () -> from("203.0.113.7").post("/lti/login", loginForm())), 429))
                .isNotEmpty();
        assertThat(launch(from("203.0.113.8"))).isEqualTo(303);
    }

    @Test
    void aFloodOfNoticesFromOneAddressIsCut() throws Exception {
        List<HttpResponse<String>> answers =
                flood(PER_ADDRESS + 500, () -> from("203.0.113.99").post("/lti/notices", Map.of("notices", "none")));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 500);
    }

    @Test
    void aFloodOfLaunchesIsCutAndDoesNotSpendTheLoginsOfTheAddress() throws Exception {
        List<HttpResponse<String>> answers = flood(
                PER_ADDRESS + 500,
                () -> from("2001:db8:7:7::" + hex())
                        .post("/lti/launch", Map.of("state", "A".repeat(43), "id_token", "a.b.c")));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 500);
        assertThat(from("2001:db8:7:7::1").post("/lti/login", loginForm()).statusCode())
                .isEqualTo(302);
        assertThat(launch(from("2001:db8:7:8::1"))).isEqualTo(303);
    }

    @Test
    void registrationsFromOneAddressAreFew() throws Exception {
        List<HttpResponse<String>> answers =
                flood(60, () -> from("203.0.113.9").get("/lti/register?openid_configuration=x"));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 30);
    }

    @Test
    void severalHundredStudentsBehindOneAddressAllGetIn() throws Exception {
        ExecutorService sixteen = Executors.newFixedThreadPool(16);
        try {
            Callable<Integer> student = () -> launch(from("203.0.113.10"));
            for (Future<Integer> answer : sixteen.invokeAll(Collections.nCopies(400, student))) {
                assertThat(answer.get()).isEqualTo(303);
            }
        } finally {
            sixteen.shutdown();
        }
    }

    /** Whoever writes the header himself adds to its left; the proxy adds to its right. */
    @Test
    void aMadeUpAddressBeforeTheProxysOneChangesNothing() throws Exception {
        List<HttpResponse<String>> answers = flood(
                PER_ADDRESS + 500,
                () -> from("198.51.100." + (int) (Math.random() * 250) + ", 203.0.113.11")
                        .get("/lti/login"));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 500);
    }

    @Test
    void aPathWrittenAnotherWayIsTheSamePath() throws Exception {
        List<HttpResponse<String>> answers =
                flood(PER_ADDRESS + 500, () -> from("203.0.113.12").get("/lti/%6cogin"));

        assertThat(statuses(answers, 429)).hasSizeBetween(1, 500);
    }

    private static List<HttpResponse<String>> statuses(List<HttpResponse<String>> answers, int status) {
        return answers.stream().filter(answer -> answer.statusCode() == status).toList();
    }

    private List<HttpResponse<String>> flood(int requests, Callable<HttpResponse<String>> request) throws Exception {
        ExecutorService sixteen = Executors.newFixedThreadPool(16);
        List<HttpResponse<String>> answers = new ArrayList<>();
        try {
            for (Future<HttpResponse<String>> answer : sixteen.invokeAll(Collections.nCopies(requests, request))) {
                answers.add(answer.get());
            }
        } finally {
            sixteen.shutdown();
        }
        return answers;
    }

    private TestBrowser from(String address) {
        return new TestBrowser(publicUrl.origin()).with("X-Forwarded-For", address);
    }

    private static String hex() {
        return Integer.toHexString((int) (Math.random() * 0xffff));
    }

    private int launch(TestBrowser browser) {
        Map<String, String> login = TestBrowser.redirectQuery(browser.post("/lti/login", loginForm()));
        String token = platform.sign(
                platform.claims(login.get("nonce"), publicUrl.origin()).build());
        return browser.post("/lti/launch", Map.of("state", login.get("state"), "id_token", token))
                .statusCode();
    }

    private Map<String, String> loginForm() {
        return Map.of(
                "iss", platform.issuer(),
                "client_id", platform.clientId(),
                "login_hint", "hint",
                "target_link_uri", publicUrl.at("/lti/launch"));
    }
}
