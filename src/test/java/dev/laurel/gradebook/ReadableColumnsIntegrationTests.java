package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.moodle.MoodleCapability;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Columns that Laurel is not allowed to read any more take the place of no other. */
@LaurelTest
class ReadableColumnsIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    ColumnMatches matches;

    private LmsCourse course;

    @BeforeEach
    void aCourseThatIsReadWithAKey() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        course.course().addOwnColumn("Essay", 100);
        course.course().addColumn(course.course().link(), "Report", 100);
        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES);
        Looking.at(app, course.tenant(), course.contextId());
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whatTheKeyLeavesOutIsNeitherOfferedNorFound() {
        assertThat(matches.candidates(course.tenant(), course.contextId()))
                .extracting(LineItem::label)
                .contains("Essay", "Report");
        assertThat(found("Essay")).isTrue();

        TestReadingKeys.forMoodle(app, course, MoodleCapability.PEOPLE);

        assertThat(matches.candidates(course.tenant(), course.contextId()))
                .extracting(LineItem::label)
                .contains("Report")
                .doesNotContain("Essay");
        assertThat(found("Essay")).isFalse();
        assertThat(found("Report")).isTrue();
    }

    /** As in a copy of it, which has the same columns. */
    private boolean found(String label) {
        return matches.of(course.tenant(), course.contextId(), course.contextId()).values().stream()
                .filter(match -> match.from().label().equals(label))
                .anyMatch(match -> match.to() != null);
    }
}
