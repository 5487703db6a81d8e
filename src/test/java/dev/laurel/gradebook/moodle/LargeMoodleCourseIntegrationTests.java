package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.gradebook.LineItem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lms.LmsUser;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A course of too many grades for one answer: what a look at it costs, and what it sees. */
@LaurelTest
class LargeMoodleCourseIntegrationTests {

    private static final int STUDENTS = 70;

    private static final int COLUMNS = 40;

    /** Of a look after the first round: single learners, and what is asked of the course itself. */
    private static final int MOST_CALLS = 30 + 7;

    @Autowired
    ApplicationContext app;

    private MoodleStage stage;

    @BeforeEach
    void start() {
        stage = MoodleStage.start(app, STUDENTS);
        for (int i = 1; i <= COLUMNS; i++) {
            stage.course().addOwnColumn((i % 2 == 0 ? "Report " : "Quiz ") + i, 10);
        }
        assertThat(STUDENTS * (COLUMNS + 2)).isGreaterThan(Pass.SMALL);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everybodyIsReadOneByOneAndFromThenOnOnlySoManyInALook() {
        LmsUser last = stage.course().student(STUDENTS - 1);
        stage.type(last, "Quiz 1", "7");

        stage.look();
        assertThat(stage.score(last, "Quiz 1")).isEqualByComparingTo("7");

        long before = stage.lms().calls(Service.READING);
        stage.look();
        assertThat(stage.lms().calls(Service.READING) - before).isBetween(1L, (long) MOST_CALLS);
    }

    @Test
    void aGradedAssignmentIsSeenInTheNextLookWhereverTheRoundIs() {
        stage.look();
        for (int i : new int[] {0, 35, STUDENTS - 1}) {
            stage.type(stage.course().student(i), "Report 2", "9");
        }

        stage.look();

        for (int i : new int[] {0, 35, STUDENTS - 1}) {
            assertThat(stage.score(stage.course().student(i), "Report 2")).isEqualByComparingTo("9");
        }
    }

    @Test
    void anyOtherGradeIsSeenWhenItsTurnComes() {
        stage.look();
        stage.type(stage.course().student(STUDENTS - 1), "Quiz 3", "5");
        int looks = 0;
        while (stage.latest(stage.course().student(STUDENTS - 1), "Quiz 3").isEmpty()) {
            assertThat(++looks).isLessThanOrEqualTo(1 + STUDENTS / 25);
            stage.look();
        }
    }

    @Test
    void whatBreaksOffInTheMiddleOfTheRoundGoesOnFromThere() {
        LmsUser last = stage.course().students().stream()
                .max(Comparator.comparing(stage.laurel()::person))
                .orElseThrow();
        stage.type(last, "Quiz 1", "7");
        long before = stage.lms().calls(Service.READING);
        stage.lms().setFault(Service.READING, lms.Fault.status(502).after(40));

        stage.look();
        assertThat(stage.latest(last, "Quiz 1")).isEmpty();
        assertThat(stage.lms().calls(Service.READING) - before)
                .as("of five, and of one who was read")
                .isEqualTo(40 + 5 + 1);
        long calls = stage.lms().calls(Service.READING);
        assertThat(sweeping()).isTrue();

        stage.lms().clearFaults();
        stage.look();
        assertThat(stage.score(last, "Quiz 1")).isEqualByComparingTo("7");
        assertThat(stage.lms().calls(Service.READING) - calls)
                .as("not everybody again")
                .isLessThan(STUDENTS - 10);
        assertThat(sweeping()).isFalse();
    }

    @Test
    void neighboursWhoAreNotEnrolledAnyMoreHoldUpNobodyBehindThem() {
        List<LmsUser> order = stage.course().students().stream()
                .sorted(Comparator.comparing(stage.laurel()::person))
                .toList();
        LmsUser between = order.get(20);
        LmsUser last = order.get(STUDENTS - 1);
        stage.type(between, "Quiz 1", "6");
        stage.type(last, "Quiz 1", "7");
        Stream.of(order.subList(0, 6), order.subList(30, 36))
                .flatMap(List::stream)
                .forEach(stage.course()::drop);

        stage.look();

        assertThat(stage.problem()).contains("everything about 12 learners");
        assertThat(stage.score(between, "Quiz 1")).isEqualByComparingTo("6");
        assertThat(stage.score(last, "Quiz 1")).isEqualByComparingTo("7");
        assertThat(sweeping()).isFalse();
    }

    @Test
    void aCourseOfWhoseLearnersNobodyIsEnrolledAnyMoreKeepsItsColumnsAndIsNoFailure() {
        stage.look();
        List<String> before = labels();
        List.copyOf(stage.course().students()).forEach(stage.course()::drop);

        stage.lookAtEverything();

        assertThat(labels()).isEqualTo(before);
        assertThat(stage.problem()).contains("Moodle does not tell Laurel everything about");
    }

    private List<String> labels() {
        return stage.items().stream()
                .filter(item -> !item.deleted())
                .map(LineItem::label)
                .sorted()
                .toList();
    }

    private boolean sweeping() {
        String bookmark = app.getBean(JdbcClient.class)
                .sql("SELECT bookmark FROM source_look WHERE tenant_id = ? AND source = 'moodle'")
                .param(stage.laurel().tenant().value())
                .query(String.class)
                .single();
        return Bookmark.read(bookmark).sweeping();
    }
}
