package dev.laurel.publication.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.award.Awards;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Instructors are told once a week what waits in their course, through a real mail server. */
@LaurelTest
@TestPropertySource(properties = "laurel.test.schema=staff-mail-alone")
class StaffDigestsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final GreenMail SERVER = TestMailServer.create();

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Awards awards;

    @Autowired
    StaffDigests digests;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private RuleSet badge;

    private Browser teacher;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        TestMailServer.start(SERVER, properties);
    }

    @AfterAll
    static void stopServer() {
        SERVER.stop();
    }

    @BeforeEach
    void aCourseWithAReviewedBadge() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        jdbc.sql("DELETE FROM staff_mail_choice").update();
        jdbc.sql("DELETE FROM message_run").update();
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(2));
        teacher = launched.launch(launched.lms().course().teacher());
        launched.activateBadge(teacher, "Essay 1");
        badge = ruleSets.ofContext(launched.tenant(), course()).get(0);
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).withReview(true),
                1);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whatWaitsIsToldOnceAWeekToWhoAskedForIt() throws Exception {
        aCaseWaits();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).as("nobody asked").isEmpty();

        choose("Write to me once a week");
        digests.run();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        MimeMessage sent = SERVER.getReceivedMessages()[0];
        assertThat(sent.getAllRecipients()[0])
                .hasToString(launched.lms().course().teacher().email());
        assertThat(sent.getSubject()).startsWith("What waits for you in ");
        assertThat(sent.getContent().toString())
                .contains("One case needs your decision.", "/messages/silence/")
                .doesNotContain(student().familyName());
        assertThat(sent.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");

        later("6 DAY");
        digests.run();
        assertThat(SERVER.getReceivedMessages()).as("not twice in a week").hasSize(1);
        later("1 DAY");
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
    }

    @Test
    void oneMessageSaysWhatWaitsAndWhatShouldBeMended() throws Exception {
        Course course = launched.lms().course();
        Column second = course.addColumn(course.link(), "Essay 2", 100);
        gradebook.checkSoon(launched.tenant(), course());
        launched.activateBadge(teacher, "Essay 2");
        aCaseWaits();
        course.delete(second);
        await().atMost(PATIENCE).until(() -> {
            gradebook.checkSoon(launched.tenant(), course());
            return !ruleSets.warnings(launched.tenant(), course()).isEmpty();
        });

        choose("Write to me once a week");
        digests.run();

        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        assertThat(SERVER.getReceivedMessages()[0].getContent().toString())
                .contains("One case needs your decision.", "The column “Essay 2” is not in the gradebook any more");
    }

    @Test
    void whereNothingIsToBeSaidNothingIsSentAndItIsLookedAgainTheNextDay() {
        choose("Write to me once a week");
        digests.run();
        assertThat(SERVER.getReceivedMessages()).isEmpty();
        aCaseWaits();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).as("not at once").isEmpty();
        later("1 DAY");
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aRestoredBackupSendsNothing() {
        choose("Write to me once a week");
        aCaseWaits();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        later("8 DAY");
        jdbc.sql("UPDATE message_run SET run_at = run_at - INTERVAL 1 HOUR WHERE id = 2")
                .update();
        digests.run();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void oneClickEndsItAndSoDoesLeavingTheCourse() throws Exception {
        choose("Write to me once a week");
        aCaseWaits();
        digests.run();
        Matcher link = Pattern.compile("https?://\\S+/messages/silence/\\S+")
                .matcher(SERVER.getReceivedMessages()[0].getContent().toString());
        assertThat(link.find()).isTrue();
        Browser stranger = new Browser();
        Page asked = stranger.open(URI.create(link.group()));
        Page done = stranger.submit(asked, asked.formTo("/messages/silence/"), Map.of());
        assertThat(done.text()).contains("Laurel stops writing to you");
        later("8 DAY");
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);

        choose("Write to me once a week");
        jdbc.sql("UPDATE membership SET active = FALSE WHERE tenant_id = ? AND person_id = ?")
                .params(
                        launched.tenant().value(),
                        launched.person(launched.lms().course().teacher()))
                .update();
        digests.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    private void aCaseWaits() {
        launched.lms().course().typeGrade(student(), launched.lms().course().columnCalled("Essay 1"), "95");
        gradebook.checkSoon(launched.tenant(), course());
        await().atMost(PATIENCE)
                .until(() -> !awards.ofRuleSet(launched.tenant(), badge.id()).isEmpty());
    }

    private void choose(String button) {
        Page page = teacher.open(at("/course/messages"));
        assertThat(page.text()).contains(button);
        teacher.submit(page, page.formTo("/course/messages"), Map.of());
    }

    private void later(String time) {
        jdbc.sql("UPDATE staff_mail_choice SET look_at = look_at - INTERVAL " + time)
                .update();
    }

    private LmsUser student() {
        return launched.lms().course().student(0);
    }

    private long course() {
        return launched.context().id();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
