package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.criteria.CriteriaMet;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.Verdicts;
import dev.laurel.publication.Passback;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The brake, and a whole batch taken back in one action. */
@LaurelTest
class PassesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Passes passes;

    @Autowired
    Awards awards;

    @Autowired
    HumanDecisions humanDecisions;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Passback passback;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void aPassThatWouldAwardToMoreThanTheShareWaitsAsAWholeUntilSomebodyConfirmsIt() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();

        course.gradeAll(13, "85");

        Passes.Pass held = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        assertThat(held.waits()).isTrue();
        assertThat(held.people()).isEqualTo(13);
        assertThat(course.awards())
                .hasSize(13)
                .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.BRAKE));
        assertThat(course.awardsSeenBy(10)).isEmpty();
        assertThat(course.count("SELECT COUNT(*) FROM credential WHERE tenant_id = ?"))
                .isZero();
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("it waits, however often it is checked").hasSize(13);

        passes.confirm(BadgeCourse.in(app).tenant(), course.badge(), held.id(), BadgeCourse.TEACHER);
        assertThat(course.awardsSeenBy(10)).as("another institution").isEmpty();
        passes.confirm(course.tenant(), course.badge(), held.id(), BadgeCourse.TEACHER);
        passes.confirm(course.tenant(), course.badge(), held.id(), BadgeCourse.TEACHER);

        assertThat(course.awards())
                .allSatisfy(award -> assertThat(award.releasedAt()).isNotNull());
        assertThat(course.count("SELECT COUNT(*) FROM credential WHERE tenant_id = ?"))
                .isEqualTo(13);
        assertThat(passes.find(course.tenant(), course.badge(), held.id())
                        .orElseThrow()
                        .waits())
                .isFalse();
    }

    @Test
    void aHeldPassPromisesOnlyThoseWhoStillEarnItAndWaitsForNobodyOnceNoneDoes() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(13, "85");
        long held = passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();

        course.grade(10, "20");
        assertThat(passes.find(course.tenant(), course.badge(), held))
                .hasValueSatisfying(pass -> assertThat(pass.people()).isEqualTo(12));
        course.gradeAll(13, "20");
        assertThat(passes.find(course.tenant(), course.badge(), held))
                .hasValueSatisfying(pass -> assertThat(pass.waits()).isFalse());

        course.gradeAll(12, "90");
        assertThat(course.awardsSeenBy(10)).as("no more than the share").hasSize(1);
    }

    @Test
    void aFewMoreWaitWithThoseWhoAreHeld() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(13, "85");

        course.grade(29, "85");

        assertThat(course.awards())
                .hasSize(14)
                .extracting(Award::waitsFor)
                .as("the rest does not slip through by itself")
                .containsOnly(Award.Wait.BRAKE);
    }

    @Test
    void aPassThatWasConfirmedIsOfThoseWhoStillWaitedForThat() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(13, "85");
        long held = passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();
        course.grade(10, "20");

        passes.confirm(course.tenant(), course.badge(), held, BadgeCourse.TEACHER);

        assertThat(passes.find(course.tenant(), course.badge(), held))
                .hasValueSatisfying(pass -> assertThat(pass.people()).isEqualTo(12));
    }

    @Test
    void sixtyPercentPassAndSoDoesASmallClass() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(12, "85");
        assertThat(course.awardsSeenBy(10)).hasSize(1);

        BadgeCourse small = BadgeCourse.in(app).learners(19).activate();
        small.gradeAll(19, "85");
        assertThat(small.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void theShareThatAnInstructorChoseIsWhatCounts() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(20)
                .policy(policy -> policy.withBrakeShare(30))
                .activate();
        course.gradeAll(7, "85");

        assertThat(course.awardsSeenBy(10)).isEmpty();
        assertThat(course.awards())
                .hasSize(7)
                .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.BRAKE));
    }

    @Test
    void whatWasConfirmedWhenTheBadgeWasActivatedIsNotHeldAndWhatGoesBeyondIt() {
        BadgeCourse course = BadgeCourse.in(app).learners(30);
        course.gradeAll(20, "85");
        passes.confirmHeadCount(course.tenant(), course.badge(), 20, BadgeCourse.TEACHER);
        course.activate();
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awardsSeenBy(29)).hasSize(1));

        BadgeCourse doubled = BadgeCourse.in(app).learners(60);
        doubled.gradeAll(60, "85");
        passes.confirmHeadCount(doubled.tenant(), doubled.badge(), 20, BadgeCourse.TEACHER);
        doubled.activate();
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(doubled.awards()).hasSize(60));
        assertThat(doubled.awards())
                .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.BRAKE));
    }

    @Test
    void aPassIsUndoneInOneActionAndNobodyOfItIsAwardedAgainUntilAPersonAllowsIt() {
        BadgeCourse course = BadgeCourse.in(app).learners(3).activate();
        passback.enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);
        course.gradeAll(3, "85");
        Award before = course.awardsSeenBy(10).get(0);
        awards.claim(course.tenant(), before.id(), 10, Award.NameShown.NAME);
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);

        assertThat(passes.undo(course.tenant(), course.badge(), pass.id(), "The grades were wrong.", 2))
                .isEqualTo(3);
        assertThat(passes.undo(course.tenant(), course.badge(), pass.id(), "Again.", 2))
                .isZero();

        assertThat(course.awards())
                .hasSize(3)
                .allSatisfy(award -> assertThat(award.revokedAt()).isNotNull());
        assertThat(awards.history(course.tenant(), before.id()))
                .extracting(AwardMoment::what, AwardMoment::byPerson, AwardMoment::reason)
                .endsWith(org.assertj.core.groups.Tuple.tuple(AwardMoment.What.REVOKED, 2L, "The grades were wrong."));
        assertThat(course.count("SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ? AND standing = 'REVOKED'"))
                .isEqualTo(3);
        assertThat(
                        course.count(
                                "SELECT COUNT(*) FROM score_outbox WHERE tenant_id = ? AND sent_at IS NULL AND given_up_at IS NULL"))
                .as("scores that were not sent yet")
                .isZero();

        course.evaluateEverythingAgain();
        course.gradeAll(3, "95");
        assertThat(course.awards()).as("no check gives it again").hasSize(3);
        assertThat(humanDecisions.ofRuleSet(course.tenant(), course.badge()))
                .extracting(HumanDecision::personId, HumanDecision::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, HumanDecision.Kind.WITHHELD),
                        org.assertj.core.groups.Tuple.tuple(11L, HumanDecision.Kind.WITHHELD),
                        org.assertj.core.groups.Tuple.tuple(12L, HumanDecision.Kind.WITHHELD));
    }

    @Test
    void theRuleDecidesAgainAboutEverybodyOfAnUndonePassAndWhatWasDecidedAboutOneAloneStays() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(4)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        course.gradeAll(4, "85");
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        passes.undo(course.tenant(), course.badge(), pass.id(), "The rule was wrong.", 2);
        humanDecisions.withhold(course.tenant(), course.badge(), List.of(11L), "Copied.", null, 2, Instant.now());
        course.grade(13, "40");
        assertThat(humanDecisions.undoneWith(course.tenant(), course.badge()))
                .isEqualTo(Map.of(pass.id(), Set.of(10L, 12L, 13L)));

        assertThat(passes.letTheRuleDecide(BadgeCourse.in(app).tenant(), course.badge(), pass.id(), "It is right.", 2))
                .as("another institution")
                .isZero();
        assertThat(passes.letTheRuleDecide(course.tenant(), course.badge(), pass.id(), "It is right.", 2))
                .isEqualTo(3);
        assertThat(passes.letTheRuleDecide(course.tenant(), course.badge(), pass.id(), "It is right.", 2))
                .isZero();
        course.awaitEvaluation();

        assertThat(standing(course)).containsExactlyInAnyOrder(10L, 12L);
        assertThat(course.decision(11).reason()).isEqualTo("Copied.");
        assertThat(humanDecisions.undoneWith(course.tenant(), course.badge())).isEmpty();
    }

    @Test
    void ofTwoUndonePassesOverTheSamePeopleEachKeepsTheBadgeFromThemUntilItIsEnded() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(4)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        course.gradeAll(4, "85");
        course.gradeAll(3, "96");
        long higher = passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();
        long lower = passes.ofRuleSet(course.tenant(), course.badge()).get(1).id();
        passes.undo(course.tenant(), course.badge(), higher, "The grades were wrong.", 2);
        humanDecisions.withhold(course.tenant(), course.badge(), List.of(12L), "Copied.", null, 2, Instant.now());
        passes.undo(course.tenant(), course.badge(), lower, "The rule was wrong.", 2);
        assertThat(humanDecisions.undoneWith(course.tenant(), course.badge()))
                .isEqualTo(Map.of(higher, Set.of(10L, 11L), lower, Set.of(10L, 11L, 13L)));

        assertThat(passes.letTheRuleDecide(course.tenant(), course.badge(), lower, "It is right.", 2))
                .as("whom no other pass keeps it from")
                .isEqualTo(1);
        course.awaitEvaluation();

        assertThat(standing(course)).containsExactlyInAnyOrder(13L);
        assertThat(course.decision(10).reason()).isEqualTo("The grades were wrong.");
        assertThat(course.decision(12).reason()).as("decided about her alone").isEqualTo("Copied.");
        assertThat(passes.letTheRuleDecide(course.tenant(), course.badge(), higher, "They are right.", 2))
                .isEqualTo(2);
        course.awaitEvaluation();
        assertThat(standing(course)).containsExactlyInAnyOrder(10L, 11L, 13L);
        assertThat(humanDecisions.undoneWith(course.tenant(), course.badge())).isEmpty();
    }

    /** Each looks at whom the other pass keeps the badge from, and both begin before either ends. */
    @Test
    void whereTwoUndonePassesAreEndedAtTheSameMomentNobodyIsLeftOut() throws Exception {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(4)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        course.gradeAll(4, "85");
        course.gradeAll(3, "96");
        List<Long> undone = passes.ofRuleSet(course.tenant(), course.badge()).stream()
                .map(Passes.Pass::id)
                .toList();
        undone.forEach(pass -> passes.undo(course.tenant(), course.badge(), pass, "The rule was wrong.", 2));
        ExecutorService both = Executors.newFixedThreadPool(undone.size());
        try {
            List<Future<Integer>> ended = app.getBean(TransactionTemplate.class).execute(status -> {
                jdbc.queryForList("SELECT id FROM rule_set WHERE id = ? FOR UPDATE", course.badge());
                List<Future<Integer>> begun = undone.stream()
                        .map(pass -> both.submit(() ->
                                passes.letTheRuleDecide(course.tenant(), course.badge(), pass, "It is right.", 2)))
                        .toList();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                return begun;
            });
            int people = 0;
            for (Future<Integer> each : ended) {
                people += each.get();
            }
            assertThat(people).isEqualTo(4);
        } finally {
            both.shutdown();
        }

        course.awaitEvaluation();
        assertThat(standing(course)).containsExactlyInAnyOrder(10L, 11L, 12L, 13L);
        assertThat(humanDecisions.undoneWith(course.tenant(), course.badge())).isEmpty();
    }

    private static List<Long> standing(BadgeCourse course) {
        return course.awards().stream()
                .filter(award -> award.revokedAt() == null)
                .map(Award::personId)
                .toList();
    }

    @Test
    void theBrakeHoldsAsEverWhereTheRuleDecidesAgainAboutMany() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(20, "85");
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        passes.undo(course.tenant(), course.badge(), pass.id(), "The rule was wrong.", 2);

        passes.letTheRuleDecide(course.tenant(), course.badge(), pass.id(), "It is right.", 2);
        course.awaitEvaluation();

        assertThat(course.awards())
                .hasSize(20)
                .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.BRAKE));
    }

    @Test
    void whoAsksAboutABadgeOfAPassThatIsUndoneIsAnsweredWithTheReason() {
        BadgeCourse course = BadgeCourse.in(app).learners(3).activate();
        course.gradeAll(3, "85");
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        Questions questions = app.getBean(Questions.class);
        questions.ask(course.tenant(), course.ruleSet(), 11, "Mine was 58.");
        assertThat(passes.undoing(course.tenant(), course.badge(), pass.id())).isEqualTo(new Passes.Undoing(3, 0, 1));

        passes.undo(course.tenant(), course.badge(), pass.id(), "The grades were wrong.", 2);

        assertThat(questions.open(course.tenant(), course.badge())).isEmpty();
        assertThat(questions.latest(course.tenant(), course.badge(), 11).orElseThrow())
                .extracting(Question::words, Question::answer)
                .containsExactly("Mine was 58.", "The grades were wrong.");
    }

    @Test
    void aHeldPassThatIsUndoneLeavesNothingButTheBlockList() {
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(20, "85");
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);

        passes.undo(course.tenant(), course.badge(), pass.id(), "The rule was wrong.", BadgeCourse.TEACHER);

        assertThat(course.awards()).isEmpty();
        assertThat(course.count("SELECT COUNT(*) FROM decision_record WHERE tenant_id = ?"))
                .isZero();
        course.evaluateEverythingAgain();
        assertThat(course.awards()).isEmpty();
    }

    @Test
    void twoThousandAwardsAreDecidedAndReleasedInAHandfulOfStatements() {
        int people = 2000;
        BadgeCourse course = BadgeCourse.in(app).learners(people).policy(policy -> policy.withBrakeShare(100));
        course.gradeAll(people, "85");
        List<PersonEvaluation> meeting =
                verdicts
                        .preview(
                                course.tenant(),
                                course.course().id,
                                course.ruleSet().rule())
                        .stream()
                        .map(each -> new PersonEvaluation(
                                course.badge(), 1, each.personId(), each.evaluation(), each.evaluatedAt(), null))
                        .toList();
        assertThat(meeting).hasSize(people);

        long statements = course.statements(
                () -> app.publishEvent(new CriteriaMet(course.tenant(), course.ruleSet(), meeting, Instant.now())));

        assertThat(course.awards())
                .hasSize(people)
                .allSatisfy(award -> assertThat(award.releasedAt()).isNotNull());
        assertThat(statements).isLessThan(100);
        System.out.printf("%d awards decided, released and handed on in %d statements%n", people, statements);
    }

    @Test
    void twoThousandAwardsAreUndoneInAHandfulOfStatements() {
        int people = 2000;
        BadgeCourse course = BadgeCourse.in(app)
                .learners(people)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        Map<Long, String> scores = new HashMap<>();
        for (long person = 10; person < 10 + people; person++) {
            scores.put(person, "85");
        }
        course.grade(scores);
        List<Passes.Pass> all = passes.ofRuleSet(course.tenant(), course.badge());
        assertThat(all).hasSize(1);

        long statements = course.statements(
                () -> passes.undo(course.tenant(), course.badge(), all.get(0).id(), "Wrong.", BadgeCourse.TEACHER));

        assertThat(course.count("SELECT COUNT(*) FROM award WHERE tenant_id = ? AND revoked_at IS NOT NULL"))
                .isEqualTo(people);
        // A few more where some of them are being signed meanwhile.
        assertThat(statements).isLessThan(100);
    }
}
