package dev.laurel.dashboard.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.launch.operator.TestOperator;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.selftest.SelfTest;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import lms.Browser;
import lms.Fault;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages and files of the self-test over HTTP, without scripts. */
@LaurelTest
class SelfTestPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    ApplicationContext app;

    @Autowired
    SelfTest selfTest;

    @Autowired
    Platforms platforms;

    @Autowired
    Approvals approvals;

    @Autowired
    PublicUrl publicUrl;

    private ReferenceLms lms;

    private Tool tool;

    private Registration registration;

    private TenantId tenant;

    @BeforeEach
    void start() {
        tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1");
        lms = ReferenceLms.builder().students(3).tool(tool).start();
        registration = TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
    }

    @AfterEach
    void stop() {
        lms.clearFaults();
        lms.close();
    }

    @Test
    void theOperatorFindsItBesideThePlatformRunsItAndLooksAgain() {
        Browser operator = operator();
        Page platformsPage = operator.open(at("/operator/registrations"));
        assertThat(platformsPage.text()).contains(operatorPath());
        Page never = operator.open(at(operatorPath()));
        assertThat(never.text()).contains("Nobody has run the self-test of this platform yet.");
        lms.setFault(Service.JWKS, Fault.neverAnswers());

        Page underWay = operator.submit(never, never.formTo("self-test"), Map.of());

        assertThat(underWay.text()).contains("You need not wait", "checks made", "Look again", "<progress");
        assertThat(underWay.text()).doesNotContain("Run it again");
        lms.clearFaults();
        awaitEnd(SelfTest.OPERATOR);
        assertThat(operator.open(at(operatorPath())).text()).contains("Run it again", "Master key", "Job queue");
    }

    @Test
    void theAdministratorFindsItBesideTheConnectionAndSeesNothingOfTheInside() {
        Browser admin = admin();
        assertThat(admin.open(at("/institution")).text()).contains(institutionPath());
        Page never = admin.open(at(institutionPath()));

        admin.submit(never, never.formTo("self-test"), Map.of());

        awaitEnd(tenant);
        Page page = admin.open(at(institutionPath()));
        assertThat(page.text()).contains("The platform’s keys", "lms-1", "Run it again");
        assertThat(page.text()).doesNotContain("Master key", "Job queue", "MariaDB");
        assertThat(admin.open(at(institutionPath() + "/progress")).text()).doesNotContain("<html", "hx-trigger");
    }

    @Test
    void aPageWithScriptsIsRenewedWhileTheRunIsUnderWay() {
        Browser admin = admin();
        lms.setFault(Service.JWKS, Fault.neverAnswers());
        Page never = admin.open(at(institutionPath()));

        Page underWay = admin.submit(never, never.formTo("self-test"), Map.of());

        assertThat(underWay.text()).contains("hx-get=\"" + institutionPath() + "/progress\"", "every 2s");
        lms.clearFaults();
        awaitEnd(tenant);
    }

    @Test
    void aProblemSaysWhatItMeansWhatToDoAndUntilWhenItWorked() {
        run(tenant);
        lms.setFault(Service.TOKEN, Fault.status(401));
        run(tenant);

        assertThat(admin().open(at(institutionPath())).text())
                .contains(
                        "The platform refuses Laurel a token: HTTP 401",
                        "What to do",
                        "whether the platform can read Laurel’s key set",
                        "It was last fine");
    }

    @Test
    void theFilesSayTheSameWithoutSecretsOrPeople() {
        launchTeacher();
        run(SelfTest.OPERATOR);
        Browser operator = operator();

        Page text = operator.open(at(operatorPath() + "/report.txt"));
        Page json = operator.open(at(operatorPath() + "/report.json"));

        assertThat(text.header("Content-Disposition").orElseThrow()).contains("laurel-self-test.txt");
        assertThat(text.text())
                .contains("Self-test of Northfield College LMS", registration.clientId(), "[fine] Reading members")
                .contains("[not tested] Making a column", "What to do: Tick the box");
        JsonNode root = JsonMapper.shared().readTree(json.text());
        assertThat(root.path("checks").size()).isEqualTo(Check.values().length);
        assertThat(root.path("checks")
                        .valueStream()
                        .map(check -> check.path("check").asString()))
                .contains("public-url", "roster", "scope-score");
        for (Page file : new Page[] {text, json}) {
            assertThat(file.text()).doesNotContain("Marlow", "@northfield", "eyJ", "Bearer", "-----BEGIN");
            lms.course().people().forEach(person -> assertThat(file.text()).doesNotContain(person.familyName()));
        }
    }

    @Test
    void theReportEndsInWhatWorksHereAndWhatOneMorePermissionWouldUnlock() {
        Set<String> left = new HashSet<>(tool.scopes());
        left.remove(LtiNames.SCOPE_LINE_ITEM);
        lms.register(tool.withScopes(left));
        launchTeacher();
        run(tenant);

        Browser admin = admin();
        assertThat(admin.open(at(institutionPath())).text().replaceAll("\\s+", " "))
                .contains(
                        "What works here",
                        "Columns of activities that are links of Laurel, with a score that must be reached</span>"
                                + " <span class=\"tag good\">works",
                        "Columns that a teacher adds in Laurel and grades in the gradebook</span>"
                                + " <span class=\"tag bad\">not permitted",
                        "Quizzes and assignments of the platform itself</span> <span class=\"tag\">comes later",
                        "Permission to make columns would unlock:");
        JsonNode json = JsonMapper.shared()
                .readTree(admin.open(at(institutionPath() + "/report.json")).text());
        assertThat(json.path("unlocks").size()).isEqualTo(1);
        assertThat(admin.open(at(institutionPath() + "/report.txt")).text())
                .contains("WHAT WORKS HERE", "[not permitted] Columns that a teacher adds");
    }

    @Test
    void theTeacherIsToldWhatHerCourseLacksAndNothingWhereItLacksNothing() {
        Page all = new Browser().launch(lms.launch(lms.course().teacher()));
        assertThat(all.text())
                .contains("Add a column that you grade")
                .doesNotContain("Laurel may not", "Laurel cannot");

        lms.register(tool.withScopes(Set.of(LtiNames.SCOPE_LINE_ITEM_READ, LtiNames.SCOPE_RESULT_READ)));
        Page less = new Browser().launch(lms.launch(lms.course().teacher()));

        assertThat(less.text())
                .contains(
                        "Laurel cannot read this course’s members",
                        "Laurel may not add columns to this gradebook",
                        "Laurel may not write badges into this gradebook")
                .doesNotContain("Add a column that you grade");
    }

    @Test
    void theOperatorsFirstPageShowsEachStepWithWhatIsTrueOfItNow() {
        Browser operator = operator();
        String link = "<a href=\"" + operatorPath() + "\">Self-test of Northfield College LMS</a>: <span>";
        assertThat(firstPage(operator)).contains("Setting up", link + "not run yet");

        run(SelfTest.OPERATOR);
        assertThat(firstPage(operator)).containsPattern(Pattern.quote(link) + "\\d+ fine, ");

        Deployment waiting = platforms.deployment(registration, "waiting");
        assertThat(firstPage(operator)).containsPattern("\\d+ deployments? waits? for you");

        // Other tests of this installation may have left some.
        platforms.deployments().stream()
                .filter(deployment -> deployment.status() == Deployment.Status.PENDING)
                .forEach(deployment -> approvals.approve(deployment.pk(), "Another College"));
        assertThat(platforms.deployment(waiting.pk()).orElseThrow().status()).isEqualTo(Deployment.Status.ACTIVE);
        launchTeacher();
        assertThat(firstPage(operator)).contains("approved, none waits", "Somebody opened Laurel in a platform");
    }

    private String firstPage(Browser operator) {
        return operator.open(at("/operator")).text().replaceAll("\\s+", " ");
    }

    @Test
    void cookiesThatComeBackFromAFrameAreTakenForWhatTheyAre() {
        Browser admin = admin();

        assertThat(cookiesCode(admin, "iframe", "")).isEqualTo("lost");
        assertThat(cookiesCode(admin, "iframe", TryCookies.PARTITIONED)).isEqualTo("partitioned");
        assertThat(cookiesCode(admin, "iframe", TryCookies.PARTITIONED + "=1; " + TryCookies.PLAIN))
                .isEqualTo("everywhere");
        assertThat(cookiesCode(admin, "document", TryCookies.PARTITIONED)).isEqualTo("unframed");
    }

    @Test
    void whatNobodyRanHasNoFileAndWhatIsNotThereHasNoPage() {
        assertThat(operator().open(at(operatorPath() + "/report.txt")).status()).isEqualTo(404);
        assertThat(operator()
                        .open(at("/operator/registrations/987654/self-test"))
                        .status())
                .isEqualTo(404);
        assertThat(admin().open(at("/institution/self-test/987654")).status()).isEqualTo(404);
    }

    private String cookiesCode(Browser admin, String destination, String tried) {
        Page page = admin.open(at(institutionPath()));
        Map<String, String> fields = page.formTo("self-test").fields();
        String session = admin.cookies().named("__Host-laurel").orElseThrow().value();
        String cookie = "__Host-laurel=" + session + (tried.isEmpty() ? "" : "; " + tried + "=1");
        HttpRequest request = HttpRequest.newBuilder(at(institutionPath()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Dest", destination)
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(dev.laurel.launch.TestBrowser.form(fields)))
                .build();
        try {
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(302);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return awaitEnd(tenant).lines().stream()
                .filter(line -> line.check() == Check.COOKIES)
                .findFirst()
                .orElseThrow()
                .finding()
                .code();
    }

    private void run(TenantId asking) {
        selfTest.ask(asking, registration.id(), false, null);
        awaitEnd(asking);
    }

    private Run awaitEnd(TenantId asking) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> selfTest.latest(asking, registration.id()).orElseThrow(), run -> !run.isUnderWay());
    }

    private Browser operator() {
        Browser browser = new Browser();
        browser.open(URI.create(TestOperator.link(app)));
        return browser;
    }

    private Browser admin() {
        Browser browser = new Browser();
        assertThat(browser.launch(lms.launchAsAdministrator(tool)).status()).isEqualTo(200);
        return browser;
    }

    private void launchTeacher() {
        new Browser().launch(lms.launch(lms.course().teacher()));
    }

    private String operatorPath() {
        return "/operator/registrations/" + registration.id() + "/self-test";
    }

    private String institutionPath() {
        return "/institution/self-test/" + registration.id();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
