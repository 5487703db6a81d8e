package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.award.decision.Passes;
import dev.laurel.platform.road.Jobs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A course of more people than are evaluated at once. */
@LaurelTest
@TestPropertySource(properties = "laurel.criteria.chunk=" + LargeCourseIntegrationTests.CHUNK)
class LargeCourseIntegrationTests {

    static final int CHUNK = 40;

    private static final int PEOPLE = 55;

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void theBrakeHoldsWhatIsAwardedToEverybodyPartByPart() {
        BadgeCourse course = BadgeCourse.in(app).learners(PEOPLE).activate();

        course.gradeAll(PEOPLE, "85");

        assertThat(course.awards()).hasSize(PEOPLE).extracting(Award::waitsFor).containsOnly(Award.Wait.BRAKE);
        assertThat(course.awards()).extracting(Award::releasedAt).containsOnlyNulls();
    }

    /** The last part of those whom it is activated for finds grades that came since the log was read. */
    @Test
    void gradesThatArriveWhileABadgeIsActivatedAreHeldTogether() {
        BadgeCourse course = BadgeCourse.in(app).learners(PEOPLE).activate();
        course.awaitEvaluation();
        TransactionTemplate ofItsOwn = new TransactionTemplate(app.getBean(PlatformTransactionManager.class));
        ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        app.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            jdbc.queryForList("SELECT id FROM rule_set WHERE id = ? FOR UPDATE", course.badge());
            ofItsOwn.executeWithoutResult(asked -> goOnAfter(course, 9 + CHUNK));
            // The log is read before the rule set, which is ours.
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            course.recordAll(PEOPLE, "85");
        });
        course.awaitEvaluation();

        assertThat(course.awards()).hasSize(PEOPLE).extracting(Award::waitsFor).containsOnly(Award.Wait.BRAKE);
    }

    private void goOnAfter(BadgeCourse course, long person) {
        jdbc.update("""
                INSERT INTO criteria_due (tenant_id, context_id, what, subject_id, after_person, asked_at)
                VALUES (?, ?, 'RULE_SET', ?, ?, UTC_TIMESTAMP(6))""", course.tenant().value(), course.course().id, course.badge(), person);
        app.getBean(Jobs.class).schedule("criteria-evaluate", course.tenant(), Long.toString(course.course().id), -1);
    }

    @Test
    void whatPartsEachSmallEnoughBringTogetherIsHeldAsSoonAsItIsTooMuchAndNothingLater() {
        BadgeCourse course = BadgeCourse.in(app).learners(PEOPLE).activate();
        course.awaitEvaluation();

        Map<Long, String> scores = new HashMap<>();
        for (long person = 10; person < 10 + PEOPLE; person++) {
            scores.put(person, person < 30 || person >= 10 + CHUNK ? "85" : "75");
        }
        course.grade(scores);

        assertThat(course.awards())
                .hasSize(35)
                .filteredOn(Award::waitsFor, Award.Wait.BRAKE)
                .hasSize(15);
        Passes passes = app.getBean(Passes.class);
        Passes.Pass held = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        passes.confirm(course.tenant(), course.badge(), held.id(), BadgeCourse.TEACHER);
        course.grade(30, "85");
        assertThat(course.awards()).hasSize(36).extracting(Award::releasedAt).doesNotContainNull();
    }

    @Test
    void aThirdOfThemIsAwarded() {
        BadgeCourse course = BadgeCourse.in(app).learners(PEOPLE).activate();

        Map<Long, String> scores = new HashMap<>();
        for (long person = 10; person < 10 + PEOPLE; person++) {
            scores.put(person, person % 3 == 0 ? "85" : "75");
        }
        course.grade(scores);

        assertThat(course.awards()).hasSize(18).extracting(Award::releasedAt).doesNotContainNull();
    }
}
