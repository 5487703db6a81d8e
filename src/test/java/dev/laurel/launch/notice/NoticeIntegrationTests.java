package dev.laurel.launch.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.dashboard.copy.CopyStage;
import dev.laurel.launch.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Course;
import lms.Fault;
import lms.LaunchBuilder;
import lms.LtiNames;
import lms.Mode;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notices of copied courses, from a Canvas that says nothing of the history in its launches. */
@Tag("once")
@LaurelTest
class NoticeIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcClient jdbc;

    private CopyStage stage;

    private URI notices;

    private Course copy;

    @BeforeEach
    void aCourseIsCopied() {
        stage = new CopyStage(app, Mode.CANVAS, false);
        notices = stage.at("/lti/notices");
        stage.opened(stage.course());
        stage.activeBadge(stage.course(), "Essayist", stage.column(stage.course(), "Essay 1"));
        copy = stage.lms().copy(stage.course(), "Writing II", "WRI-2");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void aHandlerIsRegisteredOnceForEachDeploymentAndAskedForAgainAfterAFault() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.lms().notices().handler(stage.tool(), CopyStage.HERE))
                        .contains(notices));
        stage.opened(stage.course());
        assertThat(stage.lms().calls(Service.NOTICES)).isEqualTo(1);

        stage.lms().setFault(Service.NOTICES, Fault.status(500).times(1));
        Course elsewhere = stage.lms().addCourse("Elsewhere", "E-1", 1, stage.tool());
        var link = elsewhere.addLink(stage.tool(), CopyStage.ELSEWHERE, "There");
        new Browser().launch(stage.lms().launch(elsewhere, link, elsewhere.teacher()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.lms().notices().handler(stage.tool(), CopyStage.ELSEWHERE))
                        .contains(notices));
    }

    @Test
    void aRefusalIsRememberedWithItsReasonAndNotRepeatedAtEachLaunch() {
        await().atMost(PATIENCE)
                .until(() -> stage.lms()
                        .notices()
                        .handler(stage.tool(), CopyStage.HERE)
                        .isPresent());
        stage.lms().setFault(Service.NOTICES, Fault.status(403));
        Course elsewhere = stage.lms().addCourse("Elsewhere", "E-1", 1, stage.tool());
        var link = elsewhere.addLink(stage.tool(), CopyStage.ELSEWHERE, "There");
        new Browser().launch(stage.lms().launch(elsewhere, link, elsewhere.teacher()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT problem FROM notice_handler WHERE registered_at IS NULL AND service_url LIKE ?")
                                .param(stage.lms().issuer() + "%")
                                .query(String.class)
                                .list())
                        .singleElement()
                        .asString()
                        .contains("403"));
        long calls = stage.lms().calls(Service.NOTICES);
        new Browser().launch(stage.lms().launch(elsewhere, link, elsewhere.teacher()));
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("""
                                SELECT COUNT(*) FROM scheduled_tasks
                                WHERE task_name = 'notice-handler' AND task_instance LIKE ?""")
                                .param(stage.otherTenant() + ":%")
                                .query(Integer.class)
                                .single()
                        == 0);
        assertThat(stage.lms().calls(Service.NOTICES)).isEqualTo(calls);
    }

    @Test
    void aNoticeAboutACourseThatNobodyOpenedYetIsThereWhenSomebodyDoes() {
        await().atMost(PATIENCE)
                .until(() -> stage.lms()
                        .notices()
                        .handler(stage.tool(), CopyStage.HERE)
                        .isPresent());

        assertThat(stage.lms().notices().tellOf(copy)).containsExactly(200);
        assertThat(awaitOutcomes(1)).containsExactly("DONE");

        assertThat(stage.opened(copy).open(stage.at("/course")).text())
                .contains("This course was copied from “Academic writing”. One badge from there is not here yet");
    }

    @Test
    void aNoticeThatIsLostIsMadeUpForByTheHistoryOfTheNextLaunch() {
        stage.lms().register(stage.tool().withCustom("context_history", "$Context.id.history"));

        assertThat(stage.opened(copy).open(stage.at("/course")).text()).contains("was copied from “Academic writing”");
    }

    @Test
    void noPlatformWaitsForItsOwnKeys() {
        stage.lms().setFault(Service.JWKS, Fault.neverAnswers());
        stage.lms().rotateKey();
        String jwt = notice().serialize();
        Instant begun = Instant.now();

        assertThat(post(jwt)).isEqualTo(200);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
        stage.lms().clearFaults();
        assertThat(awaitOutcomes(1)).containsExactly("DONE");
    }

    @Test
    void aReplayChangesNothing() {
        LaunchBuilder notice = notice();
        String first = notice.serialize();
        String sameId = notice.claim("nonce", "another").serialize();

        assertThat(post(first)).isEqualTo(200);
        assertThat(awaitOutcomes(1)).containsExactly("DONE");
        assertThat(post(first, sameId)).isEqualTo(200);

        assertThat(awaitOutcomes(2)).containsExactlyInAnyOrder("DONE", "REPEATED");
    }

    @Test
    void aNoticeOfAnotherKindIsTakenInAndLeftAlone() {
        LaunchBuilder hello = notice().claim(LtiNames.NOTICE, Map.of("id", "n-1", "type", "LtiHelloWorldNotice"))
                .without(LtiNames.CONTEXT);
        LaunchBuilder strange = notice().claim(LtiNames.NOTICE, Map.of("type", "X".repeat(200)));

        assertThat(post(hello.serialize(), strange.serialize())).isEqualTo(200);

        assertThat(awaitOutcomes(2)).containsOnly("IGNORED");
        assertNothingLearned();
    }

    @Test
    void whatIsNotSignedByThePlatformIsRefused() {
        LaunchBuilder forged = notice().signedWith(TestPlatform.newKey("lms-1"));
        LaunchBuilder unsigned = notice().unsigned();
        LaunchBuilder keyless = notice().withoutHeader("kid");

        post(forged.serialize());
        post(unsigned.serialize());
        post(keyless.serialize());

        // An unsigned one is no signed JWT at all and never comes in.
        assertThat(awaitOutcomes(2)).containsOnly("REFUSED");
        assertNothingLearned();
    }

    @Test
    void aNoticeUnderAKeyThatNobodyKnowsIsTriedOnceMoreAndNotForAnHour() {
        LaunchBuilder strange = notice().header("kid", "made-up").signedWith(TestPlatform.newKey("made-up"));

        post(strange.serialize());

        assertThat(awaitOutcomes(1)).containsOnly("REFUSED");
        assertThat(jdbc.sql("SELECT attempts FROM notice WHERE tenant_id = ?")
                        .param(stage.tenant().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aFloodThatWasRefusedIsForgottenWithinTheHourAndAtOnce() {
        for (int i = 0; i < 1_200; i++) {
            jdbc.sql("""
                    INSERT INTO notice (tenant_id, registration_id, jwt_hash, attempts, received_at, outcome)
                    VALUES (?, 1, UNHEX(SHA2(?, 256)), 1, UTC_TIMESTAMP(6) - INTERVAL 2 HOUR, 'REFUSED')""").params(stage.tenant().value(), "refused " + i).update();
        }

        assertThat(post(notice().serialize())).isEqualTo(200);

        assertThat(awaitOutcomes(1)).containsExactly("DONE");
    }

    @Test
    void whatBreaksARuleIsRefused() {
        long now = Instant.now().getEpochSecond();
        List<LaunchBuilder> broken = List.of(
                notice().claim("exp", now - 300),
                notice().without("exp"),
                notice().claim("iat", now + 300),
                notice().without("iat"),
                notice().claim(LtiNames.VERSION, "1.2.0"),
                notice().claim("azp", "somebody-else"),
                notice().claim("aud", List.of(stage.tool().clientId(), "other")).without("azp"),
                notice().claim(LtiNames.NOTICE, Map.of("id", "n-1")),
                notice().claim(LtiNames.NOTICE, Map.of("type", "LtiContextCopyNotice"))
                        .without("nonce"));

        broken.forEach(notice -> assertThat(post(notice.serialize())).isEqualTo(200));

        assertThat(awaitOutcomes(broken.size())).containsOnly("REFUSED");
        assertNothingLearned();
    }

    @Test
    void strangersAreTurnedAwayAtTheDoor() throws IOException, InterruptedException {
        assertThat(post(notice().claim("iss", "https://evil.example").serialize()))
                .as("unknown platform")
                .isEqualTo(400);
        assertThat(post(notice().claim("aud", "nobody").serialize()))
                .as("unknown client")
                .isEqualTo(400);
        assertThat(post(notice().claim(LtiNames.DEPLOYMENT_ID, "foreign").serialize()))
                .as("unknown deployment")
                .isEqualTo(400);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM deployment WHERE deployment_id = 'foreign'")
                        .query(Integer.class)
                        .single())
                .as("not even noted down")
                .isZero();
        for (String body : List.of("", "no json", "[]", "{}", "{\"notices\": []}", "{\"notices\": [{\"jwt\": 7}]}")) {
            assertThat(raw(body)).as(body).isEqualTo(400);
        }
        assertThat(raw("{\"notices\": [{\"jwt\": \"" + "x".repeat(1024 * 1024) + "\"}]}"))
                .as("a megabyte")
                .isEqualTo(413);
        assertThat(raw("{\"notices\": [{\"jwt\": \"" + "x".repeat(100_000) + "\"}]}"))
                .as("a long one")
                .isEqualTo(400);
        assertThat(raw("{\"notices\": [{\"jwt\": \"bnVsbA.e30.AA\"}]}"))
                .as("a header that is null")
                .isEqualTo(400);
        assertThat(kept()).isZero();
    }

    @Test
    void aNoticeForOneDeploymentSaysNothingToTheInstitutionOfAnother() {
        LaunchBuilder notice = stage.lms().notices().copyNotice(stage.tool(), CopyStage.ELSEWHERE, copy);

        assertThat(post(notice.serialize())).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> jdbc.sql(
                                "SELECT outcome FROM notice WHERE tenant_id <> ? ORDER BY received_at DESC LIMIT 1")
                        .param(stage.tenant().value())
                        .query(String.class)
                        .optional()
                        .filter("DONE"::equals)
                        .isPresent());
        assertNothingLearned();
    }

    @Test
    void aFloodUnderAPlatformsNameFillsOnlySoMuch() {
        stage.lms().setFault(Service.JWKS, Fault.status(503));
        stage.lms().rotateKey();
        int answer = 200;
        for (int i = 0; i <= NoticeInbox.MOST_WAITING / 50 && answer == 200; i++) {
            String[] batch = new String[50];
            for (int j = 0; j < batch.length; j++) {
                batch[j] = notice().serialize();
            }
            answer = post(batch);
        }

        assertThat(answer).isEqualTo(503);
        assertThat(kept()).isEqualTo(NoticeInbox.MOST_WAITING);
        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = 'notice'").update();
    }

    private LaunchBuilder notice() {
        return stage.lms().notices().copyNotice(stage.tool(), CopyStage.HERE, copy);
    }

    private int post(String... jwts) {
        return stage.lms().notices().post(notices, jwts);
    }

    private int raw(String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(notices)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int kept() {
        return jdbc.sql("SELECT COUNT(*) FROM notice WHERE tenant_id = ?")
                .param(stage.tenant().value())
                .query(Integer.class)
                .single();
    }

    /** What became of so many notices, once it is settled. */
    private List<String> awaitOutcomes(int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT outcome FROM notice WHERE tenant_id = ? AND outcome IS NOT NULL")
                                .param(stage.tenant().value())
                                .query(String.class)
                                .list(),
                        outcomes -> outcomes.size() == count);
    }

    private void assertNothingLearned() {
        assertThat(stage.opened(copy).open(stage.at("/course")).text()).doesNotContain("was copied from");
    }
}
