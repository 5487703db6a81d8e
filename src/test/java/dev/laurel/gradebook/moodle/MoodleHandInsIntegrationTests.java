package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lms.Column;
import lms.LmsUser;
import lms.Mark;
import lms.MoodleSubmissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Whether and when an assignment of a Moodle was handed in, whose gradebook has a day for drafts and forgets it. */
@LaurelTest
class MoodleHandInsIntegrationTests {

    private static final String REPORT = "Report";

    private final Instant lately = Instant.now().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    ApplicationContext app;

    private MoodleStage stage;

    private LmsUser ada;

    private LmsUser bao;

    private Column report;

    private MoodleSubmissions submissions;

    @BeforeEach
    void start() {
        stage = MoodleStage.start(app, 4);
        ada = stage.course().student(0);
        bao = stage.course().student(1);
        report = stage.course().addOwnColumn(REPORT, 20);
        submissions = stage.lms().moodle().submissions();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aDraftIsNotHandedInAndPressingTheButtonIs() {
        submissions.saveDraft(ada, report, lately);
        submissions.handIn(bao, report, lately);
        stage.look();

        assertThat(latest(ada)).isEmpty();
        assertThat(latest(bao)).hasValueSatisfying(seen -> {
            assertThat(seen.status()).isEqualTo(Status.SUBMITTED);
            assertThat(seen.occurredAt()).isEqualTo(lately);
        });

        submissions.handIn(ada, report, now());
        stage.look();
        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void whatATeacherPutsBackToADraftIsNotHandedInAnyMore() {
        submissions.handIn(ada, report, lately);
        stage.look();

        submissions.saveDraft(ada, report, now());
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.NONE);
    }

    @Test
    void anAttemptThatFollowsTakesNothingBack() {
        submissions.handIn(ada, report, lately);
        stage.look();

        submissions.reopen(ada, report, now());
        stage.look();
        stage.lookAtEverything();
        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);

        submissions.reopen(bao, report, now());
        stage.look();
        assertThat(latest(bao)).as("nothing was seen before").isEmpty();
    }

