package dev.laurel.publication.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.criteria.RuleSet;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Fault;
import lms.Grade;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one check gave is undone in one click, wherever it had got to: LMS, status list, outbox, and the next check. */
@Tag("once")
class UndonePassIntegrationTests extends LaurelWithMail {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Digests digests;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private TenantId tenant;

    private Browser teacher;

    private RuleSet badge;

    private void aBadgeThatIsWrittenToTheGradebook(Mode mode) {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder()
                        .mode(mode)
                        .institution("Undone " + UUID.randomUUID())
                        .students(0));
        course = launched.lms().course();
        for (String name : List.of("Ada", "Bao", "Cleo")) {
            String id = UUID.randomUUID().toString();
            course.enrol(new LmsUser(id, name, "Marlow", id + "@northfield.example", LmsRole.LEARNER));
        }
        tenant = launched.tenant();
        teacher = launched.launch(course.teacher());
        launched.activateBadge(teacher, "Essay 1");
        badge = launched.onlyBadge();
        Page page = teacher.open(at("/badges/" + badge.id()));
        teacher.submit(page, page.formTo("/passback"), Map.of("on", "true"));
        for (LmsUser student : course.students()) {
            Browser browser = launched.launch(student);
            Page messages = browser.open(at("/my/messages"));
            browser.submit(messages, messages.formTo("/my/messages"), Map.of());
        }
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void nothingOfItIsLeftAndNobodyOfItIsAwardedAgain(Mode mode) {
        aBadgeThatIsWrittenToTheGradebook(mode);
        grade(Map.of(course.student(0), "90", course.student(1), "95"));
        List<Award> given = awarded(2);
        assertThat(given)
                .extracting(Award::passId)
                .as("one check gave both")
                .containsOnly(given.get(0).passId());
        for (LmsUser student : List.of(course.student(0), course.student(1))) {
            await().atMost(PATIENCE).until(() -> score(student), Optional::isPresent);
        }
        List<StoredCredential> signed = given.stream().map(this::signed).toList();
        assertThat(signed).allMatch(each -> credentials.verify(each.embedded()).valid());
        assertThat(waitingMessages()).isEqualTo(2);

        Page pass = teacher.open(
                at("/badges/" + badge.id() + "/passes/" + given.get(0).passId()));
        Page undone = teacher.submit(pass, pass.formTo("/undoing/grades"), Map.of());
        assertThat(undone.text()).contains("Taken back from 2 people.");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(course.student(0), course.student(1)))
                        .as("the gradebook of the LMS")
                        .allSatisfy(student -> assertThat(score(student)).isEmpty()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(signed)
                        .as("the status list")
                        .noneMatch(each -> credentials.verify(each.embedded()).valid()));
        digests.run();
        assertThat(sentToThisCourse()).isEmpty();
        assertThat(waitingMessages()).isZero();

        // The third of them shows that everybody was looked at again.
        grade(Map.of(course.student(0), "99", course.student(1), "99", course.student(2), "99"));
        assertThat(awarded(3))
                .filteredOn(award -> award.revokedAt() == null)
                .extracting(Award::personId)
                .containsExactly(launched.person(course.student(2)));
        await().atMost(PATIENCE).until(() -> score(course.student(2)), Optional::isPresent);
        assertThat(score(course.student(0))).isEmpty();
        assertThat(score(course.student(1))).isEmpty();
        digests.run();
        assertThat(sentToThisCourse()).containsExactly(course.student(2).email());
    }

    /** All at once: no look in the background falls between two of them. */
    private void grade(Map<LmsUser, String> scores) {
        launched.lms().setFault(Service.RESULTS, Fault.status(503));
        Column essay = course.columnCalled("Essay 1");
        scores.forEach((student, score) -> course.typeGrade(student, essay, score));
        launched.lms().clearFaults();
        gradebook.checkSoon(tenant, launched.context().id());
    }

    private List<Award> awarded(int many) {
        return await().atMost(PATIENCE)
                .until(
                        () -> awards.ofRuleSet(tenant, badge.id()),
                        found -> found.size() == many && found.stream().allMatch(award -> award.releasedAt() != null));
    }

    private StoredCredential signed(Award award) {
        return await().atMost(PATIENCE)
                .until(() -> credentials.find(tenant, award.id()), Optional::isPresent)
                .orElseThrow();
    }

    /** What the LMS has in the column that Laurel writes. */
    private Optional<Grade> score(LmsUser student) {
        return course.columns().stream()
                .filter(column -> column.maximum().intValue() == 1)
                .findFirst()
                .flatMap(column -> column.grade(student))
                .filter(grade -> grade.score() != null);
    }

    private int waitingMessages() {
        return jdbc.sql("SELECT COUNT(*) FROM message_outbox WHERE tenant_id = ? AND ended IS NULL")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private List<String> sentToThisCourse() {
        List<String> ours = course.students().stream().map(LmsUser::email).toList();
        return Stream.of(SERVER.getReceivedMessages())
                .map(UndonePassIntegrationTests::recipient)
                .filter(ours::contains)
                .toList();
    }

    static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
