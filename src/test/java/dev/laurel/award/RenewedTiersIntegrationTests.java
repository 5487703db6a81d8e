package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.criteria.rule.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Certified by 70 % in the exam, expert by 50 % in a project besides: valid for 360 days, to be renewed in the last 60 of
 * them.
 */
@LaurelTest
class RenewedTiersIntegrationTests {

    @Autowired
    ApplicationContext app;

    private BadgeCourse course;

    private long exam;

    private long project;

    @BeforeEach
    void aBadgeWithTwoTiersOverTwoColumns() {
        course = BadgeCourse.worth(app, new Worth(null, Validity.days(360, 60))).learners(1);
        exam = course.column();
        project = course.course().column("Project", "100");
        course.rule(new Rule.Levels(List.of(
                        new Rule.Levels.Level(
                                "Certified", BadgeCourse.percent("70").apply(exam)),
                        new Rule.Levels.Level(
                                "Expert", BadgeCourse.percent("50").apply(project)))))
                .activate();
    }

    @Test
    void whatItWasRenewedByAndWhatIsFromBeforeMakeNoHigherTierTogether() {
        course.grade(project, 10, "60");
        course.grade(exam, 10, "80");
        course.isPast(Duration.ofDays(310));
        course.grade(exam, 10, "85");
        course.isPast(Duration.ofDays(60));
        course.heldEnds();
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awards())
                        .extracting(Award::rank, Award::isValid)
                        .containsExactly(tuple(2, false), tuple(1, true)));

        course.grade(exam, 10, "86");
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("the project is of before").hasSize(2);
        course.grade(project, 10, "70");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(2, false), tuple(1, false), tuple(2, true));
    }

    @Test
    void whatIsOverIsNotRevivedByAHigherTierAlone() {
        course.grade(exam, 10, "80");
        course.isPast(Duration.ofDays(400));

        course.grade(project, 10, "60");
        assertThat(course.awards()).as("the exam is of before").hasSize(1);
        course.grade(exam, 10, "75");

        assertThat(course.awards()).extracting(Award::rank).containsExactly(1, 2);
        assertThat(course.awards().get(1).isValid()).isTrue();
    }

    @Test
    void aHigherTierOnceRenewalHasBegunLastsNoLongerThanWhatItTakesThePlaceOf() {
        course.grade(exam, 10, "80");
        course.isPast(Duration.ofDays(310));
        course.grade(project, 10, "60");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, false), tuple(2, true));
        Award certified = course.awards().get(0);
        assertThat(course.awards().get(1).validUntil()).isEqualTo(certified.validUntil());
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("the project alone renews nothing").hasSize(2);

        course.grade(exam, 10, "90");

        assertThat(course.awards()).extracting(Award::rank).containsExactly(1, 2, 2);
        Award renewed = course.awards().get(2);
        assertThat(renewed.validUntil()).isEqualTo(renewed.decidedAt().plus(Duration.ofDays(360)));
    }
}
