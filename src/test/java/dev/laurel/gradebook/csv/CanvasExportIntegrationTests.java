package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The gradebook export of Canvas against a course of a Canvas that tells its numbers of people. */
@LaurelTest
class CanvasExportIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Test
    void studentsAreFoundByTheNumbersOfCanvasAndALoginOfSomebodyElseInTheLineIsNamed() {
        try (LmsCourse course = LmsCourse.start(
                app,
                ReferenceLms.builder().students(2),
                tool -> tool.as(Mode.CANVAS).withCustom("canvas_user_id", "$Canvas.user.id"))) {
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            LmsUser ada = course.course().student(0);
            LmsUser bao = course.course().student(1);
            Importing teacher = new Importing(
                    course.tenant(),
                    course.contextId(),
                    course.person(course.course().teacher()));
            String header = "Student,ID,SIS User ID,SIS Login ID,Section,Essay (7),Current Score\n"
                    + "    Points Possible,,,,,10,(read only)\n";

            imports.bring(
                    teacher,
                    "canvas.csv",
                    TestCsv.bytes(header + "\"L, Ada\"," + number(course, ada) + ",1,ada-login,One,9,90\n\""
                            + bao.familyName() + ", Li\"," + number(course, bao)
                            + ",2,li-login,One,EX,\n\"Student, Test\",4711,,,One,10,100\n"));
            assertThat(imports.preview(teacher)).satisfies(preview -> {
                assertThat(preview.columns()).containsExactly("Essay");
                assertThat(preview.added()).isEqualTo(2);
                assertThat(preview.problems()).isZero();
                assertThat(preview.testStudents()).isEqualTo(1);
            });

            imports.bring(
                    teacher,
                    "mixed.csv",
                    TestCsv.bytes(header + "\"L, Ada\"," + number(course, ada) + ",1," + bao.email() + ",One,9,90\n"));
            assertThat(imports.preview(teacher).shown()).singleElement().satisfies(problem -> {
                assertThat(problem.reason()).isEqualTo(CsvProblem.Reason.TWO_LEARNERS);
                assertThat(problem.line()).isEqualTo(3);
            });
        }
    }

    @Test
    void studentsAreFoundByTheirStudentNumberUnlessTwoHaveIt() {
        try (LmsCourse course = LmsCourse.start(app, ReferenceLms.builder().students(3))) {
            course.lms().giveSisId(course.course().student(0), "S-17");
            course.lms().giveSisId(course.course().student(1), "S-18");
            course.lms().giveSisId(course.course().student(2), "S-18");
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            Importing teacher = new Importing(
                    course.tenant(),
                    course.contextId(),
                    course.person(course.course().teacher()));

            imports.bring(teacher, "numbers.csv", TestCsv.bytes("Student number,Essay\nS-17,9\nS-18,8\nS-99,7\n"));

            assertThat(imports.preview(teacher)).satisfies(preview -> {
                assertThat(preview.added()).isEqualTo(1);
                assertThat(preview.shown())
                        .extracting(CsvProblem::reason)
                        .containsExactly(CsvProblem.Reason.AMBIGUOUS_LEARNER, CsvProblem.Reason.UNKNOWN_LEARNER);
            });
            assertThat(app.getBean(Contexts.class).sisIdsInCommon(course.tenant()))
                    .containsExactly(Set.of(
                            course.person(course.course().student(1)),
                            course.person(course.course().student(2))));
        }
    }

    @Test
    void whoLeftAndIsThereAgainAsAnotherUserWithTheSameNumberIsTheOneWhoIsThereNow() {
        try (LmsCourse course = LmsCourse.start(app, ReferenceLms.builder().students(3))) {
            LmsUser before = course.course().student(1);
            LmsUser now = course.course().student(2);
            course.lms().giveSisId(before, "S-18");
            course.lms().giveSisId(now, "S-18");
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            long gone = course.person(before);
            course.course().drop(before);
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());

            Learners learners = learners(course);

            assertThat(found(learners, CsvMapping.Role.SIS_ID, "S-18")).isEqualTo(course.person(now));
            assertThat(found(learners, CsvMapping.Role.USER_ID, before.id()))
                    .as("by what is hers alone")
                    .isEqualTo(gone);
        }
    }

    @Test
    void whoseStudentNumberWasGivenToAnotherUserOfCanvasIsNotTakenForHer() {
        try (LmsCourse course = LmsCourse.start(
                app,
                ReferenceLms.builder().students(3),
                tool -> tool.as(Mode.CANVAS).withCustom("canvas_user_id", "$Canvas.user.id"))) {
            LmsUser before = course.course().student(1);
            course.lms().giveSisId(before, "S-18");
            course.lms().giveSisId(course.course().student(2), "S-18");
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            course.course().drop(before);
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());

            Learners learners = learners(course);

            assertThat(learners.find(List.of(Map.entry(CsvMapping.Role.SIS_ID, "S-18")))
                            .problem())
                    .isEqualTo(CsvProblem.Reason.AMBIGUOUS_LEARNER);
        }
    }

    private Learners learners(LmsCourse course) {
        return app.getBean(LearnerIndex.class)
                .of(app.getBean(Contexts.class)
                        .find(course.tenant(), course.contextId())
                        .orElseThrow());
    }

    private static long found(Learners learners, CsvMapping.Role role, String name) {
        Learners.Match match = learners.find(List.of(Map.entry(role, name)));
        assertThat(match.problem()).isNull();
        return learners.person(match.place());
    }

    private static String number(LmsCourse course, LmsUser user) {
        return course.lms().numberOf(user.id());
    }
}
