package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lms.Column;
import lms.Heard;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Canvas is asked about people by their numbers, and refuses the whole request where it does not list one of them. */
@LaurelTest
class NamedPeopleIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    CanvasSource source;

    private LmsCourse course;

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoLeftKeepsNobodysModulesFromBeingRead() {
        start(4, 100);
        Progress.Item read = course.course().progress().addActivity("Read chapter 1", "Week 1");
        CanvasConnection.connect(app, course, CanvasCapability.MODULES);
        List<LmsUser> inOrder = course.course().students().stream()
                .sorted(Comparator.comparing(student -> course.lms().numberOf(student.id())))
                .toList();
        course.course().progress().put(inOrder.get(3), read, "1");
        course.course().drop(inOrder.get(0));
        course.course().suspend(inOrder.get(1));

        look();

        assertThat(score("Module: Week 1", inOrder.get(3))).isEqualByComparingTo("1");
        assertThat(app.getBean(Gradebook.class)
                        .status(course.tenant(), course.contextId())
                        .problem())
                .contains("of 2 students which modules were completed");
    }

    @Test
    void whoLeftAndIsGradedLateKeepsNobodysOutcomesFromBeingRead() {
        start(5, 2);
        Progress.Item outcome = course.course().progress().addOutcome("Cites sources", 5, 3);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        look();
        LmsUser last = course.course().student(4);
        LmsUser left = course.course().student(3);
        course.course().suspend(left);
        Column quiz = course.course().columnCalled("Final quiz");
        course.course().typeGrade(left, quiz, "80");
        course.course().typeGrade(last, quiz, "90");
        course.course().progress().put(last, outcome, "3.5");

        look();

        assertThat(score("Cites sources", last)).isEqualByComparingTo("3.5");
        assertThat(score("Final quiz", left)).isEqualByComparingTo("80");
    }

    /** As soon as it happens, so that nobody is off the roster yet. */
    @Test
    void whoLeftWithAHiddenGradeKeepsNobodysGradesFromBeingRead() {
        start(4, 100);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        Column quiz = course.course().columnCalled("Final quiz");
        for (LmsUser student : course.course().students()) {
            course.course().typeGrade(student, quiz, "80");
            course.course().progress().mark(student, quiz, Mark.HIDDEN);
        }
        look();
        course.course().drop(course.course().student(0));
        List<LmsUser> others = course.course().students();
        others.forEach(student -> course.course().progress().mark(student, quiz, Mark.NONE));

        look();

        assertThat(others)
                .allSatisfy(student ->
                        assertThat(visibility("Final quiz", student)).isEqualTo(Observation.Visibility.POSTED));
    }

    @Test
    void eventsAboutAWholeClassCostNoMoreThanTheClass() {
        start(45, 100);
        course.course().progress().addActivity("Read chapter 1", "Week 1");
        CanvasConnection.connect(app, course, CanvasCapability.TOTALS, CanvasCapability.MODULES);
        Set<Long> people =
                course.course().students().stream().map(course::person).collect(Collectors.toSet());
        int before = course.lms().heard(Service.CANVAS_API).size();

        Reading reading =
                source.read(context(), new Look(column -> true, "now", people, "now", Set.of()), (done, of) -> {});

        assertThat(reading.results()).isNotEmpty();
        List<Heard> asked = course.lms().heard(Service.CANVAS_API);
        assertThat(asked.subList(before, asked.size()))
                .as("totals of all at once, and modules of as many as at any look")
                .hasSizeLessThan(15);
    }

    private void start(int students, int page) {
        course = LmsCourse.start(app, ReferenceLms.builder().students(students).pageSize(page), CanvasConnection::tool);
    }

    private void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    private CourseContext context() {
        return app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow();
    }

    private BigDecimal score(String label, LmsUser student) {
        return course.latest(label, student)
                .map(Observation::score)
                .filter(Objects::nonNull)
                .orElse(BigDecimal.ZERO);
    }

    private Observation.Visibility visibility(String label, LmsUser student) {
        return course.latest(label, student).orElseThrow().visibility();
    }
}
