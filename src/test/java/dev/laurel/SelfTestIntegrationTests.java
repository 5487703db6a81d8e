package dev.laurel;

import static dev.laurel.platform.selftest.Outcome.NOT_TESTED;
import static dev.laurel.platform.selftest.Outcome.OK;
import static dev.laurel.platform.selftest.Outcome.PROBLEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.FrameCookies;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.selftest.SelfTest;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Column;
import lms.Fault;
import lms.LtiNames;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * Every check of the self-test against a real platform and a real way to Laurel's own address: each fails, heals, and says
 * "not tested" when nothing was tried.
 */
@SpringBootTest(classes = LaurelApplication.class, webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = FrontDoor.Initializer.class)
class SelfTestIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    SelfTest selfTest;

    @Autowired
    Platforms platforms;

    @Autowired
    Approvals approvals;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FrontDoor door;

    private ReferenceLms lms;

    private Tool tool;

    private Registration registration;

    private TenantId tenant;

    @BeforeEach
    void start() {
        tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1");
        lms = ReferenceLms.builder().students(4).tool(tool).start();
        registration = TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
    }

    @AfterEach
    void stop() {
        door.mend();
        lms.clearFaults();
        lms.close();
        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name IN ('gradebook-sync', 'roster', 'of-another-release')")
                .update();
        jdbc.sql("DELETE FROM set_aside_job").update();
    }

    // ---- a run

    @Test
    void aRunEndsWithAFindingForEveryCheckAndIsNeverGreenWhereNothingWasTried() {
        assertThat(selfTest.latest(tenant, registration.id())).isEmpty();

        Run run = run();

        assertThat(run.lines()).extracting(Run.Line::check).containsExactly(checksOfAnInstitution());
        assertThat(run.lines()).isNotEmpty().allMatch(Run.Line::current);
        assertThat(run.done()).isEqualTo(run.lines().size());
        for (Check check : List.of(Check.LINE_ITEMS, Check.COLUMN, Check.RESULTS, Check.ROSTER, Check.DEEP_LINKING)) {
            assertThat(outcome(run, check)).as(check.name()).isEqualTo(NOT_TESTED);
        }
    }

    @Test
    void theOperatorAlsoSeesWhatIsInsideLaurel() {
        assertThat(runAsOperator().lines()).extracting(Run.Line::check).containsExactly(Check.values());
    }

    @Test
    void whatWorkedOnceSaysUntilWhen() {
        Run before = run();
        assertThat(line(before, Check.PLATFORM_KEYS).lastOkAt())
                .isEqualTo(line(before, Check.PLATFORM_KEYS).foundAt());
        lms.setFault(Service.JWKS, Fault.status(500));

        Run after = run();

        assertThat(outcome(after, Check.PLATFORM_KEYS)).isEqualTo(PROBLEM);
        assertThat(line(after, Check.PLATFORM_KEYS).lastOkAt())
                .isEqualTo(line(before, Check.PLATFORM_KEYS).foundAt());
    }

    @Test
    void askingAgainWhileOneIsUnderWayBeginsNoSecondOne() {
        lms.setFault(Service.JWKS, Fault.neverAnswers());
        selfTest.ask(tenant, registration.id(), false, null);
        long number = latest().number();

        selfTest.ask(tenant, registration.id(), false, null);

        assertThat(latest().number()).isEqualTo(number);
        await().atMost(PATIENCE).until(() -> latest().done() > 0 && latest().isUnderWay());
        lms.clearFaults();
        await().atMost(PATIENCE).until(() -> !latest().isUnderWay());
    }

    // ---- the installation

    @Test
    void theAddressIsTriedFromOutside() {
        assertThat(code(runAsOperator(), Check.PUBLIC_URL)).isEqualTo("local");

        door.close();
        assertThat(code(runAsOperator(), Check.PUBLIC_URL)).isEqualTo("unreachable");

        door.answerAll(200, "text/html", "<h1>It works</h1>");
        assertThat(code(runAsOperator(), Check.PUBLIC_URL)).isEqualTo("other-answer");

        door.mend();
        assertThat(code(runAsOperator(), Check.PUBLIC_URL)).isEqualTo("local");
    }

    @Test
    void ourOwnKeysAreReadAsPlatformsReadThem() {
        assertThat(code(run(), Check.OWN_KEYS)).isEqualTo("published");

        door.close();
        assertThat(code(run(), Check.OWN_KEYS)).isEqualTo("no-answer");

        door.answerAll(200, "text/html", "<h1>Log in</h1>");
        assertThat(code(run(), Check.OWN_KEYS)).isEqualTo("no-keys");

        String others = new JWKSet(TestPlatform.newKey("another").toPublicJWK()).toString();
        door.answerAll(200, "application/json", others);
        assertThat(code(run(), Check.OWN_KEYS)).isEqualTo("other-keys");

        door.mend();
        assertThat(code(run(), Check.OWN_KEYS)).isEqualTo("published");
    }

    @Test
    void theDatabaseGivesLettersBackAndItsMasterKeyFits() {
        assertThat(code(runAsOperator(), Check.DATABASE)).isEqualTo("fine");
        assertThat(code(runAsOperator(), Check.MASTER_KEY)).isEqualTo("fits");
        String right = jdbc.sql("SELECT value FROM installation WHERE name = 'master-key-check'")
                .query(String.class)
                .single();

        jdbc.sql("UPDATE installation SET value = 'another' WHERE name = 'master-key-check'")
                .update();
        assertThat(code(runAsOperator(), Check.MASTER_KEY)).isEqualTo("wrong");

        jdbc.sql("UPDATE installation SET value = ? WHERE name = 'master-key-check'")
                .param(right)
                .update();
        assertThat(code(runAsOperator(), Check.MASTER_KEY)).isEqualTo("fits");
    }

    @Test
    void jobsThatNobodyPicksOrThatWereSetAsideAreAProblem() {
        jdbc.sql("UPDATE credential SET set_aside = NULL").update();
        assertThat(code(runAsOperator(), Check.JOBS)).isEqualTo("alive");

        jdbc.sql("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                VALUES ('of-another-release', '1', UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE, false, 1)""").update();
        assertThat(code(runAsOperator(), Check.JOBS)).isEqualTo("stuck");

        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = 'of-another-release'")
                .update();
        jdbc.sql("""
                INSERT INTO set_aside_job (task_name, task_instance, tenant_id, reason, reference, failures, set_aside_at)
                VALUES ('score-send', '1:2:3', 1, 'x', 'AAAA-BBBB-CCCC', 10, UTC_TIMESTAMP(6))""").update();
        assertThat(code(runAsOperator(), Check.JOBS)).isEqualTo("set-aside");

        jdbc.sql("DELETE FROM set_aside_job").update();
        assertThat(code(runAsOperator(), Check.JOBS)).isEqualTo("alive");
    }

    @Test
    void withoutAMailServerNothingIsTested() {
        assertThat(outcome(runAsOperator(), Check.MAIL)).isEqualTo(NOT_TESTED);
    }

    // ---- the connection

    @Test
    void thePlatformsKeysAreReadAnew() {
        Run fine = run();
        assertThat(code(fine, Check.PLATFORM_KEYS)).isEqualTo("readable");
        assertThat(line(fine, Check.PLATFORM_KEYS).finding().facts()).containsExactly(1, "lms-1");

        lms.setFault(Service.JWKS, Fault.closesConnection());
        assertThat(code(run(), Check.PLATFORM_KEYS)).isEqualTo("no-answer");
        lms.setFault(Service.JWKS, Fault.status(503));
        assertThat(code(run(), Check.PLATFORM_KEYS)).isEqualTo("status");
        lms.setFault(Service.JWKS, Fault.html());
        assertThat(code(run(), Check.PLATFORM_KEYS)).isEqualTo("no-key-set");

        lms.clearFaults();
        assertThat(code(run(), Check.PLATFORM_KEYS)).isEqualTo("readable");
    }

    @Test
    void aPlatformThatTellsNoTimeHasNoClockToCompare() {
        assertThat(code(run(), Check.CLOCK)).isEqualTo("near");

        lms.setFault(Service.JWKS, Fault.closesConnection());

        assertThat(code(run(), Check.CLOCK)).isEqualTo("no-time");
    }

    @Test
    void aLaunchFromTheFutureTellsOfAnotherClock() {
        lms.tamperWithLaunches(token -> token.claim("iat", Instant.now().getEpochSecond() + 45)
                .claim("exp", Instant.now().getEpochSecond() + 105));
        launch();
        assertThat(code(run(), Check.CLOCK)).isEqualTo("launch-ahead");

        lms.tamperWithLaunches(UnaryOperator.identity());
        launch();
        assertThat(code(run(), Check.CLOCK)).isEqualTo("near");
    }

    @Test
    void deploymentsThatWaitAreTheOperatorsToSee() {
        assertThat(code(runAsOperator(), Check.DEPLOYMENTS)).isEqualTo("active");

        Deployment waiting = platforms.deployment(registration, "another");
        assertThat(code(runAsOperator(), Check.DEPLOYMENTS)).isEqualTo("pending");
        assertThat(code(run(), Check.DEPLOYMENTS)).isEqualTo("active");

        approvals.approve(waiting.pk(), "Another College");
        assertThat(code(runAsOperator(), Check.DEPLOYMENTS)).isEqualTo("active");

        approvals.disable(platforms.deployment(registration, "1").pk());
        assertThat(code(run(), Check.DEPLOYMENTS)).isEqualTo("disabled");
    }

    @Test
    void aRegistrationWithoutDeploymentsHasNothingToLaunch() {
        Tool nobody = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID());
        lms.register(nobody);
        registration = TestRegistrations.register(platforms, lms.facts()).stream()
                .filter(each -> each.clientId().equals(nobody.clientId()))
                .findFirst()
                .orElseThrow();

        assertThat(outcome(runAsOperator(), Check.DEPLOYMENTS)).isEqualTo(NOT_TESTED);
    }

    @ParameterizedTest
    @CsvSource({"PARTITIONED, OK", "BOTH, OK", "NONE, PROBLEM", "UNFRAMED, NOT_TESTED", ", NOT_TESTED"})
    void cookiesAreWhatTheBrowserOfTheAdministratorSentBack(@Nullable FrameCookies cookies, Outcome outcome) {
        selfTest.ask(tenant, registration.id(), false, cookies);

        assertThat(outcome(ended(tenant), Check.COOKIES)).isEqualTo(outcome);
    }

    @Test
    void deepLinkingIsWhatTheDialogLastDid() {
        launch();
        assertThat(outcome(run(), Check.DEEP_LINKING)).isEqualTo(NOT_TESTED);

        new Browser().launch(lms.choose(lms.course(), tool, lms.course().teacher(), true));

        assertThat(outcome(run(), Check.DEEP_LINKING)).isEqualTo(OK);
    }

    // ---- permissions

    @ParameterizedTest
    @CsvSource({
        "SCOPE_LINE_ITEM, lti-ags/scope/lineitem",
        "SCOPE_LINE_ITEM_READONLY, lti-ags/scope/lineitem.readonly",
        "SCOPE_RESULT_READONLY, lti-ags/scope/result.readonly",
        "SCOPE_SCORE, lti-ags/scope/score",
        "SCOPE_MEMBERSHIP_READONLY, lti-nrps/scope/contextmembership.readonly"
    })
    void eachPermissionIsAskedForByItself(Check check, String scope) {
        assertThat(code(run(), check)).isEqualTo("granted");

        withoutScope("https://purl.imsglobal.org/spec/" + scope);
        Run without = run();
        assertThat(code(without, check)).isEqualTo("not-granted");
        assertThat(without.lines())
                .filteredOn(line -> line.check().part() == Check.Part.PERMISSION && line.check() != check)
                .isNotEmpty()
                .allMatch(line -> line.outcome() == OK);

        lms.register(tool);
        assertThat(code(run(), check)).isEqualTo("granted");
    }

    @ParameterizedTest
    @EnumSource(value = Check.class, names = "SCOPE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void aPlatformThatGivesNoTokensIsNotTakenForOneThatForbids(Check check) {
        lms.setFault(Service.TOKEN, Fault.status(403));
        assertThat(code(run(), check)).isEqualTo("refused");

        lms.setFault(Service.TOKEN, Fault.closesConnection());
        assertThat(code(run(), check)).isEqualTo("no-answer");

        lms.clearFaults();
        assertThat(code(run(), check)).isEqualTo("granted");
    }

    // ---- services

    @ParameterizedTest
    @CsvSource({"LINE_ITEMS, LINE_ITEMS", "RESULTS, RESULTS", "ROSTER, ROSTER"})
    void whatCanBeReadIsReadInTheCourseThatWasOpenedLast(Check check, Service service) {
        assertThat(code(run(), check)).isEqualTo("no-course");

        launch();
        assertThat(code(run(), check)).isEqualTo("read");

        lms.setFault(service, Fault.status(403));
        Run failed = run();
        assertThat(code(failed, check)).isEqualTo("failed");
        assertThat(line(failed, check).finding().facts().get(0).toString()).contains("403");
        lms.setFault(service, Fault.html());
        assertThat(code(run(), check)).isEqualTo("failed");

        lms.clearFaults();
        assertThat(code(run(), check)).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource({
        "LINE_ITEMS, https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
        "RESULTS, https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
        "ROSTER, https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
    })
    void aServiceThatTheLaunchDoesNotOfferIsAProblem(Check check, String claim) {
        lms.tamperWithLaunches(token -> token.without(claim));
        launch();
        assertThat(code(run(), check)).isEqualTo("not-offered");

        lms.tamperWithLaunches(UnaryOperator.identity());
        launch();
        assertThat(code(run(), check)).isEqualTo("read");
    }

    @Test
    void aCourseWithoutAColumnHasNoResultsToRead() {
        for (Column column : List.copyOf(lms.course().columns())) {
            lms.course().delete(column);
        }
        launch();

        assertThat(code(run(), Check.RESULTS)).isEqualTo("no-column");
    }

    @Test
    void aColumnIsMadeAndDeletedOnlyWhereThatIsWanted() {
        launch();
        int before = lms.course().columns().size();
        assertThat(code(run(), Check.COLUMN)).isEqualTo("not-asked");

        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("made-and-deleted");
        assertThat(lms.course().columns()).hasSize(before);

        withoutScope(LtiNames.SCOPE_LINE_ITEM);
        launch();
        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("not-allowed");

        lms.register(tool);
        launch();
        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("made-and-deleted");
    }

    @Test
    void aColumnThatCannotBeMadeOrDeletedIsAProblemAndTheNextRunClearsItAway() {
        launch();
        withoutBackgroundReading();
        int before = lms.course().columns().size();
        lms.setFault(Service.LINE_ITEMS, Fault.status(403));
        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("not-made");

        // Listing, looking for one that was left behind, and making it go well; deleting does not.
        lms.setFault(Service.LINE_ITEMS, Fault.status(500).after(3).times(1));
        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("not-deleted");
        assertThat(lms.course().columns()).hasSize(before + 1);

        assertThat(code(runWithColumn(), Check.COLUMN)).isEqualTo("made-and-deleted");
        assertThat(lms.course().columns()).hasSize(before);
    }

    // ----

    private void launch() {
        new Browser().launch(lms.launch(lms.course().teacher()));
    }

    private void withoutScope(String scope) {
        Set<String> left = new HashSet<>(tool.scopes());
        left.remove(scope);
        lms.register(tool.withScopes(left));
    }

    /** A job that is running comes back into the queue when it ends: it is taken out then. */
    private void withoutBackgroundReading() {
        String reading = " FROM scheduled_tasks WHERE task_name IN ('gradebook-sync', 'roster')";
        await().atMost(PATIENCE).until(() -> {
            jdbc.sql("DELETE" + reading + " AND picked = false").update();
            return jdbc.sql("SELECT COUNT(*)" + reading).query(Long.class).single() == 0;
        });
    }

    private Run run() {
        selfTest.ask(tenant, registration.id(), false, null);
        return ended(tenant);
    }

    private Run runWithColumn() {
        selfTest.ask(tenant, registration.id(), true, null);
        return ended(tenant);
    }

    private Run runAsOperator() {
        selfTest.ask(SelfTest.OPERATOR, registration.id(), false, null);
        return ended(SelfTest.OPERATOR);
    }

    private Run ended(TenantId asking) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> selfTest.latest(asking, registration.id()).orElseThrow(), run -> !run.isUnderWay());
    }

    private Run latest() {
        return selfTest.latest(tenant, registration.id()).orElseThrow();
    }

    private static Run.Line line(Run run, Check check) {
        return run.lines().stream()
                .filter(line -> line.check() == check)
                .findFirst()
                .orElseThrow();
    }

    private static String code(Run run, Check check) {
        Run.Line line = line(run, check);
        assertThat(line.current()).as(check + " was made in this run").isTrue();
        return line.finding().code();
    }

    private static Outcome outcome(Run run, Check check) {
        code(run, check);
        return line(run, check).outcome();
    }

    private static Check[] checksOfAnInstitution() {
        return Arrays.stream(Check.values())
                .filter(check -> check.part() != Check.Part.OPERATOR)
                .toArray(Check[]::new);
    }
}
