package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.human.WithheldBefore;
import dev.laurel.context.PersonErased;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody was given a level by hand, and what a check gave her beyond it is undone: she keeps what she was given. */
@LaurelTest
class UndoneBesideGrantsIntegrationTests {

    private static final Grant PROFICIENT = new Grant("She sat the make-up exam.", null, null, 1);

    @Autowired
    ApplicationContext app;

    @Autowired
    Passes passes;

    @Autowired
    Grants grants;

    @Test
    void theHigherLevelThatTheBrakeHoldsGoesWithItsPass() {
        BadgeCourse course = heldAtTheHigherLevel();
        give(course, PROFICIENT);
        long pass = latest(course);

        assertThat(passes.undoing(course.tenant(), course.badge(), pass)).isEqualTo(new Passes.Undoing(20, 1, 0));
        assertThat(undo(course, pass)).isEqualTo(20);

        assertThat(standing(course)).containsExactly(tuple(10L, 1));
        assertThat(course.awardsSeenBy(10)).extracting(Award::isValid).containsExactly(true);
        assertThat(course.decision(10).kind()).isEqualTo(HumanDecision.Kind.GRANTED);
    }

    @Test
    void noCheckGivesMoreThanWhatSheWasGivenUntilAPersonAllowsIt() {
        BadgeCourse course = heldAtTheHigherLevel();
        give(course, PROFICIENT);
        undo(course, latest(course));

        course.evaluateEverythingAgain();
        course.grade(10, "98");
        give(course, new Grant("As was said before.", null, null, 1));
        course.evaluateEverythingAgain();
        assertThat(course.decision(10).noMoreBy()).as("who undid the pass").isEqualTo(2);

        assertThat(standing(course)).containsExactly(tuple(10L, 1));
        assertThat(app.getBean(HumanDecisions.class).withheldFrom(course.tenant(), 10))
                .as("she is told of no level to come")
                .containsExactly(course.badge());
        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "She may.", BadgeCourse.TEACHER);
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(standing(course)).contains(tuple(10L, 2)));
    }

    @Test
    void whoeverIsErasedAndComesBackHasNoMoreWithheldThanAnybodyDecided() {
        BadgeCourse course = heldAtTheHigherLevel();
        give(course, PROFICIENT);
        undo(course, latest(course));
        WithheldBefore withheld = app.getBean(WithheldBefore.class);

        for (long person : List.of(10L, 11L)) {
            withheld.keep(new PersonErased(course.tenant(), person, Set.of("account-" + person), Instant.now()));
        }

        assertThat(app.getBean(JdbcClient.class)
                        .sql("SELECT account FROM withheld_before WHERE tenant_id = ?")
                        .param(course.tenant().value())
                        .query(String.class)
                        .list())
                .as("the first keeps what she was given, and lost nothing else")
                .hasSize(1);
    }

    @Test
    void whatWasGivenAndIsNotReleasedYetStaysToo() {
        BadgeCourse course = heldAtTheHigherLevel();
        course.policy(policy -> policy.releasedByInstructor());
        give(course, PROFICIENT);

        undo(course, latest(course));

        assertThat(course.awards())
                .extracting(Award::personId, Award::rank, Award::waitsFor)
                .containsExactly(tuple(10L, 1, Award.Wait.INSTRUCTOR));
    }

    @Test
    void aPassThatGaveMoreThanTheHandLeavesWhatTheHandGave() {
        BadgeCourse course =
                BadgeCourse.withLevels(app, Worth.NOTHING).learners(2).activate();
        give(course, PROFICIENT);
        course.gradeAll(2, "96");
        assertThat(standing(course)).containsExactly(tuple(10L, 2), tuple(11L, 2));

        assertThat(undo(course, latest(course))).isEqualTo(2);

        assertThat(standing(course)).containsExactly(tuple(10L, 1));
        course.grade(10, "20");
        assertThat(course.decision(10).kind()).as("her exception holds").isEqualTo(HumanDecision.Kind.GRANTED);
        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .contains(tuple(1, true));
    }

    @Test
    void whatAPersonSaidThatSheKeepsIsKeptWhereNothingLowerIsLeft() {
        BadgeCourse course =
                BadgeCourse.withLevels(app, Worth.NOTHING).learners(2).activate();
        course.gradeAll(2, "96");
        give(course, PROFICIENT);

        assertThat(undo(course, latest(course))).isEqualTo(1);

        assertThat(standing(course)).containsExactly(tuple(10L, 2));
    }

    @Test
    void aHigherLevelThatIsDeclinedLeavesWhatWasGivenByHand() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(1)
                .policy(policy -> policy.withReview(true))
                .activate();
        course.grade(10, "96");
        give(course, PROFICIENT);
        Reviews reviews = app.getBean(Reviews.class);
        List<Long> waiting = reviews.waiting(course.tenant(), course.badge()).stream()
                .map(Award::id)
                .toList();

        reviews.decline(course.tenant(), course.badge(), waiting, "Copied.", BadgeCourse.TEACHER);
        course.evaluateEverythingAgain();

        assertThat(standing(course)).containsExactly(tuple(10L, 1));
        assertThat(course.decision(10).kind()).isEqualTo(HumanDecision.Kind.GRANTED);
    }

    /** All of twenty reach the higher level at once. */
    private BadgeCourse heldAtTheHigherLevel() {
        BadgeCourse course =
                BadgeCourse.withLevels(app, Worth.NOTHING).learners(20).activate();
        course.gradeAll(20, "96");
        assertThat(passes.find(course.tenant(), course.badge(), latest(course)))
                .hasValueSatisfying(pass -> assertThat(pass.waits()).isTrue());
        return course;
    }

    private void give(BadgeCourse course, Grant grant) {
        grants.give(course.tenant(), course.ruleSet(), 10, grant, BadgeCourse.TEACHER);
    }

    private long latest(BadgeCourse course) {
        return passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();
    }

    private int undo(BadgeCourse course, long pass) {
        return passes.undo(course.tenant(), course.badge(), pass, "The grades were wrong.", 2);
    }

    private List<Tuple> standing(BadgeCourse course) {
        return course.awards().stream()
                .filter(award -> award.revokedAt() == null)
                .map(award -> tuple(award.personId(), award.rank()))
                .toList();
    }
}
