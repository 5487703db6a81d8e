package dev.laurel.publication.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Students are told by e-mail, through a real mail server, before a badge of theirs is suspended or may be taken back. */
@Tag("once")
class FallMessagesIntegrationTests extends LaurelWithMail {

    private static final long TEACHER = 1;

    private static final Duration WEEK = Duration.ofDays(7);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Passes passes;

    @Autowired
    Falls falls;

    @Autowired
    Questions questions;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Digests digests;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private TenantId tenant;

    private Column column;

    private RuleSet badge;

    private LmsUser ada;

    private Browser student;

    @BeforeEach
    void aBadgeThatIsSuspendedAWeekAfterItsResultFell() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        jdbc.sql("DELETE FROM mail_choice").update();
        jdbc.sql("DELETE FROM message_outbox").update();
        jdbc.sql("DELETE FROM message_run").update();
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(1));
        tenant = launched.tenant();
        ada = launched.lms().course().student(0);
        column = launched.lms().course().addColumn(launched.lms().course().link(), "Essay", 100);
        launched.launch(launched.lms().course().teacher());
        student = launched.launch(ada);
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        policy(policy -> policy.onFall(OnFall.SUSPEND, WEEK));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void beforeABadgeIsSuspendedItsHolderReadsUntilWhenSheCanSayThatItIsWrong() {
        wantsMail();
        Award award = earned();
        messageOfTheDay();

        fell();
        messageOfTheDay();

        List<MimeMessage> sent = sent(2);
        assertThat(subject(sent.get(1))).isEqualTo("Please look at your badge “Essayist”");
        assertThat(text(sent.get(1)))
                .contains("You earned these badges, and they are still yours.", "“Essayist”, in ")
                .contains("the badge is suspended on " + DAY.format(dayOf(open().actAt())))
                .contains(publicUrl.at("/my/badges/" + award.id()))
                .contains("If you think that this is wrong, say so", "Until somebody answers you, nothing happens.")
                .contains("/messages/silence/");
        assertThat(text(sent.get(1)).replaceAll("http\\S+", ""))
                .as("no result, whatever the addresses are")
                .doesNotContain("not earn", "40");
        assertThat(open().actAt())
                .as("the week runs from the message")
                .isEqualTo(Objects.requireNonNull(open().toldAt()).plus(WEEK));
        messageOfTheDay();
        assertThat(sent(2)).as("told once").hasSize(2);
        assertThat(outbox()).containsExactly("EARNED SENT", "FELL SENT");
    }

    @Test
    void beforeABadgeMayBeTakenBackItsHolderReadsFromWhenOnSomebodyDecidesThat() {
        policy(policy -> policy.onFall(OnFall.REVOKE, WEEK));
        wantsMail();
        earned();
        fell();

        messageOfTheDay();

        MimeMessage ofBoth = sent(1).get(0);
        assertThat(subject(ofBoth)).isEqualTo("You earned “Essayist”");
        assertThat(text(ofBoth))
                .contains("After " + DAY.format(dayOf(open().actAt()))
                        + " those who teach the course decide whether it stays.");
    }

    @Test
    void ofABadgeThatStaysNothingIsSent() {
        policy(policy -> policy.onFall(OnFall.KEEP, WEEK));
        wantsMail();
        earned();

        fell();

        assertThat(outbox()).containsExactly("EARNED waits");
    }

    @Test
    void whatIsOverBeforeTheMessageIsNotSent() {
        wantsMail();
        Award award = earned();
        messageOfTheDay();

        fell();
        assertThat(outbox()).containsExactly("EARNED SENT", "FELL waits");
        rose("90");
        assertThat(outbox()).as("the result is back").containsExactly("EARNED SENT", "FELL DROPPED");

        fell();
        assertThat(outbox()).as("it fell once more").containsExactly("EARNED SENT", "FELL waits");
        questions.ask(tenant, badge, award.personId(), "My essay was graded twice.");
        messageOfTheDay();
        assertThat(outbox()).as("she has spoken already").containsExactly("EARNED SENT", "FELL DROPPED");

        rose("91");
        fell();
        laurel.getBean(FallDecisions.class).keep(tenant, badge.id(), open().id(), "She sat it again.", TEACHER, false);
        assertThat(outbox()).as("a person kept it").containsExactly("EARNED SENT", "FELL DROPPED");
        messageOfTheDay();
        assertThat(sent(1)).hasSize(1);
    }

    @Test
    void ofABadgeThatIsTakenBackWithItsPassNothingIsSent() {
        wantsMail();
        Award award = earned();
        fell();
        long pass = jdbc.sql("SELECT pass_id FROM award WHERE id = ?")
                .param(award.id())
                .query(Long.class)
                .single();

        passes.undo(tenant, badge.id(), pass, "The grades were wrong.", TEACHER);
        messageOfTheDay();

        assertThat(outbox()).containsExactly("EARNED DROPPED", "FELL DROPPED");
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void whoAskedForNoMessagesOrForNoMoreOfThemGetsNone() {
        earned();
        fell();
        assertThat(outbox()).as("nobody asked").isEmpty();
        rose("90");

        wantsMail();
        fell();
        assertThat(outbox()).containsExactly("FELL waits");
        choose();
        messageOfTheDay();

        assertThat(outbox()).containsExactly("FELL DROPPED");
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void whatFellBeforeItsHolderHadItIsToldOnceSheHasIt() {
        policy(policy -> policy.withReview(true).releasedByInstructor().onFall(OnFall.REVOKE, WEEK));
        wantsMail();
        grade("91", () -> !awards.ofRuleSet(tenant, badge.id()).isEmpty());
        Award award = awards.ofRuleSet(tenant, badge.id()).get(0);
        laurel.getBean(Reviews.class).accept(tenant, badge.id(), List.of(award.id()), "", TEACHER);
        fell();
        assertThat(outbox()).isEmpty();

        laurel.getBean(Releases.class).release(tenant, badge.id(), List.of(award.id()));

        assertThat(outbox()).containsExactly("EARNED waits", "FELL waits");
    }

    private void policy(UnaryOperator<AwardPolicy> change) {
        policies.put(tenant, badge.id(), change.apply(policies.of(tenant, badge.id())), TEACHER);
    }

    private Award earned() {
        grade("91", () -> !awards.ofPerson(tenant, launched.person(ada)).isEmpty());
        return awards.ofPerson(tenant, launched.person(ada)).get(0);
    }

    private void fell() {
        grade("40", () -> !falls.open(tenant, badge.id()).isEmpty());
    }

    private void rose(String grade) {
        grade(grade, () -> falls.open(tenant, badge.id()).isEmpty());
    }

    private Fall open() {
        return falls.open(tenant, badge.id()).get(0);
    }

    private void grade(String grade, Callable<Boolean> noticed) {
        launched.lms().course().typeGrade(ada, column, grade);
        gradebook.checkSoon(tenant, launched.context().id());
        await().atMost(PATIENCE).until(noticed);
    }

    /** And had a message a moment ago: nothing is sent before {@link #messageOfTheDay}, by whatever job. */
    private void wantsMail() {
        choose();
        assertThat(jdbc.sql("UPDATE mail_choice SET last_digest_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND allowed")
                        .param(tenant.value())
                        .update())
                .isEqualTo(1);
    }

    /** Presses the one button on the page: messages, or no more of them. */
    private void choose() {
        Page page = student.open(URI.create(publicUrl.at("/my/messages")));
        student.submit(page, page.formTo("/my/messages"), Map.of());
    }

    private void messageOfTheDay() {
        jdbc.sql("UPDATE mail_choice SET last_digest_at = last_digest_at - INTERVAL 25 HOUR WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        digests.run();
    }

    private List<String> outbox() {
        return jdbc.sql(
                        "SELECT CONCAT(kind, ' ', COALESCE(ended, 'waits')) FROM message_outbox WHERE tenant_id = ? ORDER BY kind")
                .param(tenant.value())
                .query(String.class)
                .list();
    }

    private static List<MimeMessage> sent(int count) {
        return await().atMost(PATIENCE)
                .until(() -> Arrays.asList(SERVER.getReceivedMessages()), sent -> sent.size() >= count);
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ZonedDateTime dayOf(Instant at) {
        return at.atZone(launched.context().zone());
    }
}
