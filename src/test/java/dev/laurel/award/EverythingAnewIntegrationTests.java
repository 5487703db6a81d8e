package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.decision.Passes;
import dev.laurel.publication.Passback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * After an upgrade, a migration or a restored backup everything is worked out again from the beginning: that awards nothing,
 * takes nothing back, tells nobody anything and writes no score.
 */
@LaurelTest
class EverythingAnewIntegrationTests {

    private static final List<String> WHAT_HAPPENED = List.of(
            "award", "award_history", "award_fall", "award_message", "message_outbox", "score_outbox", "credential");

    @Autowired
    ApplicationContext app;

    @Autowired
    Passes passes;

    @Autowired
    Awards awards;

    @Autowired
    Passback passback;

    @Autowired
    JdbcTemplate jdbc;

    private BadgeCourse course;

    @BeforeEach
    void aBadgeThatSomeEarnedSomeLostAndSomeDeclined() {
        course = BadgeCourse.in(app).learners(6).activate();
        passback.enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);
        course.grade(Map.of(10L, "85", 11L, "85"));
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        passes.undo(course.tenant(), course.badge(), pass.id(), "The grades were wrong.", BadgeCourse.TEACHER);
        course.grade(Map.of(12L, "90", 13L, "90", 14L, "40"));
        awards.claim(course.tenant(), course.awardsSeenBy(12).get(0).id(), 12, Award.NameShown.NAME);
        awards.decline(course.tenant(), course.awardsSeenBy(13).get(0).id(), 13);
        await().atMost(BadgeCourse.PATIENCE)
                .until(() ->
                        course.count("SELECT COUNT(*) FROM credential WHERE signed_at IS NULL AND tenant_id = ?") == 0);
    }

    @Test
    void nothingHappensThatHadNotHappened() {
        List<Integer> before = whatHappened();
        assertThat(before.get(0)).as("awards").isEqualTo(4);

        forgetWhatWasWorkedOut();
        course.evaluateEverythingAgain();
        course.after(Duration.ofDays(30));

        assertThat(course.count("SELECT COUNT(*) FROM evaluation WHERE tenant_id = ?"))
                .as("everybody was looked at again")
                .isEqualTo(6);
        assertThat(whatHappened()).isEqualTo(before);
    }

    @Test
    void whoEarnedItSinceTheBackupGetsItOnceAndTheOthersHearNothing() {
        List<Integer> before = whatHappened();
        forgetWhatWasWorkedOut();

        course.grade(14, "95");
        course.evaluateEverythingAgain();

        assertThat(course.awardsSeenBy(14)).hasSize(1);
        assertThat(whatHappened().get(0)).isEqualTo(before.get(0) + 1);
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE person_id <> 14 AND tenant_id = ?"))
                .isEqualTo(before.get(WHAT_HAPPENED.indexOf("award_message")));
    }

    private List<Integer> whatHappened() {
        return WHAT_HAPPENED.stream()
                .map(table -> course.count("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?"))
                .toList();
    }

    /** As if the evaluator began for the first time: no verdict, and nothing read of the log. */
    private void forgetWhatWasWorkedOut() {
        jdbc.update(
                "DELETE FROM evaluation WHERE tenant_id = ?", course.tenant().value());
        jdbc.update(
                "UPDATE criteria_cursor SET seq = 0 WHERE tenant_id = ?",
                course.tenant().value());
    }
}
