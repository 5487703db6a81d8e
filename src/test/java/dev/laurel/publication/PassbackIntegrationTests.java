package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradebookException;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.OutgoingScore;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.StepMetrics;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox against a platform that is played by hand; the way over HTTP is the gradebook's own test. */
@LaurelTest
@Import(TestAwards.class)
class PassbackIntegrationTests {

    private static final long COLUMN = 4711;

    private final Gradebook gradebook = mock();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Passback passback;

    @Autowired
    PassbackRepository repository;

    @Autowired
    Awards awards;

    @Autowired
    Achievements achievements;

    @Autowired
    PublicationTrail trail;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    StepMetrics metrics;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    ScoreSending sending;

    @BeforeEach
    void playThePlatform() {
        sending = new ScoreSending(
                repository, gradebook, awards, achievements, transaction, mock(Jobs.class), metrics, Clock.systemUTC());
        LineItem column = new LineItem(
                COLUMN,
                1,
                "ags",
                "https://lms.example/1",
                "Badge",
                LineItem.Kind.SCORE,
                null,
                null,
                BigDecimal.ONE,
                true,
                true,
                true,
                false);
        when(gradebook.createColumn(any(), anyLong(), anyString(), any(), eq(true), anyString()))
                .thenReturn(column);
        when(gradebook.lineItem(any(), eq(COLUMN))).thenReturn(Optional.of(column));
    }

    private Course course() {
        return testAwards.course(TestAwards.draft("Essayist"));
    }

    private Award awarded(Course course, String sub) {
        return testAwards.decide(course, testAwards.person(course, sub));
    }

    /** Held back from the real job, which would ask a platform that is not there. */
    private void turnOn(Course course) {
        transaction.executeWithoutResult(status -> {
            passback.enable(course.tenant(), course.ruleSetId(), true, 1);
            heldBack();
        });
    }

    private void send(Course course) {
        sending.run(course.tenant(), Long.toString(course.ruleSetId()));
    }

    @Test
    void nothingIsSentUnlessSomebodyTurnedItOn() {
        Course course = course();
        awarded(course, "ada");

        send(course);

        assertThat(passback.isEnabled(course.tenant(), course.ruleSetId())).isFalse();
        assertThat(passback.status(course.tenant(), course.ruleSetId())).isEmpty();
        verify(gradebook, never()).createColumn(any(), anyLong(), anyString(), any(), eq(true), anyString());
    }

