package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.laurel.launch.operator.TestOperator;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lms.Browser;
import lms.LmsUser;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import lms.ResourceLink;
import lms.Tool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Launches from a place that nobody approved yet, and who may approve it. */
@LaurelTest
class PendingDeploymentIntegrationTests {

    private static final String PENDING = "course shell 7";

    @Autowired
    Platforms platforms;

    @Autowired
    Approvals approvals;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationContext app;

    private ReferenceLms lms;

    private Registration registration;

    private String college;

    private final Browser admin = new Browser();

    @BeforeEach
    void start() {
        lms = ReferenceLms.builder()
                .students(1)
                .tool(Tool.laurel(URI.create(publicUrl.origin())))
                .start();
        college = "College at " + lms.issuer();
        registration = register("1", college);
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void whoComesFromAPlaceThatNobodyApprovedIsToldWhatToTellHerAdminAndIsNotRemembered() {
        long people = people();
        LmsUser teacher = lms.course().teacher();

        Page page = knock(teacher);

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text())
                .contains("Your admin must approve Laurel here first", "Please approve Laurel.", PENDING)
                .contains(publicUrl.at("/operator/deployments"))
                .containsPattern("Reference number: [A-Z0-9-]{6,}")
                .doesNotContain(teacher.familyName());
        assertThat(people()).isEqualTo(people);
    }

    @Test
    void theOperatorSeesWhereItIsAndHowOftenAndApprovesItForTheSuggestedInstitutionInOneClick() {
        knock(lms.course().teacher());
        knock(lms.course().student(0));
        Browser operator = operator();

        Page list = operator.open(URI.create(publicUrl.at("/operator/deployments")));

        String entry = list.text().substring(list.text().indexOf(PENDING));
        assertThat(entry).contains("Academic writing", "<span>2</span>").contains("selected=\"selected\">" + college);
        assertThat(entry).doesNotContain(lms.course().teacher().familyName());
        Page approved = operator.submit(list, list.formTo("/" + pending().pk() + "/approval"), Map.of());
        assertThat(approved.text()).contains(PENDING + " may launch Laurel for " + college);
        assertThat(knock(lms.course().teacher()).status()).isEqualTo(200);
    }

    @Test
    void anotherSchoolUnderTheSameClientIsNotTakenForTheFirst() {
        knock(lms.course().teacher(), "school-1", "guid-1", "First School");
        approvals.approve(deployment("school-1").pk(), college);
        knock(lms.course().teacher(), "school-2", "guid-2", "Second School");
        knock(lms.course().teacher(), "school-1b", "guid-1", "First School");
        Browser operator = operator();

        String list =
                operator.open(URI.create(publicUrl.at("/operator/deployments"))).text();

        assertThat(entry(list, deployment("school-2")))
                .doesNotContain("selected")
                .contains("value=\"Second School\"");
        assertThat(entry(list, deployment("school-1b"))).contains("selected=\"selected\">" + college);
    }

    @Test
    void aPlatformThatTakesTheNameOfAnInstitutionIsNotOfferedItsPlace() {
        knock(lms.course().teacher(), "impostor", "guid-9", college);
        jdbc.sql("UPDATE deployment SET platform_guid = 'guid-1' WHERE registration_id = ? AND deployment_id = '1'")
                .param(registration.id())
                .update();
        Browser operator = operator();

        Page list = operator.open(URI.create(publicUrl.at("/operator/deployments")));

        assertThat(entry(list.text(), deployment("impostor")))
                .doesNotContain("selected")
                .containsPattern("id=\"new-tenant-\\d+\"[^>]* value=\"\"");
    }

    @Test
    void theAdministratorOfAnInstitutionApprovesADeploymentOfItsOwnServer() {
        knock(lms.course().teacher());

        Page institution = institutionAdmin();
        Page done = admin.submit(institution, institution.formTo("/" + pending().pk() + "/approval"), Map.of());

        assertThat(done.status()).isEqualTo(200);
        assertThat(pending().status()).isEqualTo(Deployment.Status.ACTIVE);
        assertThat(pending().tenant()).isEqualTo(deployment("1").tenant());
    }

    @Test
    void anAdministratorCannotTakeADeploymentOfAClientThatOtherInstitutionsShare() {
        knock(lms.course().teacher());
        register("2", "Another college at " + lms.issuer());

        Page institution = institutionAdmin();

        assertThat(institution.text()).doesNotContain("Waiting for your approval", PENDING);
        assertThat(approveAsAdministrator(institution)).isEqualTo(404);
        assertThat(pending().status()).isEqualTo(Deployment.Status.PENDING);
    }

