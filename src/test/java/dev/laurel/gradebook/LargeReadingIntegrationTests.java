package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lms.Column;
import lms.LmsUser;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** A look that finds more than goes into one transaction. */
@LaurelTest
@RecordApplicationEvents
class LargeReadingIntegrationTests {

    private static final int STUDENTS = 600;

    private static final int COLUMNS = 20;

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    ApplicationEvents events;

    private LmsCourse course;

    private final List<Column> columns = new ArrayList<>();

    @BeforeEach
    void aLargeCourse() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(STUDENTS).pageSize(500));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        for (int i = 0; i < COLUMNS; i++) {
            columns.add(course.addColumn("Task " + i, 100));
        }
        course.course()
                .students()
                .forEach(student -> columns.forEach(column -> course.course().typeGrade(student, column, "85")));
        assertThat(STUDENTS * COLUMNS).isGreaterThan(ReadingParts.SIZE);
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void comesInPartsOfWholeLearnersAndLosesNothing() {
        look();

        List<Observation> log = log();
        assertThat(log).hasSize(STUDENTS * COLUMNS);
        List<Long> ends = events.stream(ObservationsRecorded.class)
                .map(ObservationsRecorded::lastSeq)
                .sorted()
                .toList();
        assertThat(ends).hasSize(2).last().isEqualTo((long) STUDENTS * COLUMNS);
        Map<Long, List<Long>> byLearner = log.stream()
                .collect(Collectors.groupingBy(
                        Observation::personId, Collectors.mapping(Observation::seq, Collectors.toList())));
        assertThat(byLearner.values())
                .hasSize(STUDENTS)
                .allSatisfy(seqs -> assertThat(
                                seqs.stream().map(seq -> seq <= ends.get(0)).distinct())
                        .as("all that was read of a learner is in one part")
                        .hasSize(1));

        look();
        assertThat(log()).as("nothing is said twice").hasSize(STUDENTS * COLUMNS);
    }

    @Test
    void whoseGradeIsTakenAwayIsMissedHoweverManyOthersThereAre() {
        look();
        LmsUser first = course.course().student(0);
        LmsUser last = course.course().student(STUDENTS - 1);
        course.course().typeGrade(first, columns.get(3), "");
        course.course().typeGrade(last, columns.get(COLUMNS - 1), "");
        course.course().typeGrade(last, columns.get(0), "99");

        look();

        assertThat(log().subList(STUDENTS * COLUMNS, STUDENTS * COLUMNS + 3))
                .extracting(Observation::personId, Observation::status)
                .containsExactlyInAnyOrder(
                        tuple(course.person(first), Observation.Status.NONE),
                        tuple(course.person(last), Observation.Status.NONE),
                        tuple(course.person(last), Observation.Status.GRADED));
        assertThat(log()).hasSize(STUDENTS * COLUMNS + 3);
    }

    private void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    private List<Observation> log() {
        return gradebook.changesAfter(course.tenant(), course.contextId(), 0, 2 * STUDENTS * COLUMNS);
    }
}
