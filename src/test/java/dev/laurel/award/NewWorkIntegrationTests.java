package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Submission;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ObservationsRecorded;
import dev.laurel.platform.sql.Utc;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A badge that is valid for 360 days is renewed in the last 60 of them by work of those days, whenever it is graded. */
@LaurelTest
class NewWorkIntegrationTests {

    /** What the badge asks for. */
    enum Asks {
        SCORE(BadgeCourse.percent("80")),
        HAND_IN(column -> new Submission(column, Period.ALWAYS, Terms.STANDARD));

        private final LongFunction<Rule> rule;

        Asks(LongFunction<Rule> rule) {
            this.rule = rule;
        }
    }

    @Autowired
    ApplicationContext app;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @ParameterizedTest
    @EnumSource
    void workOfBeforeThatIsGradedInTheWindowRenewsNothing(Asks asks) {
        BadgeCourse course = earned(asks);
        course.isPast(Duration.ofDays(310));

        see(course, "88", "GRADED", "poll", daysAgo(20));
        assertThat(course.awards()).as("handed in before the window").hasSize(1);
        see(course, "89", "GRADED", "poll", daysAgo(5));

        assertThat(course.awards()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSeenToBeHandedInBeforeTheWindowIsNotNewByItsGrade(Asks asks) {
        BadgeCourse course = earned(asks);
        course.isPast(Duration.ofDays(290));
        see(course, null, "SUBMITTED", "poll", null);
        course.isPast(Duration.ofDays(20));

        see(course, "88", "GRADED", "poll", null);
        see(course, "89", "GRADED", "poll", null);
        assertThat(course.awards()).as("graded, and graded once more").hasSize(1);
        see(course, null, "SUBMITTED", "poll", null);
        see(course, "90", "GRADED", "poll", null);

        assertThat(course.awards()).hasSize(2);
    }

    @Test
    void aResultFromAFileIsOfTheDayOnWhichItIsBroughtIn() {
        BadgeCourse course = earned(Asks.SCORE);
        course.isPast(Duration.ofDays(310));

        see(course, "88", "GRADED", Observation.IMPORTED, null);

        assertThat(course.awards()).hasSize(2);
    }

    private BadgeCourse earned(Asks asks) {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, Validity.days(360, 60))).learners(1);
        course.rule(asks.rule.apply(course.column())).activate();
        course.grade(10, "85");
        assertThat(course.awards()).hasSize(1);
        return course;
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    private void see(
            BadgeCourse course, @Nullable String score, String status, String cameAbout, @Nullable Instant handedIn) {
        transaction.executeWithoutResult(any -> {
            ObservationsRecorded recorded =
                    course.course().grade(course.column(), Map.of(10L, score == null ? "0" : score), "100");
            for (String table : new String[] {"observation", "latest_observation"}) {
                jdbc.update(
                        "UPDATE " + table
                                + " SET score = ?, status = ?, came_about = ?, handed_in_at = ? WHERE tenant_id = ? AND seq = ?",
                        score,
                        status,
                        cameAbout,
                        handedIn == null ? null : Utc.of(handedIn),
                        course.tenant().value(),
                        recorded.lastSeq());
            }
            app.publishEvent(recorded);
        });
        course.awaitEvaluation();
    }
}
