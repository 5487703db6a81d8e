package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.decision.Beginnings;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.fall.TooEarlyException;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.criteria.RuleSets;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A grade falls after the badge was told. */
@LaurelTest
class FallsIntegrationTests {

    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired
    ApplicationContext app;

    @Autowired
    Falls falls;

    @Autowired
    FallDecisions decisions;

    @Autowired
    Questions questions;

    @Autowired
    Grants grants;

    @Autowired
    Awards awards;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void byDefaultTheBadgeStaysAndStaffSeesAMarkUntilTheGradeIsBack() {
        BadgeCourse course = earned(OnFall.KEEP);

        course.grade(10, "40");

        assertThat(falls.open(course.tenant(), course.badge()))
                .extracting(Fall::personId, Fall::follows)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(10L, OnFall.KEEP));
        course.after(WEEK.plusDays(1));
        assertThat(theAward(course).isValid()).isTrue();
        assertThat(unread(course)).as("nothing follows from it").containsExactly(AwardMessage.Kind.RELEASED);

        course.grade(10, "85");

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(awards.history(course.tenant(), theAward(course).id()))
                .extracting(AwardMoment::what)
                .containsExactly(AwardMoment.What.FELL, AwardMoment.What.RECOVERED);
    }

    @Test
    void aBadgeIsSuspendedAfterTheGraceAndComesBackWithTheGrade() {
        BadgeCourse course = earned(OnFall.SUSPEND);

        course.grade(10, "40");

        course.comes(10);
        Fall told = falls.ofAward(course.tenant(), theAward(course).id()).orElseThrow();
        assertThat(told.actAt()).isEqualTo(Objects.requireNonNull(told.toldAt()).plus(WEEK));
        course.after(WEEK.minusDays(1));
        assertThat(theAward(course).suspendedAt()).as("she was told first").isNull();
        assertThat(unread(course)).containsExactlyInAnyOrder(AwardMessage.Kind.RELEASED, AwardMessage.Kind.FELL);
        course.after(Duration.ofDays(1));
        assertThat(theAward(course).suspendedAt()).isNotNull();
        assertThat(unread(course)).containsExactlyInAnyOrder(AwardMessage.Kind.RELEASED, AwardMessage.Kind.SUSPENDED);
        assertThat(standing(course)).isEqualTo("SUSPENDED");

        course.grade(10, "90");

        assertThat(theAward(course).isValid()).isTrue();
        assertThat(theAward(course).occurrence()).as("the same award").isEqualTo(1);
        assertThat(unread(course)).containsExactlyInAnyOrder(AwardMessage.Kind.RELEASED, AwardMessage.Kind.REINSTATED);
        assertThat(standing(course)).isEqualTo("HELD");
    }

    @Test
    void whileSheObjectsNothingHappensAndAnAnswerLetsItGoOn() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        course.grade(10, "40");
        course.comes(10);

        questions.ask(course.tenant(), course.ruleSet(), 10, "My essay was graded twice.");
        course.after(WEEK);

        assertThat(theAward(course).isValid()).isTrue();
        Question question = questions.open(course.tenant(), course.badge()).get(0);
        assertThat(question.verdict()).isEqualTo("NOT_MET");
        assertThat(question.facts()).contains("Essay 1", "40");

        assertThat(questions.answer(
                        course.tenant(),
                        course.badge(),
                        question.id(),
                        question.askedAt(),
                        "The second grade counts.",
                        2))
                .isTrue();
        assertThat(theAward(course).suspendedAt())
                .as("with the answer, so that no further question holds it off")
                .isNotNull();
        assertThat(questions.answer(course.tenant(), course.badge(), question.id(), question.askedAt(), "Again.", 2))
                .isFalse();

        assertThat(questions
                        .latest(course.tenant(), course.badge(), 10)
                        .orElseThrow()
                        .answer())
                .isEqualTo("The second grade counts.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> questions.ask(course.tenant(), course.ruleSet(), 10, "  "));
    }

    @Test
    void takingBackNeedsAPersonAfterTheStudentHadHerTimeAndTheBadgeCanBeEarnedAgain() {
        BadgeCourse course = earned(OnFall.REVOKE);
        course.grade(10, "40");
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);

        assertThatExceptionOfType(TooEarlyException.class)
                .isThrownBy(
                        () -> decisions.revoke(course.tenant(), course.badge(), fall.id(), "Plagiarism.", 2, false));
        course.comes(10);
        course.after(WEEK);
        assertThat(theAward(course).isValid()).as("nobody approved it").isTrue();
        decisions.revoke(course.tenant(), course.badge(), fall.id(), "The essay was somebody else's.", 2, false);

        assertThat(theAward(course).revokedAt()).isNotNull();
        assertThat(standing(course)).isEqualTo("REVOKED");
        assertThat(unread(course)).containsExactly(AwardMessage.Kind.REVOKED);
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        course.evaluateEverythingAgain();
        assertThat(course.awards()).hasSize(1);

        course.grade(10, "88");

        assertThat(course.awards()).extracting(Award::occurrence).containsExactly(1, 2);
        assertThat(course.awards().get(1).isValid()).isTrue();
        assertThat(standing(course)).isEqualTo("HELD");
        course.evaluateEverythingAgain();
        assertThat(course.awards()).hasSize(2);
    }

    @Test
    void whoObjectsIsAnsweredByTakingTheBadgeBackWhichNeedNotWaitLongerAndCannotBeHeldOffByAskingAgain() {
        BadgeCourse course = earned(OnFall.REVOKE);
        course.grade(10, "40");
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();
        questions.ask(course.tenant(), course.ruleSet(), 10, "My essay was graded twice.");

        assertThatExceptionOfType(UnansweredException.class)
                .as("nobody read it")
                .isThrownBy(
                        () -> decisions.revoke(course.tenant(), course.badge(), fall, "It was graded once.", 2, false));
        questions.ask(course.tenant(), course.ruleSet(), 10, "My essay was graded three times.");
        decisions.revoke(course.tenant(), course.badge(), fall, "It was graded once.", 2, true);

        assertThat(theAward(course).revokedAt()).isNotNull();
        assertThat(questions.latest(course.tenant(), course.badge(), 10).orElseThrow())
                .extracting(Question::words, Question::answer)
                .containsExactly("My essay was graded three times.", "It was graded once.");
    }

    @Test
    void keepingTheBadgeAnswersWhatWasRead() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        course.grade(10, "40");
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();
        questions.ask(course.tenant(), course.ruleSet(), 10, "It was typed into the wrong row.");

        decisions.keep(course.tenant(), course.badge(), fall, "So it was.", 2, true);

        assertThat(theAward(course).isValid()).isTrue();
        assertThat(questions
                        .latest(course.tenant(), course.badge(), 10)
                        .orElseThrow()
                        .answer())
                .isEqualTo("So it was.");
    }

    @Test
    void whatStaysByItselfAPersonMayTakeBackBecauseNobodyWasPromisedAnyTime() {
        BadgeCourse course = earned(OnFall.KEEP);
        course.grade(10, "40");
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);
        assertThat(falls.counts(course.tenant(), List.of(course.badge())))
                .containsExactly(Map.entry(course.badge(), 1L));

        decisions.revoke(course.tenant(), course.badge(), fall.id(), "The grade was wrong.", 2, false);

        assertThat(theAward(course).revokedAt()).isNotNull();
        assertThat(falls.counts(course.tenant(), List.of(course.badge()))).isEmpty();
    }

    @Test
    void aQuestionFromBeforeTheFallShortensNoTime() {
        BadgeCourse course = earned(OnFall.REVOKE);
        questions.ask(course.tenant(), course.ruleSet(), 10, "Why is it blue?");
        Question asked = questions.open(course.tenant(), course.badge()).get(0);
        course.grade(10, "40");
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();

        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> decisions.revoke(course.tenant(), course.badge(), fall, "It stays.", 2, false));
        assertThatExceptionOfType(TooEarlyException.class)
                .isThrownBy(() -> decisions.revoke(course.tenant(), course.badge(), fall, "It stays.", 2, true));
        questions.answer(course.tenant(), course.badge(), asked.id(), asked.askedAt(), "We like blue.", 2);
        assertThatExceptionOfType(TooEarlyException.class)
                .isThrownBy(() -> decisions.revoke(course.tenant(), course.badge(), fall, "It stays.", 2, false));

        assertThat(theAward(course).isValid()).isTrue();
    }

    @Test
    void anAnswerToEarlierWordsDoesNotCloseWhatSheSaysNow() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        questions.ask(course.tenant(), course.ruleSet(), 10, "Why is it blue?");
        Question read = questions.open(course.tenant(), course.badge()).get(0);
        course.grade(10, "40");
        course.comes(10);
        questions.ask(course.tenant(), course.ruleSet(), 10, "My essay was graded twice.");

        assertThat(questions.answer(course.tenant(), course.badge(), read.id(), read.askedAt(), "We like blue.", 2))
                .isFalse();

        course.after(WEEK);
        assertThat(questions.open(course.tenant(), course.badge()))
                .extracting(Question::words)
                .containsExactly("My essay was graded twice.");
        assertThat(theAward(course).suspendedAt()).isNull();
    }

    @Test
    void whatAPersonDecidedToKeepTheMachineDoesNotAskAboutAgain() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        course.grade(10, "40");
        course.comes(10);
        course.after(WEEK);
        assertThat(theAward(course).suspendedAt()).isNotNull();
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);

        decisions.keep(course.tenant(), course.badge(), fall.id(), "It was typed into the wrong row.", 2, false);

        assertThat(theAward(course).isValid()).isTrue();
        course.grade(10, "81");
        course.grade(10, "30");
        course.after(WEEK);
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(theAward(course).isValid()).isTrue();
    }

    @Test
    void anExceptionForAPersonSurvivesEveryLaterCheck() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("She sat the make-up exam.", null, null), 2);

        course.grade(10, "12");
        course.evaluateEverythingAgain();
        course.after(WEEK);

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(theAward(course).isValid()).isTrue();
    }

    @Test
    void aColumnThatIsGoneOrAGradeThatIsHiddenTakesNothingAway() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        jdbc.update(
                "UPDATE line_item SET deleted_at = UTC_TIMESTAMP(6) WHERE tenant_id = ?",
                course.tenant().value());

        course.evaluateEverythingAgain();
        course.after(WEEK);

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(theAward(course).isValid()).isTrue();
    }

    @Test
    void aGradeThatFallsWhileItIsHiddenIsAFallWhenItIsPosted() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        jdbc.update(
                "UPDATE latest_observation SET visibility = 'HIDDEN' WHERE tenant_id = ?",
                course.tenant().value());
        course.evaluateEverythingAgain();
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();

        course.grade(10, "40");

        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        assertThat(unread(course)).contains(AwardMessage.Kind.FELL);
        course.comes(10);
        course.after(WEEK);
        assertThat(theAward(course).suspendedAt()).isNotNull();
    }

    @Test
    void whoHasTheBadgeByAnEarlierVersionKeepsItAsLongAsSheMeetsThatOne() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        edit(course, "90");
        course.grade(10, "92");

        course.grade(10, "85");

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        course.after(WEEK);
        assertThat(theAward(course).isValid()).isTrue();

        course.grade(10, "92");
        course.grade(10, "70");

        assertThat(falls.open(course.tenant(), course.badge()))
                .as("that meets neither")
                .hasSize(1);
    }

    @Test
    void whoHasTheBadgeByAnEarlierVersionAndNeverMetTheNewOneFallsOnceSheMeetsNeither() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        edit(course, "90");
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("a stricter rule alone")
                .isEmpty();

        course.grade(10, "83");
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("that is enough for hers")
                .isEmpty();
        course.grade(10, "70");

        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        course.grade(10, "84");
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("hers is met again")
                .isEmpty();
        assertThat(awards.history(course.tenant(), theAward(course).id()))
                .extracting(AwardMoment::what)
                .containsExactly(AwardMoment.What.FELL, AwardMoment.What.RECOVERED);
    }

    @Test
    void whatNobodyWasToldOfYetIsUnmadeWhenNotEvenItsOwnVersionIsMet() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(10, "85");
        edit(course, "90");
        course.grade(10, "83");
        assertThat(course.awards()).as("its own version is met").hasSize(1);

        course.grade(10, "70");

        assertThat(course.awards()).isEmpty();
    }

    private void edit(BadgeCourse course, String percent) {
        RuleSets ruleSets = app.getBean(RuleSets.class);
        ruleSets.edit(
                course.tenant(),
                course.badge(),
                1,
                BadgeCourse.percent(percent).apply(course.column()),
                BadgeCourse.TEACHER);
        ruleSets.activate(course.tenant(), course.badge(), BadgeCourse.TEACHER);
        course.evaluateEverythingAgain();
    }

    @Test
    void whatFellBeforeItWasReleasedIsSuspendedOnlyWhenItsHolderWasToldAndHadTheGrace() {
        Instant inTwoWeeks = Instant.now().plus(WEEK.multipliedBy(2)).truncatedTo(ChronoUnit.SECONDS);
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.withReview(true).releasedOn(inTwoWeeks).onFall(OnFall.SUSPEND, WEEK))
                .activate();
        course.grade(10, "85");
        course.acceptAll();
        course.grade(10, "40");
        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);

        pass(course, WEEK.plusDays(1));
        assertThat(theAward(course).suspendedAt()).as("she knows nothing of it").isNull();
        pass(course, WEEK);
        assertThat(theAward(course).releasedAt()).isNotNull();
        assertThat(theAward(course).suspendedAt()).as("she can be told now").isNull();
        assertThat(unread(course)).contains(AwardMessage.Kind.FELL);
        pass(course, WEEK.plusDays(1));
        assertThat(theAward(course).suspendedAt()).as("she was not told").isNull();
        course.comes(10);
        pass(course, WEEK.minusDays(1));
        assertThat(theAward(course).suspendedAt()).as("she had no week").isNull();
        pass(course, Duration.ofDays(1));
        assertThat(theAward(course).suspendedAt()).isNotNull();
    }

    @Test
    void whoNeverComesIsSuspendedAfterThirtyDaysAndWhoComesLateHasHerTimeAllTheSame() {
        BadgeCourse away = earned(OnFall.SUSPEND);
        away.grade(10, "40");
        away.after(Fall.UNTOLD.minusDays(1));
        assertThat(theAward(away).suspendedAt()).as("she may come yet").isNull();
        away.after(Duration.ofDays(1));
        assertThat(theAward(away).suspendedAt()).isNotNull();

        BadgeCourse late = earned(OnFall.SUSPEND);
        late.grade(10, "40");
        late.after(Fall.UNTOLD.minusDays(1));
        late.comes(10);
        late.after(WEEK.minusDays(1));
        late.comes(10);
        assertThat(theAward(late).suspendedAt()).isNull();
        late.after(Duration.ofDays(1));

        assertThat(theAward(late).suspendedAt())
                .as("coming again begins nothing anew")
                .isNotNull();
    }

    @Test
    void aGraceThatIsLongerThanThirtyDaysIsAsLongForWhoNeverComes() {
        BadgeCourse course = earned(OnFall.REVOKE, Duration.ofDays(40));
        course.grade(10, "40");
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();

        course.after(Duration.ofDays(39));
        assertThatExceptionOfType(TooEarlyException.class)
                .isThrownBy(() -> decisions.revoke(course.tenant(), course.badge(), fall, "It stays at 40.", 2, false));
        course.after(Duration.ofDays(1));
        decisions.revoke(course.tenant(), course.badge(), fall, "It stays at 40.", 2, false);

        assertThat(theAward(course).revokedAt()).isNotNull();
    }

    @Test
    void whoHadMetTheRuleBeforeItWasActivatedEarnsAgainWhatAFallTookFromHer() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(1)
                .policy(policy -> policy.onFall(OnFall.REVOKE, WEEK))
                .activate();
        course.grade(10, "85");
        course.pause();
        course.record(10, "96");
        app.getBean(Beginnings.class).fromNowOn(course.tenant(), course.ruleSet(), BadgeCourse.TEACHER);
        course.activate();
        course.awaitEvaluation();
        assertThat(course.decision(10).kind()).isEqualTo(HumanDecision.Kind.EARLIER);
        assertThat(course.awards()).extracting(Award::rank).containsExactly(1);
        course.grade(10, "40");
        course.comes(10);
        course.after(WEEK);
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();

        decisions.revoke(course.tenant(), course.badge(), fall, "It stays at 40.", 2, false);
        course.grade(10, "96");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(1, false), org.assertj.core.groups.Tuple.tuple(2, true));
    }

    @Test
    void theNewsSayNothingOfAFallOnceTheResultIsBackOrAPersonKeptTheBadge() {
        BadgeCourse course = earned(OnFall.SUSPEND);
        course.grade(10, "40");
        assertThat(unread(course)).contains(AwardMessage.Kind.FELL);

        course.grade(10, "90");
        assertThat(unread(course)).containsExactly(AwardMessage.Kind.RELEASED);

        course.grade(10, "40");
        assertThat(unread(course)).contains(AwardMessage.Kind.FELL);
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);
        decisions.keep(course.tenant(), course.badge(), fall.id(), "She sat it again.", 2, false);
        assertThat(unread(course)).containsExactly(AwardMessage.Kind.RELEASED);
    }

    @Test
    void whatIsOverFallsNoMoreAndNothingFollowsFromAFallBefore() {
        BadgeCourse fallen = forAYear();
        fallen.grade(10, "40");
        assertThat(falls.open(fallen.tenant(), fallen.badge())).hasSize(1);
        assertThat(falls.threatened(fallen.tenant(), 10)).hasSize(1);
        fallen.isPast(Duration.ofDays(400));
        fallen.after(WEEK);

        assertThat(falls.open(fallen.tenant(), fallen.badge())).isEmpty();
        assertThat(falls.threatened(fallen.tenant(), 10)).isEmpty();
        assertThat(falls.ofAward(fallen.tenant(), theAward(fallen).id())).isEmpty();
        assertThat(theAward(fallen).suspendedAt()).isNull();

        BadgeCourse over = forAYear();
        over.isPast(Duration.ofDays(400));
        over.grade(10, "40");
        over.after(WEEK);

        assertThat(theAward(over).suspendedAt()).isNull();
        assertThat(unread(over)).containsExactly(AwardMessage.Kind.RELEASED);
        assertThat(over.count("SELECT COUNT(*) FROM award_fall WHERE tenant_id = ?"))
                .isZero();
    }

    private BadgeCourse forAYear() {
        BadgeCourse course = BadgeCourse.worth(app, new Worth(null, Validity.days(360, 60)))
                .learners(1)
                .policy(policy -> policy.onFall(OnFall.SUSPEND, WEEK))
                .activate();
        course.grade(10, "85");
        return course;
    }

    @Test
    void whatIsTakenBackBeforeItsHolderHadItLeavesNoCase() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.withReview(true).releasedByInstructor().onFall(OnFall.REVOKE, WEEK))
                .activate();
        course.grade(10, "85");
        course.acceptAll();
        course.grade(10, "40");
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);
        assertThat(fall.released()).isFalse();

        decisions.revoke(course.tenant(), course.badge(), fall.id(), "It stays at 40.", 2, false);

        assertThat(course.awards()).isEmpty();
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(course.count("SELECT COUNT(*) FROM award_fall WHERE tenant_id = ?"))
                .isZero();
    }

    private void pass(BadgeCourse course, Duration time) {
        for (String moments : List.of(
                "award SET release_at = release_at - INTERVAL ? SECOND, released_at = released_at - INTERVAL ? SECOND",
                "award_fall SET fell_at = fell_at - INTERVAL ? SECOND, act_at = act_at - INTERVAL ? SECOND")) {
            jdbc.update(
                    "UPDATE " + moments + " WHERE tenant_id = ?",
                    time.toSeconds(),
                    time.toSeconds(),
                    course.tenant().value());
        }
        course.after(Duration.ZERO);
    }

    private BadgeCourse earned(OnFall what) {
        return earned(what, WEEK);
    }

    private BadgeCourse earned(OnFall what, Duration grace) {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.onFall(what, grace))
                .activate();
        course.grade(10, "85");
        assertThat(course.awardsSeenBy(10)).hasSize(1);
        return course;
    }

    private List<AwardMessage.Kind> unread(BadgeCourse course) {
        return app.getBean(AwardMessages.class).unread(course.tenant(), 10).stream()
                .map(AwardMessage::kind)
                .toList();
    }

    private static Award theAward(BadgeCourse course) {
        return course.awards().get(0);
    }

    private String standing(BadgeCourse course) {
        return jdbc.queryForObject(
                "SELECT standing FROM held_achievement WHERE tenant_id = ?",
                String.class,
                course.tenant().value());
    }
}
