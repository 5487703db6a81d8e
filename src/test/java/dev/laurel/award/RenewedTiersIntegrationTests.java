package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.criteria.rule.Rule;
import java.time.Duration;
import java.time.LocalDate;
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
        course.rule(tiers(exam, project)).activate();
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
    void onceRenewalHasBegunAHigherTierRestsOnWhatHappenedSinceAndRenewsTheBadge() {
        course.grade(exam, 10, "80");
        course.isPast(Duration.ofDays(310));
        course.grade(project, 10, "60");

        assertThat(course.awards()).as("the exam is of before").hasSize(1);
        course.evaluateEverythingAgain();
        assertThat(course.awards()).hasSize(1);

        course.grade(exam, 10, "90");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, false), tuple(2, true));
        Award renewed = course.awards().get(1);
        assertThat(renewed.validUntil()).isEqualTo(renewed.decidedAt().plus(Duration.ofDays(360)));
    }

    @Test
    void beforeRenewalBeginsAHigherTierRestsOnEverything() {
        course.grade(exam, 10, "80");
        course.isPast(Duration.ofDays(200));

        course.grade(project, 10, "60");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, false), tuple(2, true));
    }

    @Test
    void whoGotTheLowerTierWhenRenewalHadBegunNeedNotReachItTwiceForTheHigherOne() {
        Validity untilADay = Validity.until(LocalDate.now().plusDays(30), 60);
        BadgeCourse late = BadgeCourse.worth(app, new Worth(null, untilADay)).learners(1);
        long paper = late.course().column("Paper", "100");
        late.rule(tiers(late.column(), paper)).activate();
        late.grade(10, "80");

        late.grade(paper, 10, "60");

        assertThat(late.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, false), tuple(2, true));
        assertThat(late.awards().get(1).validUntil())
                .as("the same day")
                .isEqualTo(late.awards().get(0).validUntil());
    }

    private static Rule tiers(long exam, long project) {
        return new Rule.Levels(List.of(
                new Rule.Levels.Level("Certified", BadgeCourse.percent("70").apply(exam)),
                new Rule.Levels.Level("Expert", BadgeCourse.percent("50").apply(project))));
    }
}