    @Test
    void anAdministratorCannotTakeADeploymentUnderAnIssuerThatAVendorsCustomersShare() {
        Registration canvas = platforms.register(
                new RegistrationEntry(
                        "Canvas",
                        "https://canvas.instructure.com",
                        "170000000000727",
                        URI.create("https://canvas.instructure.com/api/lti/authorize_redirect"),
                        URI.create("https://canvas.instructure.com/login/oauth2/token"),
                        null,
                        URI.create("https://canvas.instructure.com/api/lti/security/jwks"),
                        null,
                        null,
                        null,
                        List.of(new RegistrationEntry.DeploymentEntry("7:first", college))),
                false);
        platforms.deployment(canvas, "8:second");

        assertThat(canvas.isShared()).isTrue();
        assertThat(approvals.approvableBy(Objects.requireNonNull(deployment("1").tenant())))
                .isEmpty();
    }

    @Test
    void anAdministratorCannotTakeADeploymentThatHerServerSaysIsANeighbours() {
        knock(lms.course().teacher(), "neighbour", "guid-of-the-neighbour", "Neighbour College");
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("name", "Nobody says")));
        new Browser()
                .launch(lms.launch(lms.course(), link("unnamed"), lms.course().teacher()));

        Page institution = institutionAdmin();

        assertThat(institution.text()).doesNotContain("Waiting for your approval", "neighbour", "unnamed");
        for (String other : List.of("neighbour", "unnamed")) {
            assertThat(approveAsAdministrator(institution, other)).isEqualTo(404);
            assertThat(deployment(other).status()).isEqualTo(Deployment.Status.PENDING);
        }
    }

    @Test
    void whatThePlatformCallsAnInstitutionIsKnownOfADeploymentThatNeverWaited() {
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", "guid-1", "name", "A")));
        assertThat(new Browser().launch(lms.launch(lms.course().teacher())).status())
                .isEqualTo(200);
        register("2", "Another college at " + lms.issuer());
        knock(lms.course().teacher(), "school-1b", "guid-1", "First School");

        String list = operator()
                .open(URI.create(publicUrl.at("/operator/deployments")))
                .text();

        assertThat(deployment("1").seen().platformGuid()).isEqualTo("guid-1");
        assertThat(entry(list, deployment("school-1b"))).contains("selected=\"selected\">" + college);
    }

    @Test
    void theOperatorSaysOfAPlaceThatWasInstalledAgainThatItIsTheOneFromBeforeAndItsCoursesStay() {
        Deployment before = launchedBefore();
        knock(lms.course().teacher(), "again", "guid-1", "A");
        Browser operator = operator();

        Page list = operator.open(URI.create(publicUrl.at("/operator/deployments")));
        Page done = operator.submit(
                list,
                list.formTo("/" + deployment("again").pk() + "/approval"),
                Map.of("former", String.valueOf(before.pk())));

        assertThat(done.text()).contains("Laurel can be launched from again", "the place from before");
        assertThat(deployment("again").pk()).isEqualTo(before.pk());
        assertThat(deployment("again").tenant()).isEqualTo(before.tenant());
        long courses = courses(before);
        knock(lms.course().teacher(), "again", "guid-1", "A");
        assertThat(courses(before)).isEqualTo(courses).isPositive();
    }

    @Test
    void thePlacesAdministratorMaySayItToo() {
        Deployment before = launchedBefore();
        knock(lms.course().teacher(), "again", "guid-1", "A");
        Deployment again = deployment("again");
        register("2", college);
        Page institution =
                admin.launch(lms.launchAsAdministrator(lms.tools().get(0).withDeployment("2")));

        Page done =
                admin.submit(institution, institution.formTo("/" + again.pk() + "/former/" + before.pk()), Map.of());

        assertThat(done.status()).isEqualTo(200);
        assertThat(deployment("again").pk()).isEqualTo(before.pk());
    }

    @Test
    void aPlaceThatLaunchedSinceTheOtherOneAppearedIsNotTheSameOne() {
        Deployment living = launchedBefore();
        knock(lms.course().teacher(), "further", "guid-1", "A");
        assertThat(approvals.mayHaveBeen(deployment("further")))
                .extracting(Deployment::pk)
                .containsExactly(living.pk());
        launchedBefore();

        assertThat(approvals.mayHaveBeen(deployment("further")))
                .extracting(Deployment::pk)
                .doesNotContain(living.pk());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> approvals.approveAs(deployment("further").pk(), living.pk()));
    }

    /** Both were shown the same, and the second one is told that it is done already. */
    @Test
    void whereTwoAdministratorsSayItAtTheSameMomentOneOfThemDoes() throws Exception {
        Deployment before = launchedBefore();
        knock(lms.course().teacher(), "again", "guid-1", "A");
        long waiting = deployment("again").pk();
        ExecutorService administrators = Executors.newFixedThreadPool(2);
        List<Future<?>> said = new ArrayList<>();

        new TransactionTemplate(app.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM deployment WHERE id IN (?, ?) FOR UPDATE")
                    .params(before.pk(), waiting)
                    .query(Long.class)
                    .list();
            for (int i = 0; i < 2; i++) {
                said.add(administrators.submit(() -> approvals.approveAs(waiting, before.pk())));
            }
            // Both have read by then what they read before they wait for these rows.
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(500))
                    .until(() -> said.stream().noneMatch(Future::isDone));
        });
        administrators.shutdown();
        assertThat(administrators.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(said)
                .filteredOn(PendingDeploymentIntegrationTests::succeeded)
                .hasSize(1);
        assertThat(deployment("again").pk()).isEqualTo(before.pk());
    }

    private static boolean succeeded(Future<?> said) {
        try {
            said.get();
            return true;
        } catch (ExecutionException | InterruptedException e) {
            assertThat(e).hasRootCauseInstanceOf(IllegalArgumentException.class);
            return false;
        }
    }

    @Test
    void whatWasSaidIsNotSaidTwice() {
        Deployment before = launchedBefore();
        knock(lms.course().teacher(), "again", "guid-1", "A");
        long waiting = deployment("again").pk();
        approvals.approveAs(waiting, before.pk());

        assertThatIllegalArgumentException().isThrownBy(() -> approvals.approveAs(waiting, before.pk()));
        assertThat(deployment("again").pk()).isEqualTo(before.pk());
    }

    /** The deployment "1", from which somebody launched. */
    private Deployment launchedBefore() {
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", "guid-1", "name", "A")));
        assertThat(new Browser().launch(lms.launch(lms.course().teacher())).status())
                .isEqualTo(200);
        return deployment("1");
    }

    private long courses(Deployment deployment) {
        return jdbc.sql("SELECT COUNT(*) FROM context WHERE deployment_pk = ?")
                .param(deployment.pk())
                .query(Long.class)
                .single();
    }

    private Page institutionAdmin() {
        lms.tamperWithLaunches(token -> token);
        return admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));
    }

    private int approveAsAdministrator(Page institution) {
        return approveAsAdministrator(institution, PENDING);
    }

    private int approveAsAdministrator(Page institution, String deployment) {
        return admin.post(
                        URI.create(publicUrl.at("/institution/deployments/"
                                + deployment(deployment).pk() + "/approval")),
                        institution.formTo("/institution/issuers").fields(),
                        publicUrl.origin())
                .status();
    }

    private Browser operator() {
        Browser operator = new Browser();
        operator.open(URI.create(TestOperator.link(app)));
        return operator;
    }

    private Page knock(LmsUser user) {
        return new Browser().launch(lms.launch(lms.course(), link(PENDING), user));
    }

    private void knock(LmsUser user, String deployment, String guid, String name) {
        lms.tamperWithLaunches(token -> token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", guid, "name", name)));
        new Browser().launch(lms.launch(lms.course(), link(deployment), user));
    }

    private ResourceLink link(String deployment) {
        return lms.course().addLink(lms.tools().get(0), deployment, "Badges");
    }

    private Deployment pending() {
        return deployment(PENDING);
    }

    private Deployment deployment(String id) {
        return platforms.deployment(registration, id);
    }

    /** The part of the operator's list that is about this one. */
    private static String entry(String list, Deployment deployment) {
        int start = list.indexOf("tenant-" + deployment.pk() + "\"");
        return list.substring(start, list.indexOf("</form>", start));
    }

    private long people() {
        return jdbc.sql("SELECT COUNT(*) FROM person").query(Long.class).single();
    }

    private Registration register(String deployment, String tenant) {
        return TestRegistrations.alone(platforms, lms, deployment, tenant);
    }
}
