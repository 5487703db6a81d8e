package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.policy.AwardPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Nobody was told of an award yet, and by the version of its badge that is in force by now it would be over, or not earned. */
@LaurelTest
class WaitingUnderOlderVersionsIntegrationTests {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Test
    void itStaysUnderItsOwnVersionAndRestsOnWhatIsInTheGradebookThen() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");
        isOverInANewVersion(course);
        assertThat(record(course)).contains("\"achievementVersion\":1", "\"atLeast\":80", "\"value\":85");

        course.after(TEN_MINUTES.minusMinutes(1));
        course.grade(10, "90");

        assertThat(record(course))
                .contains("\"achievementVersion\":1", "\"ruleSetVersion\":1", "\"atLeast\":80", "\"value\":90")
                .doesNotContain("\"value\":85");
        assertThat(course.awards().get(0).releaseAt())
                .as("that settles, too")
                .isAfter(Instant.now().plus(TEN_MINUTES.minusMinutes(2)));
        course.after(TEN_MINUTES);
        assertThat(course.awardsSeenBy(10))
                .extracting(Award::achievementVersion, Award::isValid)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, true));
    }

    @Test
    void aResultThatDidNotChangeSettlesOnce() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");
        isOverInANewVersion(course);
        String recorded = record(course);

        course.evaluateEverythingAgain();

        assertThat(record(course)).isEqualTo(recorded);
    }

    @Test
    void itKeepsTheLevelOfItsOwnVersion() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(1)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(10, "85");
        isOverInANewVersion(course);

        course.grade(10, "88");

        assertThat(course.awards())
                .extracting(award -> Objects.requireNonNull(award.level()).name())
                .containsExactly("Proficient");
        assertThat(record(course)).contains("\"level\":\"Proficient\"", "\"value\":88");
    }

    @Test
    void whatMeetsOnlyItsOwnVersionFollowsItsResultsToo() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "82");
        course.newVersion("Essay writer", BadgeCourse.percent("85"));
        assertThat(record(course)).contains("\"ruleSetVersion\":1", "\"value\":82");
        course.after(TEN_MINUTES.minusMinutes(1));

        course.grade(10, "81");

        assertThat(record(course)).contains("\"ruleSetVersion\":1", "\"atLeast\":80", "\"value\":81");
        assertThat(course.awards().get(0).releaseAt()).isAfter(Instant.now().plus(TEN_MINUTES.minusMinutes(2)));
        course.grade(10, "79");
        assertThat(course.awards()).isEmpty();
    }

    private static void isOverInANewVersion(BadgeCourse course) {
        LocalDate theDayBeforeYesterday = LocalDate.now().minusDays(2);
        course.newVersion(
                "Essay writer", new Worth(null, Validity.until(theDayBeforeYesterday, 0)), BadgeCourse.percent("83"));
    }

    private String record(BadgeCourse course) {
        return awards.decisionRecord(course.tenant(), course.awards().get(0).id())
                .orElseThrow();
    }
}
