package dev.laurel.dashboard.awarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Buttons about cases act on what stood on their page, and on nothing that came or changed after it was opened. */
@LaurelTest
class ShownCasesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Questions questions;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private RuleSet badge;

    private Browser teacher;

    private Browser student;

    @BeforeEach
    void aBadge() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        student = launched.launch(course.student(0));
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void acceptingAllLeavesWhatCameLater() {
        policy(policy -> policy.withReview(true));
        Award first = graded(0);
        Page cases = teacher.open(at("/cases"));
        Award later = graded(1);

        assertThat(teacher.submit(cases, cases.formTo("/review/acceptance/"), Map.of())
                        .text())
                .contains("Accepted.", "One case for your review");

        assertThat(now(first).waitsFor()).isNull();
        assertThat(now(later).waitsFor()).isEqualTo(Award.Wait.REVIEW);
        assertThat(teacher.submit(cases, cases.formTo("/review/acceptance/"), Map.of())
                        .text())
                .contains("Nothing was accepted: some of those who waited when the page was opened do not any more");
        assertThat(now(later).waitsFor()).isEqualTo(Award.Wait.REVIEW);
    }

    @Test
    void releasingAllLeavesWhatCameLater() {
        policy(AwardPolicy::releasedByInstructor);
        Award first = graded(0);
        Page release = teacher.open(at("/release"));
        Award later = graded(1);

        assertThat(teacher.submit(release, release.formTo("/release/"), Map.of())
                        .text())
                .contains("One student can see it now.", "One badge waits for you to release it.");

        assertThat(now(first).releasedAt()).isNotNull();
        assertThat(now(later).releasedAt()).isNull();
        assertThat(teacher.submit(release, release.formTo("/release/"), Map.of())
                        .text())
                .contains("Nothing was released: some of those who waited", "Release 1");
        assertThat(now(later).releasedAt()).isNull();
    }

    @Test
    void anAnswerToWordsThatTheStudentReplacedIsKeptInItsFieldBesideTheNewOnes() {
        graded(0);
        ask("Why is it blue?");
        Page read = teacher.open(at("/cases"));
        ask("My essay was graded twice.");

        Page again = teacher.submit(read, read.formTo("/questions/"), Map.of("answer", "We like blue."));

        assertThat(again.text())
                .contains("Your answer was not sent: the student has said it otherwise meanwhile.")
                .contains("My essay was graded twice.");
        assertThat(again.formTo("/questions/").fields()).containsEntry("answer", "We like blue.");
        assertThat(questions.open(launched.tenant(), badge.id()))
                .extracting(Question::words)
                .containsExactly("My essay was graded twice.");

        teacher.submit(again, again.formTo("/questions/"), Map.of("answer", "Only once."));
        assertThat(questions.open(launched.tenant(), badge.id())).isEmpty();
    }

    @Test
    void whatTheStudentSaidMeanwhileIsReadBeforeABadgeThatFellIsTakenBackAndAnsweredByIt() {
        policy(policy -> policy.onFall(AwardPolicy.OnFall.REVOKE, Duration.ZERO));
        Award award = graded(0);
        course.typeGrade(course.student(0), column, "20");
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(teacher.open(at("/cases")).text()).contains("the rule is not met"));
        student.open(URI.create(publicUrl.at("/shelf")));
        Page before = teacher.open(at("/cases"));
        assertThat(before.text()).contains("The student was told on", "Take it back");
        ask("My essay was graded twice.");

        Page refused = teacher.submit(
                before, before.formTo("/cases/falls/"), Map.of("decision", "revoke", "reason", "It was graded once."));

        assertThat(refused.text())
                .contains("Nothing was taken back: the student says by now that something is wrong.")
                .contains("Whatever you decide here, your reason is the answer.", "My essay was graded twice.");
        assertThat(refused.formTo("/cases/falls/").fields()).containsEntry("reason", "It was graded once.");
        assertThat(now(award).revokedAt()).isNull();
        ask("My essay was graded three times.");
        assertThat(teacher.submit(
                                refused,
                                refused.formTo("/cases/falls/"),
                                Map.of("decision", "revoke", "reason", "It was graded once."))
                        .text())
                .contains("Taken back. The student reads why");
        assertThat(now(award).revokedAt()).isNotNull();
        assertThat(questions.open(launched.tenant(), badge.id())).isEmpty();
        assertThat(student.open(URI.create(publicUrl.at("/my/badges/" + award.id())))
                        .text())
                .contains("My essay was graded three times.", "Answered on", "It was graded once.");
    }

    @Test
    void takingABadgeBackByHandShowsWhatTheStudentAsksAndAnswersItWithTheReason() {
        Award award = graded(0);
        Page before = teacher.open(at("/learners/" + award.personId()));
        Page sure = teacher.submit(before, before.formTo("/withdrawal"), Map.of("reason", "It was graded once."));
        assertThat(sure.text()).doesNotContain("nobody has answered yet");
        ask("My essay was graded twice.");

        Page again = teacher.submit(sure, sure.formTo("/withdrawal"), Map.of());

        assertThat(again.text())
                .contains("Nothing was taken back yet: the student says by now that something is wrong.")
                .contains("My essay was graded twice.", "It was graded once.");
        assertThat(now(award).revokedAt()).isNull();
        assertThat(teacher.open(at("/learners/" + award.personId())).text())
                .contains("If you take the badge back, your reason is the answer.", "My essay was graded twice.");
        Page asked = teacher.submit(before, before.formTo("/withdrawal"), Map.of("reason", "It was graded once."));
        assertThat(asked.text())
                .contains("nobody has answered yet. If you take the badge back", "My essay was graded twice.");
        ask("My essay was graded three times.");
        assertThat(teacher.submit(asked, asked.formTo("/withdrawal"), Map.of()).text())
                .as("who asks again holds nothing off")
                .contains("Taken back from");
        assertThat(now(award).revokedAt()).isNotNull();
        assertThat(questions
                        .latest(launched.tenant(), badge.id(), award.personId())
                        .orElseThrow()
                        .answer())
                .isEqualTo("It was graded once.");
    }

    @Test
    void aPassThatIsTakenBackAnswersWhoAskedAsItsPageSays() {
        Award award = graded(0);
        Page before = teacher.open(at("/passes/" + award.passId()));
        ask("My essay was graded twice.");

        Page refused = teacher.submit(before, before.formTo("/undoing/grades"), Map.of());

        assertThat(refused.text())
                .contains("Nothing was taken back: one of them says by now that something is wrong.")
                .contains(
                        "was not answered yet: the reason that you choose is the answer.",
                        at("/cases").getPath());
        assertThat(now(award).revokedAt()).isNull();
        teacher.submit(refused, refused.formTo("/undoing/grades"), Map.of());
        assertThat(now(award).revokedAt()).isNotNull();
        assertThat(questions.open(launched.tenant(), badge.id())).isEmpty();
        assertThat(student.open(URI.create(publicUrl.at("/my/badges/" + award.id())))
                        .text())
                .contains("My essay was graded twice.", "Answered on", "The grades it was based on were wrong.")
                .doesNotContain("Nobody has answered yet.");
    }

    @Test
    void theSecondPersonReadsAgainWhatTheFirstOneChanged() {
        launched.close();
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        LmsUser colleague = course.enrol("Cora", "Colleague", LmsRole.INSTRUCTOR);
        Browser second = launched.launch(colleague);
        student = launched.launch(course.student(0));
        Issuers issuers = app.getBean(Issuers.class);
        Issuer institution = issuers.createForInstitution(launched.tenant(), "Northfield College", 1);
        issuers.grant(launched.tenant(), institution.id(), launched.context().id(), 1);
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        Page person = teacher.open(at("/learners/" + launched.person(course.student(0))));
        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "She sat the make-up exam."));
        Page read = second.open(at("/cases"));
        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "She promised to write one."));

        assertThat(second.submit(read, read.formTo("/end"), Map.of("reason", "A make-up is not enough."))
                        .text())
                .contains("Nothing was done: what you read was changed", "She promised to write one.");
        Page refused = second.submit(read, read.formTo("/confirmation"), Map.of());

        assertThat(refused.text())
                .contains("Nothing was done: what you read was changed", "She promised to write one.");
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).isEmpty();
        Page waiting = teacher.open(at("/cases"));
        assertThat(second.submit(refused, refused.formTo("/confirmation"), Map.of())
                        .text())
                .contains("Given.");
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).hasSize(1);
        assertThat(teacher.submit(waiting, waiting.formTo("/end"), Map.of("reason", "Better not."))
                        .text())
                .as("it was not given yet where she read it")
                .contains("Nothing was done: what you read was changed or decided meanwhile", "One exception");
    }

    @Test
    void aPassIsNotTakenBackFromMoreThanThePageSaid() {
        Award award = graded(0);
        Grants grants = app.getBean(Grants.class);
        grants.give(launched.tenant(), badge, award.personId(), new Grant("She sat the make-up exam.", null, null), 1);
        Page pass = teacher.open(at("/passes/" + award.passId()));
        HumanDecision exception = app.getBean(HumanDecisions.class)
                .find(launched.tenant(), badge.id(), award.personId())
                .orElseThrow();
        grants.letTheRuleDecide(launched.tenant(), badge, exception, "It was a mistake.", 1);

        Page refused = teacher.submit(pass, pass.formTo("/undoing/mistake"), Map.of());

        assertThat(refused.text()).contains("Nothing was taken back: by now it would be from one person");
        assertThat(now(award).revokedAt()).isNull();
        teacher.submit(refused, refused.formTo("/undoing/mistake"), Map.of());
        assertThat(now(award).revokedAt()).isNotNull();
    }

    @Test
    void anExceptionSaysWhoTookBackWhatGoesBeyondIt() {
        Award award = graded(0);
        Grants grants = app.getBean(Grants.class);
        grants.give(launched.tenant(), badge, award.personId(), new Grant("She sat the make-up exam.", null, null), 1);
        long by = launched.person(course.teacher());
        app.getBean(HumanDecisions.class).noMore(launched.tenant(), badge.id(), List.of(award.personId()), null, by);

        Page cases = teacher.open(at("/cases"));

        String name = course.teacher().name();
        assertThat(cases.text()).contains("No check gives more than that, because " + name + " took something more");
    }

    private void ask(String words) {
        Page mine = student.open(at("/learners/" + launched.person(course.student(0))));
        student.submit(mine, mine.formTo("/questions"), Map.of("words", words));
    }

    private void policy(UnaryOperator<AwardPolicy> change) {
        policies.put(launched.tenant(), badge.id(), change.apply(policies.of(launched.tenant(), badge.id())), 1);
    }

    private Award graded(int index) {
        LmsUser user = course.student(index);
        launched.launch(user);
        course.typeGrade(user, column, "91");
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        long person = launched.person(user);
        return await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id(), person), found -> !found.isEmpty())
                .get(0);
    }

    private Award now(Award award) {
        return awards.find(launched.tenant(), award.id()).orElseThrow();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at("/badges/" + badge.id() + path));
    }
}
