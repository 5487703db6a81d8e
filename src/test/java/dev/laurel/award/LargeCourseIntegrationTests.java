package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** A course of more people than are evaluated at once. */
@LaurelTest
@TestPropertySource(properties = "laurel.criteria.chunk=40")
class LargeCourseIntegrationTests {

    private static final int PEOPLE = 55;

    @Autowired
    ApplicationContext app;

    @Test
    void theBrakeHoldsWhatIsAwardedToEverybodyPartByPart() {
        BadgeCourse course = BadgeCourse.in(app).learners(PEOPLE).activate();
        // Otherwise the second part of that pass may find the grades, and be a small one of its own.
        course.awaitEvaluation();

        course.gradeAll(PEOPLE, "85");

        assertThat(course.awards()).hasSize(PEOPLE).extracting(Award::waitsFor).containsOnly(Award.Wait.BRAKE);
        assertThat(course.awards()).extracting(Award::releasedAt).containsOnlyNulls();
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
