package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.context.Contexts;
import dev.laurel.gradebook.source.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What a reading says of columns is told exactly where it is something else than before. */
@LaurelTest
@RecordApplicationEvents
class ColumnsChangedIntegrationTests {

    @Autowired
    Recorder recorder;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ApplicationEvents events;

    private TestCourse course;

    private Column quiz;

    @BeforeEach
    void oneColumn() {
        course = TestCourse.in(jdbc);
        quiz = column(LineItem.Kind.SCORE, "Quizzes", null, "10");
        read(quiz);
    }

    @Test
    void aNewColumnIsToldOnceAndAnUnchangedOneNever() {
        assertThat(told()).singleElement().satisfies(changed -> {
            assertThat(changed.lineItemIds()).containsExactly(item().id());
            assertThat(changed.before()).isEmpty();
        });
        read(quiz);
        assertThat(told()).hasSize(1);
    }

    @Test
    void aColumnThatMeasuresCountsOrIsFiledOtherwiseIsToldWithWhatItWas() {
        assertThat(after(column(LineItem.Kind.SCORE, "Exams", null, "10")).group())
                .isEqualTo("Quizzes");
        assertThat(after(column(LineItem.Kind.SCORE, "Exams", null, "20")).scoreMaximum())
                .isEqualByComparingTo("10");
        assertThat(after(column(LineItem.Kind.OUTCOME, "Exams", null, "20")).kind())
                .isEqualTo(LineItem.Kind.SCORE);
        assertThat(after(column(LineItem.Kind.OUTCOME, "Exams", "3", "20")).mastery())
                .isNull();
        assertThat(after(column(LineItem.Kind.OUTCOME, "Exams", "3", null)).scoreMaximum())
                .isEqualByComparingTo("20");
    }

    @Test
    void aColumnThatGoesAndComesBackIsToldTwice() {
        read();
        assertThat(last().before()).singleElement().satisfies(before -> {
            assertThat(before.deleted()).isFalse();
            assertThat(before.group()).isEqualTo("Quizzes");
        });
        read();
        assertThat(told()).as("gone is gone").hasSize(2);

        assertThat(after(quiz).deleted()).isTrue();
        assertThat(told()).hasSize(3);
    }

    private LineItem after(Column now) {
        read(now);
        assertThat(last().lineItemIds()).containsExactly(item().id());
        assertThat(last().before()).hasSize(1);
        return last().before().get(0);
    }

    private void read(Column... columns) {
        recorder.record(
                contexts.find(course.tenant, course.id).orElseThrow(),
                "canvas",
                TestReadings.of(columns),
                "poll",
                Instant.now().plusSeconds(1));
    }

    private LineItem item() {
        return gradebook.lineItems(course.tenant, course.id).get(0);
    }

    private List<ColumnsChanged> told() {
        return events.stream(ColumnsChanged.class)
                .filter(changed -> changed.tenant().equals(course.tenant))
                .toList();
    }

    private ColumnsChanged last() {
        return told().get(told().size() - 1);
    }

    private static Column column(
            LineItem.Kind kind, @Nullable String group, @Nullable String mastery, @Nullable String maximum) {
        return new Column(
                "c1",
                "Quiz 1",
                kind,
                group,
                mastery == null ? null : new BigDecimal(mastery),
                maximum == null ? null : new BigDecimal(maximum),
                null,
                null,
                null);
    }
}
