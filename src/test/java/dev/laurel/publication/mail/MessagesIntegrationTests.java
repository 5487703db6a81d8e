package dev.laurel.publication.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Releases;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.context.Contexts;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.AwardMessages;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lms.Browser;
import lms.LmsRole;
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

/** Students are told by e-mail of what they earned, through a real mail server. */
@Tag("once")
class MessagesIntegrationTests extends LaurelWithMail {

    private static final long TEACHER = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    OwnAddresses addresses;

    @Autowired
    Digests digests;

    @Autowired
    Silence silence;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Renewals renewals;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Reviews reviews;

    @Autowired
    Passes passes;

    @Autowired
    Questions questions;

    @Autowired
    AwardMessages news;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    @BeforeEach
    void aCourseWithTwoBadges() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        jdbc.sql("DELETE FROM mail_choice").update();
        jdbc.sql("DELETE FROM message_outbox").update();
        jdbc.sql("DELETE FROM message_run").update();
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(2));
        lms = launched.lms();
        tenant = launched.tenant();
        lms.course().addColumn(lms.course().link(), "Essay 2", 100);
        Browser teacher = launched(lms.course().teacher());
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, course()).size() == 2
                        && gradebook.lineItems(tenant, course()).size() >= 2);
        for (String column : List.of("Essay 1", "Essay 2")) {
            launched.activateBadge(teacher, column);
        }
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whoAskedForItGetsOneMessageADayAndNobodyElseGetsAny() throws Exception {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        earn(1, "Essay 1");

        digests.run();
        digests.run();

        List<MimeMessage> sent = sent();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).getAllRecipients()[0]).hasToString(student(0).email());
        assertThat(sent.get(0).getFrom()[0]).hasToString("badges@university.example");
        assertThat(sent.get(0).getSubject()).startsWith("You earned “").endsWith("”");
        assertThat(text(sent.get(0))).contains("Open Laurel in your course").contains("/messages/silence/");
        assertThat(sent.get(0).getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");

        earn(0, "Essay 2");
        digests.run();
        assertThat(sent()).as("the second badge waits for the next day").hasSize(1);

        jdbc.sql("UPDATE mail_choice SET last_digest_at = last_digest_at - INTERVAL 1 DAY")
                .update();
        digests.run();
        digests.run();
        assertThat(sent()).hasSize(2);
    }

    @Test
    void nobodyIsToldThatABadgeWasNotEarned() {
        RuleSet first = badgeFor("Essay 1");
        RuleSet second = badgeFor("Essay 2");
        policies.put(tenant, first.id(), policies.of(tenant, first.id()).settlingFor(Duration.ofMinutes(10)), TEACHER);
        policies.put(tenant, second.id(), policies.of(tenant, second.id()).withReview(true), TEACHER);
        choose(student(0), "Tell me by e-mail");
        choose(student(1), "Tell me by e-mail");

        // One misses it, and is told so when she asks.
        type(
                0,
                "Essay 1",
                "60",
                () -> verdicts.ofLearner(tenant, course(), launched.person(student(0))).stream()
                        .anyMatch(each -> each.evaluation().verdict() == Verdict.NOT_MET));
        questions.ask(tenant, first, launched.person(student(0)), "It should say 95.");
        Question asked = questions.open(tenant, first.id()).get(0);
        questions.answer(tenant, first.id(), asked.id(), asked.askedAt(), "It should not.", TEACHER);
        // The other one falls below it again before anything is released.
        type(1, "Essay 1", "95", () -> !awards.ofRuleSet(tenant, first.id()).isEmpty());
        type(1, "Essay 1", "50", () -> awards.ofRuleSet(tenant, first.id()).isEmpty());
        // Nor do those who look at her case accept it.
        type(1, "Essay 2", "95", () -> !reviews.waiting(tenant, second.id()).isEmpty());
        reviews.decline(
                tenant,
                second.id(),
                reviews.waiting(tenant, second.id()).stream().map(Award::id).toList(),
                "The essay is copied.",
                TEACHER);
        digests.run();

        assertThat(sent()).isEmpty();
        assertThat(outbox()).isEmpty();
        for (int number : new int[] {0, 1}) {
            assertThat(news.unread(tenant, launched.person(student(number)))).isEmpty();
        }
    }

    @Test
    void whatIsTakenBackWithItsPassIsNotSentAndKeepsNothingElseWaiting() {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        Award award = awards.ofPerson(tenant, launched.person(student(0))).get(0);
        long pass = jdbc.sql("SELECT pass_id FROM award WHERE id = ?")
                .param(award.id())
                .query(Long.class)
                .single();
        assertThat(outbox()).containsExactly("waits");

        passes.undo(tenant, award.ruleSetId(), pass, "The grades were wrong.", TEACHER);

        assertThat(outbox()).containsExactly("DROPPED");
        digests.run();
        assertThat(sent()).isEmpty();
        earn(0, "Essay 2");
        digests.run();
        assertThat(sent()).hasSize(1);
        assertThat(text(sent().get(0))).contains("Essay 2").doesNotContain("Essay 1");
    }

    @Test
    void whatIsBackAfterANewerOneWasUndoneIsNotSaidToBeEarned() throws Exception {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        Award award = awards.ofPerson(tenant, launched.person(student(0))).get(0);

        laurel.publishEvent(new AwardsBroughtBack(tenant, Map.of(award.id() - 1, award)));
        digests.run();

        assertThat(sent()).isEmpty();
    }

    @Test
    void aBadgeThatEndsSoonIsToldOfOnceBeforeItDoes() throws Exception {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        digests.run();
        jdbc.sql("""
                UPDATE award SET valid_until = decided_at + INTERVAL 20 DAY, renew_from = decided_at, remind_at = decided_at
                WHERE tenant_id = ?""").params(tenant.value()).update();
        jdbc.sql("UPDATE mail_choice SET last_digest_at = last_digest_at - INTERVAL 1 DAY")
                .update();

        renewals.run(tenant, "due");
        renewals.run(tenant, "due");
        digests.run();

        assertThat(sent()).hasSize(2);
        assertThat(sent().get(1).getSubject()).startsWith("“").endsWith("” ends soon");
        assertThat(text(sent().get(1)))
                .contains("These badges end soon", "valid until", "/messages/silence/")
                .doesNotContain("You earned");
        jdbc.sql("UPDATE mail_choice SET last_digest_at = last_digest_at - INTERVAL 2 DAY")
                .update();
        digests.run();
        assertThat(sent()).hasSize(2);
    }

    @Test
    void whoAsksLaterIsNotToldOfWhatWasBefore() {
        earn(0, "Essay 1");
        choose(student(0), "Tell me by e-mail");

        digests.run();

        assertThat(sent()).isEmpty();
    }

    @Test
    void oneClickInTheMessageEndsMessagesAndLookingAtTheLinkDoesNot() {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        digests.run();
        URI link = link(sent().get(0));
        Browser stranger = new Browser();

        Page asked = stranger.open(link);
        assertThat(asked.text()).contains("No more e-mail from Laurel?");
        assertThat(wanted()).isTrue();

        Page done = stranger.submit(asked, asked.formTo(link.getPath()), Map.of());
        assertThat(done.text()).contains("Laurel stops writing to you");
        assertThat(wanted()).isFalse();
        earn(0, "Essay 2");
        jdbc.sql("UPDATE mail_choice SET last_digest_at = NULL").update();
        digests.run();
        assertThat(sent()).hasSize(1);
        String forged = link.getPath().replaceFirst(".$", link.getPath().endsWith("A") ? "B" : "A");
        assertThat(stranger.open(link.resolve(forged + "x")).status()).isEqualTo(404);
    }

    /** RFC 8058: one request of a mail program that has neither the page nor a session. */
    @Test
    void aMailProgramEndsMessagesWithOneRequest() throws Exception {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        digests.run();
        MimeMessage message = sent().get(0);
        String header = message.getHeader("List-Unsubscribe")[0];
        assertThat(header).matches("<http.*>");

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(header.substring(1, header.length() - 1)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        message.getHeader("List-Unsubscribe-Post")[0]))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as("no redirect").isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(wanted()).isFalse();
    }

    @Test
    void aRestoredBackupTellsNothingAgain() {
        choose(student(0), "Tell me by e-mail");
        digests.run();
        earn(0, "Essay 1");
        jdbc.sql("UPDATE message_outbox SET created_at = created_at - INTERVAL 2 HOUR")
                .update();
        jdbc.sql("UPDATE message_run SET run_at = run_at - INTERVAL 1 HOUR").update();

        digests.run();
        digests.run();

        assertThat(sent()).isEmpty();
        assertThat(jdbc.sql("SELECT ended FROM message_outbox")
                        .query(String.class)
                        .list())
                .containsExactly("DROPPED");
    }

    @Test
    void whatARestoredBackupDecidesAnewIsNotToldAgain() throws Exception {
        choose(student(0), "Tell me by e-mail");
        RuleSet second = badgeFor("Essay 2");
        policies.put(tenant, second.id(), policies.of(tenant, second.id()).releasedByInstructor(), TEACHER);
        digests.run();
        jdbc.sql("UPDATE message_run SET run_at = run_at - INTERVAL 1 HOUR").update();

        digests.run();
        earn(0, "Essay 1");
        type(0, "Essay 2", "95", () -> !awards.ofRuleSet(tenant, second.id()).isEmpty());
        digests.run();
        assertThat(sent()).isEmpty();
        assertThat(outbox()).containsExactly("DROPPED");

        jdbc.sql("UPDATE message_run SET quiet_until = UTC_TIMESTAMP(6)").update();
        laurel.getBean(Releases.class)
                .release(
                        tenant,
                        second.id(),
                        awards.ofRuleSet(tenant, second.id()).stream()
                                .map(Award::id)
                                .toList());
        assertThat(outbox()).containsExactlyInAnyOrder("DROPPED", "waits");
        digests.run();
        assertThat(sent()).as("released later, and decided then").isEmpty();

        lms.course().addColumn(lms.course().link(), "Essay 3", 100);
        gradebook.checkSoon(tenant, course());
        await().atMost(PATIENCE)
                .until(() -> gradebook.lineItems(tenant, course()).size() >= 3);
        launched.activateBadge(launched(lms.course().teacher()), "Essay 3");
        earn(0, "Essay 3");
        digests.run();
        assertThat(sent()).hasSize(1);
        assertThat(text(sent().get(0))).contains("Essay 3").doesNotContain("Essay 1", "Essay 2");
    }

    @Test
    void newsThatAreNoneAnyMoreDoNotUseUpTheDay() throws Exception {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        // As where a badge runs out before the message is sent.
        jdbc.sql("UPDATE award SET valid_until = decided_at WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        digests.run();
        assertThat(outbox()).containsExactly("DROPPED");

        earn(0, "Essay 2");
        digests.run();

        assertThat(sent()).hasSize(1);
        assertThat(text(sent().get(0))).contains("Essay 2").doesNotContain("Essay 1");
    }

    @Test
    void whatAMailServerDoesNotTakeIsTriedAgain() {
        choose(student(0), "Tell me by e-mail");
        earn(0, "Essay 1");
        SERVER.stop();
        digests.run();
        SERVER.start();

        digests.run();
        assertThat(sent()).as("not at once").isEmpty();
        jdbc.sql("UPDATE mail_choice SET last_digest_at = last_digest_at - INTERVAL 1 HOUR")
                .update();
        digests.run();
        assertThat(sent()).hasSize(1);
    }

    /** Many institutions let no tool know addresses; one that a student confirmed herself does as well. */
    @Test
    void whereThePlatformTellsNoAddressTheOneSheConfirmedIsWrittenTo() throws Exception {
        LmsUser eve = lms.course().enrol(new LmsUser("eve", "Eve", "Marlow", null, LmsRole.LEARNER));
        assertThat(launched(eve).open(at("/my/messages")).text()).contains("Give Laurel an address of your own");
        long person = launched.person(eve);
        MailAddress own = MailAddress.of("eve@home.example").orElseThrow();
        addresses.wish(tenant, person, own);
        addresses.confirm(
                tenant,
                person,
                addresses.newCode(tenant, person, addresses.hash(tenant, own)).orElseThrow());
        choose(eve, "Tell me by e-mail");
        await().atMost(PATIENCE).until(() -> contexts.earners(tenant, course()).contains(person));

        lms.course().typeGrade(eve, lms.course().columnCalled("Essay 1"), "95");
        gradebook.checkSoon(tenant, course());
        await().atMost(PATIENCE).until(() -> !awards.ofPerson(tenant, person).isEmpty());
        digests.run();

        assertThat(sent()).hasSize(1);
        assertThat(sent().get(0).getAllRecipients()[0]).hasToString("eve@home.example");
    }

    private void choose(LmsUser user, String button) {
        Browser browser = launched(user);
        Page page = browser.open(at("/my/messages"));
        assertThat(page.text()).contains(button);
        browser.submit(page, page.formTo("/my/messages"), Map.of());
    }

    private boolean wanted() {
        return jdbc.sql("SELECT allowed FROM mail_choice WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Boolean.class)
                .single();
    }

    private void type(int number, String column, String grade, Callable<Boolean> noticed) {
        lms.course().typeGrade(student(number), lms.course().columnCalled(column), grade);
        gradebook.checkSoon(tenant, course());
        await().atMost(PATIENCE).until(noticed);
    }

    private RuleSet badgeFor(String column) {
        long id = launched.column(column).id();
        return ruleSets.ofContext(tenant, course()).stream()
                .filter(badge -> badge.rule().lineItemIds().contains(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> outbox() {
        return jdbc.sql("SELECT COALESCE(ended, 'waits') FROM message_outbox WHERE tenant_id = ?")
                .param(tenant.value())
                .query(String.class)
                .list();
    }

    private void earn(int number, String column) {
        LmsUser student = student(number);
        int before = awards.ofPerson(tenant, launched.person(student)).size();
        lms.course().typeGrade(student, lms.course().columnCalled(column), "95");
        await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(tenant, launched.person(student)).size() > before);
    }

    private List<MimeMessage> sent() {
        return Arrays.asList(SERVER.getReceivedMessages());
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI link(MimeMessage message) {
        return URI.create(text(message)
                .lines()
                .filter(line -> line.contains("/messages/silence/"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^.*(http)", "$1")
                .strip());
    }

    private long course() {
        return launched.context().id();
    }

    private Browser launched(LmsUser user) {
        Browser browser = new Browser();
        assertThat(browser.launch(lms.launch(user)).status()).isEqualTo(200);
        return browser;
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    private LmsUser student(int number) {
        return lms.course().student(number);
    }
}
