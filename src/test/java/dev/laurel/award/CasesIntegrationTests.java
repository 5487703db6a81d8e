package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.decision.Beginnings;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.grant.NoLongerGivenException;
import dev.laurel.award.grant.SamePersonException;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSetNotFoundException;
import dev.laurel.criteria.RuleSets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people decide case by case: review, badges given by hand, exceptions, badges taken back. */
@LaurelTest
class CasesIntegrationTests {

    private static final long ANOTHER_TEACHER = 2;

    private static final Grant MAKE_UP =
            new Grant("She sat the make-up exam.", "Oral exam", "https://lms.example/exam");

    @Autowired
    ApplicationContext app;

    @Autowired
    Reviews reviews;

    @Autowired
    Grants grants;

    @Autowired
    Beginnings beginnings;

    @Autowired
    Awards awards;

    @Autowired
    HumanDecisions humanDecisions;

    @Autowired
    JsonMapper json;

    @Test
    void whereTheBadgeAsksForItNobodyIsToldBeforeAPersonAcceptedTheCase() {
        BadgeCourse course = reviewed(3);
        List<Award> queue = reviews.waiting(course.tenant(), course.badge());
        assertThat(queue).hasSize(3);
        assertThat(course.awardsSeenBy(10)).isEmpty();

        assertThatExceptionOfType(RuleSetNotFoundException.class)
                .as("another institution")
                .isThrownBy(() -> reviews.accept(BadgeCourse.in(app).tenant(), course.badge(), ids(queue), "", 1));
        assertThat(reviews.accept(
                        course.tenant(), course.badge(), ids(queue.subList(0, 2)), "Well done.", ANOTHER_TEACHER))
                .isEqualTo(2);
        assertThat(reviews.accept(course.tenant(), course.badge(), ids(queue), "", ANOTHER_TEACHER))
                .as("the two are accepted already")
                .isEqualTo(1);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        Award accepted = course.awardsSeenBy(10).get(0);
        assertThat(accepted.acceptedBy()).isEqualTo(ANOTHER_TEACHER);
        assertThat(awards.history(course.tenant(), accepted.id()))
                .extracting(AwardMoment::what)
                .containsExactly(AwardMoment.What.ACCEPTED);
    }

    @Test
    void aDeclinedCaseDoesNotComeBackUntilAPersonAllowsIt() {
        BadgeCourse course = reviewed(2);
        List<Award> queue = reviews.waiting(course.tenant(), course.badge());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reviews.decline(course.tenant(), course.badge(), ids(queue), " ", 1));
        reviews.decline(course.tenant(), course.badge(), ids(queue.subList(0, 1)), "The essay is copied.", 1);