    @Test
    void whatATeacherSavesWithoutAGradeTakesNoWorkWithIt() {
        submissions.handIn(ada, report, lately);
        stage.look();

        submissions.comment(ada, report, now());
        stage.look();
        stage.lookAtEverything();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void aGradeIsOfTheDayOnWhichItsWorkWasHandedInThoughTheGradebookForgetsIt() {
        submissions.handIn(ada, report, lately);
        stage.look();

        stage.type(ada, REPORT, "18");
        stage.look();
        assertThat(graded(ada).workedAt()).as("as it was seen").isEqualTo(lately);

        stage.type(ada, REPORT, "19");
        stage.look();
        assertThat(graded(ada).workedAt()).as("corrected").isEqualTo(lately);

        submissions.handIn(bao, report, lately);
        stage.type(bao, REPORT, "17");
        stage.lookAtEverything();
        assertThat(graded(bao).workedAt()).as("first seen when it is graded").isEqualTo(lately);
    }

    @Test
    void workThatIsHandedInAgainAndGradedAgainIsOfTheLaterDay() {
        submissions.handIn(ada, report, lately);
        stage.type(ada, REPORT, "8");
        stage.look();

        Instant again = now();
        submissions.handIn(ada, report, again);
        stage.look();
        stage.type(ada, REPORT, "18");
        stage.look();

        assertThat(graded(ada).workedAt()).isAfterOrEqualTo(again);
    }

    @Test
    void aGradeThatIsTakenBackLeavesTheWork() {
        submissions.handIn(ada, report, lately);
        stage.look();
        stage.type(ada, REPORT, "18");
        stage.look();

        stage.type(ada, REPORT, "");
        submissions.comment(ada, report, now());
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
        assertThat(latest(ada)).map(Observation::workedAt).contains(lately);
    }

    @Test
    void whatAGroupHandsInTogetherEachOfThemHandedIn() {
        submissions.handInTogether(ada, report, "7", List.of(ada, bao), lately);
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
        assertThat(latest(bao)).map(Observation::status).contains(Status.SUBMITTED);
        assertThat(latest(stage.course().student(2))).isEmpty();

        submissions.comment(bao, report, now());
        stage.lookAtEverything();
        assertThat(latest(bao)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void whereTheKeyDoesNotCoverItADraftIsNotTakenForAHandInNorAHandInForNone() {
        TestReadingKeys.forMoodle(app, stage.laurel(), without(MoodleCapability.HAND_INS));
        submissions.saveDraft(ada, report, lately);
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.UNREADABLE);
        assertThat(stage.lms().heard(lms.Service.READING))
                .noneSatisfy(heard -> assertThat(heard.body()).contains(MoodleFunction.SUBMISSIONS.wire()));

        stage.type(ada, REPORT, "18");
        stage.look();
        assertThat(graded(ada).workedAt()).isEqualTo(lately);
    }

    @Test
    void whatWasSeenWithAnotherKeyStaysHandedInThoughTheDayVanishes() {
        submissions.handIn(ada, report, lately);
        stage.look();
        TestReadingKeys.forMoodle(app, stage.laurel(), without(MoodleCapability.HAND_INS));

        submissions.comment(ada, report, now());
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void anAssignmentThatTheAccountMayNotGradeIsSaidAndNothingIsGuessed() {
        submissions.hide(report);
        submissions.saveDraft(ada, report, lately);
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.UNREADABLE);
        assertThat(stage.problem()).contains("may not see who handed in which assignment");
    }

    @Test
    void whereMoodleFailsToTellItThisTimeWhatWasKnownHoldsAndItIsAskedForAgain() {
        submissions.handIn(ada, report, lately);
        stage.look();
        stage.lms().moodle().setError(MoodleFunction.SUBMISSIONS.wire(), "dmlreadexception");
        submissions.comment(ada, report, now());
        submissions.handIn(bao, report, now());
        stage.look();
        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
        assertThat(latest(bao)).isEmpty();

        stage.lms().moodle().setError(MoodleFunction.SUBMISSIONS.wire(), null);
        stage.look();
        assertThat(latest(bao)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void anAssignmentAtWhichMoodleFailsAloneHoldsUpNoneOfTheOthers() {
        Column essay = stage.course().addOwnColumn("Essay", 20);
        submissions.breakAt(essay);
        submissions.handIn(ada, report, lately);
        submissions.handIn(bao, essay, lately);
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
        assertThat(stage.latest(bao, "Essay")).as("nothing is known of it").isEmpty();
        assertThat(stage.problem()).isNotEmpty();
    }

    @Test
    void whoeverIsExcusedForAWhileKeepsTheWork() {
        submissions.handIn(ada, report, lately);
        stage.look();
        stage.course().progress().mark(ada, report, Mark.EXCUSED);
        stage.look();
        assertThat(latest(ada)).map(Observation::status).contains(Status.EXCUSED);

        stage.course().progress().mark(ada, report, Mark.NONE);
        stage.look();

        assertThat(latest(ada)).map(Observation::status).contains(Status.SUBMITTED);
    }

    @Test
    void aGradeOfNothingBesideADraftIsNoHandInWhereTheKeyDoesNotCoverIt() {
        TestReadingKeys.forMoodle(app, stage.laurel(), without(MoodleCapability.HAND_INS));
        stage.type(ada, REPORT, "0");
        submissions.saveDraft(ada, report, lately);
        stage.look();

        assertThat(graded(ada).handedInAt()).isNull();
    }

    private static MoodleCapability[] without(MoodleCapability capability) {
        return Arrays.stream(MoodleCapability.values())
                .filter(each -> each != capability)
                .toArray(MoodleCapability[]::new);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private Observation graded(LmsUser user) {
        assertThat(latest(user)).map(Observation::status).contains(Status.GRADED);
        return latest(user).orElseThrow();
    }

    private Optional<Observation> latest(LmsUser user) {
        return stage.latest(user, REPORT);
    }
}
