package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lms.Column;
import lms.Fault;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A course that is read over AGS and over the LMS's own interface: what each tells, and that neither harms the other. */
@LaurelTest
class PlayedSourceIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    SyncJob sync;

    @Autowired
    SyncRepository syncs;

    @Autowired
    PlayedSource played;

    private LmsCourse course;

    private LmsUser ada;

    private Column essay;

    private Column quiz;

    @BeforeEach
    void start() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(4));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        played.readAlso(course.lms());
        ada = course.course().student(0);
        essay = course.course().columnCalled("Essay 1");
        quiz = course.course().columnCalled("Final quiz");
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void theQuizOfTheLmsIsReadThoughAgsDoesNotShowItAndNoColumnComesTwice() {
        course.course().progress().file(quiz, "Exams");
        type(essay, "70");
        type(quiz, "85");

        look();

        assertThat(items())
                .filteredOn(item -> item.label().equals("Essay 1"))
                .singleElement()
                .satisfies(item -> assertThat(item.source()).isEqualTo("ags"));
        assertThat(item("Final quiz").source()).isEqualTo("played");
        assertThat(item("Final quiz").group()).isEqualTo("Exams");
        Observation seen = latest("Final quiz").orElseThrow();
        assertThat(seen.score()).isEqualByComparingTo("85");
        assertThat(seen.visibility()).isEqualTo(Observation.Visibility.POSTED);
        assertThat(seen.late()).isFalse();
        assertThat(latest("Essay 1").orElseThrow().visibility()).isEqualTo(Observation.Visibility.UNKNOWN);
    }

    @Test
    void everyStateOfAGradeIsToldApart() {
        type(quiz, "85");
        assertThat(state(Mark.HIDDEN).visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        assertThat(state(Mark.LATE).late()).isTrue();
        assertThat(state(Mark.PROVISIONAL).status()).isEqualTo(Observation.Status.PROVISIONAL);
        assertThat(state(Mark.EXCUSED).status()).isEqualTo(Observation.Status.EXCUSED);
        type(quiz, "");
        assertThat(state(Mark.SUBMITTED).status()).isEqualTo(Observation.Status.SUBMITTED);
        assertThat(state(Mark.LATE).late()).isTrue();
        assertThat(latest("Final quiz").orElseThrow().score()).isNull();
        assertThat(state(Mark.NONE).status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void aGradeIsOfTheDayOnWhichItsWorkWasSeenWhereTheSourceDoesNotTellIt() {
        Instant handedIn = state(Mark.SUBMITTED).workedAt();
        type(quiz, "85");

        Observation graded = state(Mark.NONE);

        assertThat(graded.status()).isEqualTo(Observation.Status.GRADED);
        assertThat(graded.handedInAt()).isEqualTo(handedIn);
        type(quiz, "86");
        assertThat(state(Mark.NONE).handedInAt()).as("corrected").isEqualTo(handedIn);
    }

    @Test
    void totalsComeWithLettersOfTheSchemeOfTheCourse() {
        type(essay, "81");
        look();
        assertThat(item("Course total so far").kind()).isEqualTo(LineItem.Kind.TOTAL_CURRENT);
        assertThat(item("Course total").kind()).isEqualTo(LineItem.Kind.TOTAL_FINAL);
        assertThat(latest("Course total so far").orElseThrow())
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("81"))
                .extracting(Observation::grade)
                .isEqualTo("B-");
        assertThat(latest("Course total").orElseThrow())
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("40.5"))
                .extracting(Observation::grade)
                .isEqualTo("F");
        GradingScheme scheme =
                gradebook.gradingScheme(course.tenant(), course.contextId()).orElseThrow();
        assertThat(scheme.place("A")).hasValue(0);
        assertThat(scheme.place("B-")).hasValue(4);

        course.course().progress().setScheme(List.of(new Progress.Letter("pass", 50), new Progress.Letter("fail", 0)));
        look();
        assertThat(latest("Course total so far").orElseThrow().grade()).isEqualTo("pass");
        assertThat(gradebook
                        .gradingScheme(course.tenant(), course.contextId())
                        .orElseThrow()
                        .steps())
                .extracting(GradingScheme.Step::letter)
                .containsExactly("pass", "fail");
    }

    @Test
    void completionsOutcomesRowsOfRubricsAndSessionsAreResultsOfTheirOwnKind() {
        Progress progress = course.course().progress();
        Progress.Item read = progress.addActivity("Read chapter 1", "Week 1");
        Progress.Item reflect = progress.addActivity("Reflection", "Week 1");
        Progress.Item outcome = progress.addOutcome("Cites sources", 5, 3);
        Progress.Item row = progress.addRubricRow(quiz, "Argument", 4);
        Progress.Item session = progress.addSession("Seminar 1", "Seminars");
        progress.put(ada, read, "1");
        progress.put(ada, outcome, "3.5");
        progress.put(ada, row, "2");
        progress.put(ada, session, "0");

        look();

        assertThat(item("Read chapter 1"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.COMPLETION, "Week 1");
        assertThat(score("Read chapter 1")).isEqualByComparingTo("1");
        assertThat(latest("Module: Week 1")).isEmpty();
        assertThat(item("Cites sources").kind()).isEqualTo(LineItem.Kind.OUTCOME);
        assertThat(item("Cites sources").mastery()).isEqualByComparingTo("3");
        assertThat(score("Cites sources")).isEqualByComparingTo("3.5");
        assertThat(item("Argument"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.RUBRIC_ROW, "Final quiz");
        assertThat(score("Argument")).isEqualByComparingTo("2");
        assertThat(item("Seminar 1").kind()).isEqualTo(LineItem.Kind.ATTENDANCE);
        assertThat(score("Seminar 1")).isZero();

        progress.put(ada, reflect, "1");
        progress.put(ada, session, "1");
        look();
        assertThat(score("Module: Week 1")).isEqualByComparingTo("1");
        assertThat(score("The whole course")).isEqualByComparingTo("1");
        assertThat(score("Seminar 1")).isEqualByComparingTo("1");

        progress.put(ada, reflect, "");
        look();
        assertThat(latest("Module: Week 1").orElseThrow().status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void aSourceNeverTakesTheColumnsOfAnotherForDeleted() {
        type(essay, "50");
        look();
        look();
        assertThat(items()).noneMatch(LineItem::deleted);

        course.course().delete(quiz);
        look();
        assertThat(items())
                .filteredOn(LineItem::deleted)
                .extracting(LineItem::label)
                .containsExactly("Final quiz");
    }

    @Test
    void aSourceThatFailsHidesNeitherTheOtherNorItsProblem() {
        look();
        type(essay, "50");
        type(quiz, "60");

        course.lms().setFault(Service.READING, Fault.status(500));
        look();
        assertThat(score("Essay 1")).isEqualByComparingTo("50");
        assertThat(problem()).contains("does not show its own gradebook");
        assertThat(latest("Final quiz")).isEmpty();

        course.lms().setFault(Service.LINE_ITEMS, Fault.status(403));
        look();
        assertThat(problem()).contains("does not show its own gradebook", "answer 403");

        course.lms().clearFaults();
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(403));
        look();
        assertThat(score("Final quiz")).isEqualByComparingTo("60");
        assertThat(problem()).contains("answer 403").doesNotContain("own gradebook");

        course.lms().clearFaults();
        look();
        assertThat(problem()).isNull();
    }

    /** An answer that the source itself does not expect, so that it breaks like any program does. */
    @Test
    void aSourceThatBreaksStopsNoOtherHoweverLongAndSaysUnderWhichNumberItIsLogged() {
        look();
        course.lms().setFault(Service.READING, Fault.halfBody());
        for (int look = 1; look <= 12; look++) {
            type(essay, Integer.toString(look));
            look();
            assertThat(score("Essay 1")).isEqualByComparingTo(Integer.toString(look));
            assertThat(problem())
                    .containsPattern("Laurel itself failed .* the number [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
        }
        assertThat(looks().get("played").failures()).isEqualTo(12);
        assertThat(looks().get("played").nextLookAt())
                .as("with growing pauses")
                .isAfter(Instant.now().plusSeconds(300));
        assertThat(looks().get("ags").failures()).isZero();

        course.lms().clearFaults();
        look();
        assertThat(problem()).isNull();
        assertThat(looks().get("played").failures()).isZero();
    }

    private Map<String, SourceLookRepository.Row> looks() {
        return app.getBean(SourceLookRepository.class).ofCourse(course.tenant(), course.contextId());
    }

    private Observation state(Mark mark) {
        course.course().progress().mark(ada, quiz, mark);
        look();
        return latest("Final quiz").orElseThrow();
    }

    private void type(Column column, String grade) {
        course.course().typeGrade(ada, column, grade);
    }

    private void look() {
        syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        sync.run(course.tenant(), Long.toString(course.contextId()));
    }

    private String problem() {
        return gradebook.status(course.tenant(), course.contextId()).problem();
    }

    private List<LineItem> items() {
        return gradebook.lineItems(course.tenant(), course.contextId());
    }

    private LineItem item(String label) {
        return items().stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal score(String label) {
        return latest(label).orElseThrow().score();
    }

    private Optional<Observation> latest(String label) {
        return gradebook
                .latest(course.tenant(), course.contextId(), List.of(item(label).id()), List.of(course.person(ada)))
                .stream()
                .findFirst();
    }
}
