package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Observation.Status;
import java.time.Duration;
import lms.Column;
import lms.Fault;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A result that AGS does not list any more was taken back, or its student left: platforms delete results with an enrolment. */
@LaurelTest
class AbsencesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private Column oral;

    private LmsUser ada;

    private LmsUser bea;

    @BeforeEach
    void start() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(3).mode(Mode.MOODLE));
        ada = course.course().student(0);
        bea = course.course().student(1);
        oral = course.addColumn("Oral", 100);
        contexts.refreshRoster(course.tenant(), course.contextId());
        type(ada, oral, "85");
        type(bea, oral, "70");
        look();
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoLeftKeepsWhatThePlatformDeletesWithHerThoughNoRosterSaidYetThatSheLeft() {
        course.course().drop(ada);

        look();

        assertThat(status(ada, "Oral")).isEqualTo(Status.GRADED);
        int rosters = rosters();
        look();
        assertThat(status(ada, "Oral")).isEqualTo(Status.GRADED);
        assertThat(rosters()).as("it is known that she left").isEqualTo(rosters);
    }

    @Test
    void aResultThatIsTakenBackFromOneWhoIsStillThereIsSeenAtOnce() {
        type(ada, oral, "");

        look();

        assertThat(status(ada, "Oral")).isEqualTo(Status.NONE);
        assertThat(status(bea, "Oral")).isEqualTo(Status.GRADED);
    }

    @Test
    void whoIsListedInAColumnThatIsReadLaterIsStillThereAndNoRosterIsAskedFor() {
        Column essay = course.addColumn("Essay", 100);
        type(ada, essay, "60");
        look();
        int rosters = rosters();
        type(ada, oral, "");

        look();

        assertThat(status(ada, "Oral")).isEqualTo(Status.NONE);
        assertThat(status(ada, "Essay")).isEqualTo(Status.GRADED);
        assertThat(rosters()).isEqualTo(rosters);
    }

    @Test
    void whileNobodyCanSayWhoIsStillThereNothingIsTakenBack() {
        type(ada, oral, "");
        course.lms().setFault(Service.ROSTER, Fault.status(500));
        look();
        assertThat(status(ada, "Oral")).isEqualTo(Status.GRADED);
        int rosters = rosters();
        look();
        assertThat(rosters()).as("a roster that just failed has a pause").isEqualTo(rosters);

        course.lms().clearFaults();
        contexts.refreshRoster(course.tenant(), course.contextId());
        look();

        assertThat(status(ada, "Oral")).isEqualTo(Status.NONE);
    }

    @Test
    void anEmptyListWhereThereWereSeveralResultsIsNotBelievedAtOnce() {
        type(ada, oral, "");
        type(bea, oral, "");
        look();
        look();
        assertThat(status(ada, "Oral")).isEqualTo(Status.GRADED);

        type(ada, oral, "85");
        type(bea, oral, "70");
        look();
        tenMinutesPass();
        type(ada, oral, "");
        type(bea, oral, "");
        look();
        assertThat(status(ada, "Oral")).as("it was only for a moment before").isEqualTo(Status.GRADED);

        tenMinutesPass();
        look();

        assertThat(status(ada, "Oral")).isEqualTo(Status.NONE);
        assertThat(status(bea, "Oral")).isEqualTo(Status.NONE);
    }

    private void tenMinutesPass() {
        jdbc.sql("UPDATE line_item SET emptied_at = emptied_at - INTERVAL ? SECOND WHERE tenant_id = ?")
                .params(Duration.ofMinutes(10).toSeconds(), course.tenant().value())
                .update();
    }

    private int rosters() {
        return course.lms().heard(Service.ROSTER).size();
    }

    private void type(LmsUser student, Column column, String grade) {
        course.course().typeGrade(student, column, grade);
    }

    private void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    private Status status(LmsUser student, String label) {
        return course.latest(label, student).map(Observation::status).orElse(Status.NONE);
    }
}