        assertThat(course.awards()).extracting(Award::personId).containsExactly(11L);
        course.grade(10, "99");
        course.evaluateEverythingAgain();
        assertThat(course.awards()).extracting(Award::personId).containsExactly(11L);
        assertThat(humanDecisions
                        .find(course.tenant(), course.badge(), 10)
                        .orElseThrow()
                        .reason())
                .isEqualTo("The essay is copied.");

        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "She rewrote it.", ANOTHER_TEACHER);

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(reviews.waiting(course.tenant(), course.badge()))
                        .extracting(Award::personId)
                        .containsExactlyInAnyOrder(10L, 11L));
    }

    @Test
    void nobodyIsGivenByHandWhatIsOverOrNoLongerGivenAndWhoHasItMayKeepIt() {
        BadgeCourse over = BadgeCourse.worth(
                        app,
                        new Worth(
                                null,
                                Validity.until(LocalDate.now(ZoneOffset.UTC).minusDays(2), 0)))
                .learners(1);
        assertThatExceptionOfType(NoLongerGivenException.class)
                .isThrownBy(() -> grants.give(over.tenant(), over.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER));
        assertThat(humanDecisions.find(over.tenant(), over.badge(), 10)).isEmpty();

        BadgeCourse retired = BadgeCourse.in(app).learners(2).activate();
        retired.grade(10, "85");
        app.getBean(BadgeEndings.class).retire(retired.tenant(), retired.badge(), BadgeCourse.TEACHER);
        assertThatExceptionOfType(NoLongerGivenException.class)
                .isThrownBy(() -> grants.give(retired.tenant(), retired.ruleSet(), 11, MAKE_UP, BadgeCourse.TEACHER));
        grants.give(retired.tenant(), retired.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        assertThat(retired.awards()).extracting(Award::personId).containsExactly(10L);
    }

    @Test
    void aCaseWhoseGradeFallsLeavesTheQueue() {
        BadgeCourse course = reviewed(2);

        course.grade(10, "20");

        assertThat(reviews.waiting(course.tenant(), course.badge()))
                .extracting(Award::personId)
                .containsExactly(11L);
    }

    @Test
    void aBadgeIsGivenByHandWithItsEvidenceAndStaysWhateverTheGradeSays() {
        BadgeCourse course = BadgeCourse.in(app).learners(2).activate();
        course.grade(10, "40");

        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);

        Award given = course.awardsSeenBy(10).get(0);
        assertThat(given.passId()).isNull();
        assertThat(given.acceptedBy()).isEqualTo(BadgeCourse.TEACHER);
        JsonNode facts =
                json.readTree(awards.decisionRecord(course.tenant(), given.id()).orElseThrow());
        assertThat(facts.at("/byHand/reason").stringValue()).isEqualTo("She sat the make-up exam.");
        assertThat(facts.at("/byHand/evidence").stringValue()).isEqualTo("Oral exam");
        assertThat(facts.at("/byHand/evidenceUrl").stringValue()).isEqualTo("https://lms.example/exam");

        course.grade(10, "10");
        course.grade(10, "85");
        course.evaluateEverythingAgain();

        assertThat(course.awards()).hasSize(1);
        assertThat(course.awards().get(0).isValid()).isTrue();
        assertThatExceptionOfType(AwardNotFoundException.class)
                .as("no learner of the course")
                .isThrownBy(() -> grants.give(course.tenant(), course.ruleSet(), 4711, MAKE_UP, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Grant("x", null, "javascript:alert(1)"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Grant("", null, null));
    }

    @Test
    void aBadgeThatIsGivenByManyClicksAtOnceIsGivenOnce() {
        BadgeCourse course = BadgeCourse.in(app).learners(1).activate();

        Stream.generate(() -> CompletableFuture.runAsync(
                        () -> grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER)))
                .limit(6)
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        assertThat(course.count("SELECT COUNT(*) FROM decision_record WHERE tenant_id = ?"))
                .isEqualTo(1);
        assertThat(humanDecisions.ofRuleSet(course.tenant(), course.badge())).hasSize(1);
    }

    @Test
    void inTheInstitutionsNameItTakesASecondPerson() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(2).activate();
        assertThat(grants.takesTwo(course.tenant(), course.ruleSet())).isTrue();

        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);

        assertThat(course.awards()).isEmpty();
        assertThatExceptionOfType(SamePersonException.class)
                .isThrownBy(() ->
                        grants.confirm(course.tenant(), course.ruleSet(), course.decision(10), BadgeCourse.TEACHER));
        assertThat(course.awards()).isEmpty();

        grants.confirm(course.tenant(), course.ruleSet(), course.decision(10), ANOTHER_TEACHER);
        grants.confirm(course.tenant(), course.ruleSet(), course.decision(10), ANOTHER_TEACHER);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        HumanDecision decision =
                humanDecisions.find(course.tenant(), course.badge(), 10).orElseThrow();
        assertThat(decision.byPerson()).isEqualTo(BadgeCourse.TEACHER);
        assertThat(decision.secondBy()).isEqualTo(ANOTHER_TEACHER);
    }

    @Test
    void theLevelThatTheFirstOfTwoPeopleSaidIsTheOneThatIsGiven() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(1);
        long column = course.ruleSet().rule().lineItemIds().iterator().next();
        course.rule(BadgeCourse.proficientAndMastered(column)).activate();
        RuleSet badge = app.getBean(RuleSets.class)
                .find(course.tenant(), course.badge())
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> grants.give(course.tenant(), badge, 10, new Grant("She taught it.", null, null, 3), 1));

        grants.give(course.tenant(), badge, 10, new Grant("She taught it.", null, null, 2), BadgeCourse.TEACHER);
        assertThat(course.awards()).isEmpty();
        grants.confirm(course.tenant(), badge, course.decision(10), ANOTHER_TEACHER);

        assertThat(course.awardsSeenBy(10)).extracting(Award::rank).containsExactly(2);
    }

    @Test
    void anExceptionThatWaitsForItsSecondPersonProtectsNothingYet() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(1).activate();
        course.grade(10, "85");
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);

        course.grade(10, "20");

        assertThat(app.getBean(Falls.class).open(course.tenant(), course.badge()))
                .hasSize(1);
        grants.confirm(course.tenant(), course.ruleSet(), course.decision(10), ANOTHER_TEACHER);
        assertThat(app.getBean(Falls.class).open(course.tenant(), course.badge()))
                .isEmpty();
    }

    @Test
    void aBadgeIsTakenBackByHandOnlyByWhoReadWhatItsHolderAsksWhichTheReasonAnswers() {
        BadgeCourse course = BadgeCourse.in(app).learners(2).activate();
        course.gradeAll(2, "85");
        Award award = course.awards().get(0);
        Award other = course.awards().get(1);
        Questions questions = app.getBean(Questions.class);
        questions.ask(course.tenant(), course.ruleSet(), award.personId(), "My essay was graded twice.");
        Question asked = questions.open(course.tenant(), course.badge()).get(0);

        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> grants.takeBack(course.tenant(), course.badge(), award.id(), "A mistake.", 1, false));
        grants.takeBack(course.tenant(), course.badge(), other.id(), "A mistake.", 1, false);

        assertThat(course.awards()).extracting(each -> each.revokedAt() == null).containsExactly(true, false);
        grants.takeBack(course.tenant(), course.badge(), award.id(), "It was graded once.", 1, true);
        assertThat(questions.latest(course.tenant(), course.badge(), award.personId()))
                .get()
                .extracting(Question::id, Question::answer)
                .containsExactly(asked.id(), "It was graded once.");
        assertThat(course.awards()).noneMatch(each -> each.revokedAt() == null);
    }

    @Test
    void aBadgeThatAPersonTookBackIsGivenByNoCheckAndByNobodyBeforeItIsAllowedAgain() {
        BadgeCourse course = BadgeCourse.in(app).learners(1).activate();
        course.grade(10, "85");
        Award award = course.awards().get(0);

        grants.takeBack(course.tenant(), course.badge(), award.id(), "The essay is copied.", 1, false);

        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> grants.takeBack(course.tenant(), course.badge(), award.id(), "Again.", 1, false));
        course.grade(10, "95");
        assertThat(course.awards()).hasSize(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, 1));

        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "It was hers.", ANOTHER_TEACHER);

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awards())
                        .extracting(Award::occurrence)
                        .containsExactly(1, 2));
        assertThat(course.awards().get(1).isValid()).isTrue();
    }

    @Test
    void theSecondPersonConfirmsNothingButWhatSheRead() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(1).activate();
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        HumanDecision read = course.decision(10);
        grants.give(
                course.tenant(),
                course.ruleSet(),
                10,
                new Grant("She paid for the exam.", null, null),
                BadgeCourse.TEACHER);

        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> grants.confirm(course.tenant(), course.ruleSet(), read, ANOTHER_TEACHER));

        assertThat(course.awards()).isEmpty();
        assertThat(course.decision(10).secondBy()).isNull();
    }

    @Test
    void nothingEndsThatIsNotWhatWasReadWhenItWasToEnd() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(1).activate();
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        HumanDecision first = course.decision(10);
        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("An oral exam.", null, null), BadgeCourse.TEACHER);
        HumanDecision second = course.decision(10);

        assertRefused(course, first);
        assertThat(course.decision(10).reason()).isEqualTo("An oral exam.");

        grants.confirm(course.tenant(), course.ruleSet(), second, ANOTHER_TEACHER);
        assertRefused(course, second);
        assertThat(course.decision(10).counts()).isTrue();

        grants.letTheRuleDecide(course.tenant(), course.ruleSet(), course.decision(10), "As for all.", 1);
        assertThat(humanDecisions.find(course.tenant(), course.badge(), 10)).isEmpty();
    }

    private void assertRefused(BadgeCourse course, HumanDecision read) {
        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> grants.letTheRuleDecide(course.tenant(), course.ruleSet(), read, "No.", 1));
    }

    @Test
    void whoMetTheRuleBeforeItCountedIsNotAwardedByACheckWhileAGrantWaitsNorWhenItIsRefused() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(1);
        course.grade(10, "85");
        beginnings.fromNowOn(course.tenant(), course.ruleSet(), BadgeCourse.TEACHER);
        course.activate();

        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("it waits").isEmpty();
        grants.letTheRuleDecide(course.tenant(), course.ruleSet(), course.decision(10), "No.", ANOTHER_TEACHER);
        course.evaluateEverythingAgain();

        assertThat(course.awards()).as("it was refused").isEmpty();
        assertThat(humanDecisions.metEarlier(course.tenant(), 10)).containsExactly(course.badge());
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        grants.confirm(course.tenant(), course.ruleSet(), course.decision(10), ANOTHER_TEACHER);
        assertThat(course.awardsSeenBy(10)).hasSize(1);
        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "No exception any more.", ANOTHER_TEACHER);
        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "What was counts too.", ANOTHER_TEACHER);
        assertThat(humanDecisions.find(course.tenant(), course.badge(), 10)).isEmpty();
    }

    @Test
    void whatWasNotedAsEarlierHoldsAgainAfterWhatAPersonGaveIsTakenBackAndAllowed() {
        BadgeCourse course = BadgeCourse.in(app).learners(1);
        course.grade(10, "85");
        beginnings.fromNowOn(course.tenant(), course.ruleSet(), BadgeCourse.TEACHER);
        course.activate();
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        long given = course.awardsSeenBy(10).get(0).id();

        grants.takeBack(course.tenant(), course.badge(), given, "It was a mistake.", BadgeCourse.TEACHER, false);
        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "As for everybody.", BadgeCourse.TEACHER);
        course.evaluateEverythingAgain();

        assertThat(course.awardsSeenBy(10))
                .extracting(Award::id, Award::isValid)
                .containsExactly(tuple(given, false));
        assertThat(humanDecisions.metEarlier(course.tenant(), 10)).containsExactly(course.badge());
    }

    @Test
    void whoHasALevelByAPersonsWordGetsNoHigherOneByWhatSheReachedBeforeItCounted() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING).learners(1);
        grants.give(course.tenant(), course.ruleSet(), 10, MAKE_UP, BadgeCourse.TEACHER);
        course.grade(10, "96");
        beginnings.fromNowOn(course.tenant(), course.ruleSet(), BadgeCourse.TEACHER);
        course.activate();

        course.evaluateEverythingAgain();

        assertThat(course.awards()).extracting(Award::rank).containsExactly(1);
    }

    private BadgeCourse reviewed(int learners) {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(learners)
                .policy(policy -> policy.withReview(true))
                .activate();
        course.gradeAll(learners, "85");
        return course;
    }

    private static List<Long> ids(List<Award> awards) {
        return awards.stream().map(Award::id).toList();
    }
}