    @Test
    void awardsThatWereThereGetOneOfOneOnceAndNobodyElseGetsAnything() {
        Course course = course();
        Award award = awarded(course, "ada");
        long without = testAwards.person(course, "grace");

        turnOn(course);
        send(course);
        turnOn(course);
        send(course);

        verify(gradebook, times(1))
                .createColumn(
                        course.tenant(),
                        course.contextId(),
                        "Essayist",
                        BigDecimal.ONE,
                        true,
                        "laurel-badge-" + course.ruleSetId());
        verify(gradebook, times(1)).sendScore(eq(course.tenant()), eq(COLUMN), oneOfOneFor(award.personId()));
        verify(gradebook, never()).sendScore(any(), anyLong(), oneOfOneFor(without));
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 1, 0, 0, null));
        assertThat(trail.follow(course.tenant(), award.reference()))
                .extracting(Footprint::outcome)
                .containsExactly("score sent to the LMS");
    }

    @Test
    void newAwardsAskForTheirScoreInTheirOwnTransaction() {
        Course course = course();
        turnOn(course);

        transaction.executeWithoutResult(status -> {
            awarded(course, "ada");
            status.setRollbackOnly();
        });
        assertThat(passback.status(course.tenant(), course.ruleSetId())
                        .orElseThrow()
                        .waiting())
                .isZero();
    }

    @Test
    void aPlatformThatIsDownIsAskedAgainLater() {
        Course course = course();
        Award award = awarded(course, "ada");
        turnOn(course);
        doThrow(new GradebookException("The LMS did not answer.", false))
                .doNothing()
                .when(gradebook)
                .sendScore(any(), anyLong(), any());

        send(course);
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 1, 0, "The LMS did not answer."));

        due(course);
        send(course);
        verify(gradebook, times(2)).sendScore(eq(course.tenant()), eq(COLUMN), oneOfOneFor(award.personId()));
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 1, 0, 0, null));
    }

    @Test
    void aRefusalForGoodIsShownInPlainWordsAndTriedAgainWhenTurnedOnAgain() {
        Course course = course();
        awarded(course, "ada");
        turnOn(course);
        doThrow(new GradebookException("This person is not in the course any more.", true))
                .when(gradebook)
                .sendScore(any(), anyLong(), any());

        send(course);
        send(course);
        verify(gradebook, times(1)).sendScore(any(), anyLong(), any());
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 0, 1, "This person is not in the course any more."));

        doNothing().when(gradebook).sendScore(any(), anyLong(), any());
        turnOn(course);
        due(course);
        send(course);
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 1, 0, 0, null));
    }

    @Test
    void aColumnThatCannotBeMadeIsTheProblemThatStaffSees() {
        Course course = course();
        awarded(course, "ada");
        turnOn(course);
        when(gradebook.createColumn(any(), anyLong(), anyString(), any(), eq(true), anyString()))
                .thenThrow(new GradebookException("The LMS does not let Laurel add columns.", true));

        send(course);

        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 1, 0, "The LMS does not let Laurel add columns."));
    }

    @Test
    void turnedOffNothingMoreIsSent() {
        Course course = course();
        awarded(course, "ada");
        turnOn(course);
        passback.enable(course.tenant(), course.ruleSetId(), false, 1);

        send(course);

        verify(gradebook, never()).sendScore(any(), anyLong(), any());
    }

    @Test
    void aBadgeTakenBackGetsNoScore() {
        Course course = course();
        Award award = awarded(course, "ada");
        turnOn(course);
        jdbc.sql("UPDATE award SET revoked_at = NOW(6) WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), award.id())
                .update();

        send(course);

        verify(gradebook, never()).sendScore(any(), anyLong(), any());
    }

    @Test
    void whatSheDeclinedIsNotWrittenBeforeSheAcceptsIt() {
        Course course = course();
        Award award = awarded(course, "ada");
        awards.decline(course.tenant(), award.id(), award.personId());

        turnOn(course);
        send(course);
        verify(gradebook, never()).sendScore(any(), anyLong(), any());

        transaction.executeWithoutResult(status -> {
            awards.claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
            heldBack();
        });
        send(course);
        verify(gradebook, times(1)).sendScore(eq(course.tenant()), eq(COLUMN), oneOfOneFor(award.personId()));
    }

    @Test
    void aScoreIsTakenAwayWithTheBadge() {
        Course course = course();
        Award award = sent(course);

        takeBack(course, award);
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 1, 0, null));
        send(course);
        send(course);

        verify(gradebook, times(1)).sendScore(eq(course.tenant()), eq(COLUMN), noneFor(award.personId()));
        assertThat(trail.follow(course.tenant(), award.reference()))
                .extracting(Footprint::outcome)
                .containsExactly("score taken away with the badge");
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 0, 0, null));
    }

    @Test
    void whoHasTheBadgeAgainKeepsTheScore() {
        Course course = course();
        Award award = sent(course);

        takeBack(course, award);
        jdbc.sql("UPDATE award SET occurrence = 0 WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), award.id())
                .update();
        transaction.executeWithoutResult(status -> {
            testAwards.decide(course, award.personId());
            heldBack();
        });
        send(course);
        aSecondLater(course);
        send(course);

        assertThat(awards.ofRuleSet(course.tenant(), course.ruleSetId())).hasSize(2);
        verify(gradebook, never()).sendScore(any(), anyLong(), noneFor(award.personId()));
        verify(gradebook, times(2)).sendScore(any(), anyLong(), oneOfOneFor(award.personId()));
    }

    @Test
    void aScoreThatIsOnItsWayWhileTheBadgeIsTakenBackIsTakenAwayAfterwards() {
        Course course = course();
        Award award = awarded(course, "ada");
        turnOn(course);
        doAnswer(sent -> {
                    takeBack(course, award);
                    return null;
                })
                .doNothing()
                .when(gradebook)
                .sendScore(any(), anyLong(), any());

        send(course);
        aSecondLater(course);
        send(course);

        InOrder order = inOrder(gradebook);
        order.verify(gradebook).sendScore(any(), anyLong(), oneOfOneFor(award.personId()));
        order.verify(gradebook).sendScore(any(), anyLong(), noneFor(award.personId()));
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 0, 0, null));
    }

    @Test
    void whatWasTakenBackBeforeItWasSentIsNoRefusal() {
        Course course = course();
        Award award = awarded(course, "ada");
        turnOn(course);

        takeBack(course, award);
        send(course);

        verify(gradebook, never()).sendScore(any(), anyLong(), any());
        assertThat(passback.status(course.tenant(), course.ruleSetId()))
                .hasValue(new Passback.Status(true, 0, 0, 0, null));
    }

    @Test
    void itIsPossibleOnlyWhereThePlatformTakesColumnsAndScores() {
        Course without = course();
        Course with = testAwards.course(TestAwards.draft("Essayist"), URI.create("https://lms.example/lineitems"));

        assertThat(passback.isPossible(without.tenant(), without.contextId())).isFalse();
        assertThat(passback.isPossible(with.tenant(), with.contextId())).isTrue();
    }

    /** An award whose score is in the LMS, so long ago that it takes another one. */
    private Award sent(Course course) {
        Award award = awarded(course, "ada");
        turnOn(course);
        send(course);
        aSecondLater(course);
        return award;
    }

    private void takeBack(Course course, Award award) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE award SET revoked_at = NOW(6) WHERE tenant_id = ? AND id = ?")
                    .params(course.tenant().value(), award.id())
                    .update();
            events.publishEvent(new AwardsRevoked(course.tenant(), List.of(award)));
            heldBack();
        });
    }

    private void heldBack() {
        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = ?")
                .param(ScoreSending.KIND)
                .update();
    }

    /** Platforms want a later second for each score of a person. */
    private void aSecondLater(Course course) {
        jdbc.sql("""
                UPDATE score_outbox SET due_at = created_at, score_time = TIMESTAMPADD(MINUTE, -1, score_time)
                WHERE tenant_id = ?""").param(course.tenant().value()).update();
    }

    private static OutgoingScore noneFor(long person) {
        return argThat(score -> score != null && score.personId() == person && score.given() == null);
    }

    private static OutgoingScore oneOfOneFor(long person) {
        return argThat(score -> score != null
                && score.personId() == person
                && BigDecimal.ONE.equals(score.given())
                && score.maximum().equals(BigDecimal.ONE));
    }

    private void due(Course course) {
        jdbc.sql("UPDATE score_outbox SET due_at = created_at, score_time = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }
}
