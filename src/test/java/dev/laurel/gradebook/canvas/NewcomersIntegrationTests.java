package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import lms.Heard;
import lms.LmsRole;
import lms.LmsUser;
import lms.Progress;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody joins a course, and Canvas tells what she reached before Laurel knows who she is. */
@LaurelTest
class NewcomersIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private LmsUser newcomer;

    private Progress.Item outcome;

    @BeforeEach
    void somebodyWhomNobodyKnowsIsGraded() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(4), CanvasConnection::tool);
        outcome = course.course().progress().addOutcome("Cites sources", 5, 3);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        look();
        newcomer = course.course().enrol("Zoe", "Late", LmsRole.LEARNER);
        course.course().typeGrade(newcomer, course.course().columnCalled("Final quiz"), "80");
        course.course().progress().put(newcomer, outcome, "4");
        look();
        // A minute of overlap with the look before would tell of her again.
        jdbc.sql(
                        "UPDATE source_look SET bookmark = CONCAT('2099-01-01T00:00:00Z', SUBSTRING(bookmark, LOCATE('\n', bookmark)))"
                                + " WHERE tenant_id = ? AND source = 'canvas'")
                .param(course.tenant().value())
                .update();
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void ofACourseThatWasReadWhoeverJoinsIsReadAtOnceAndNotEverybody() {
        String number = course.lms().numberOf(newcomer.id());
        int before = asked().size();

        join();
        look();

        assertThat(score("Final quiz")).isEqualByComparingTo("80");
        assertThat(score("Cites sources")).isEqualByComparingTo("4");
        List<Heard> submissions = asked().subList(before, asked().size()).stream()
                .filter(each -> each.path().endsWith("/students/submissions"))
                .toList();
        assertThat(submissions)
                .filteredOn(each -> each.query().containsKey("grouped"))
                .extracting(each -> each.query().get("student_ids[]"))
                .first()
                .isEqualTo(number);
        assertThat(submissions)
                .filteredOn(each -> "all".equals(each.query().get("student_ids[]")))
                .allMatch(each -> each.query().keySet().stream().anyMatch(name -> name.endsWith("_since")));
        assertThat(waiting()).isZero();
    }

    private void join() {
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
    }

    private void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    private List<Heard> asked() {
        return course.lms().heard(Service.CANVAS_API);
    }

    private int waiting() {
        return jdbc.sql("SELECT COUNT(*) FROM source_newcomer WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Integer.class)
                .single();
    }

    private BigDecimal score(String label) {
        return course.latest(label, newcomer)
                .map(Observation::score)
                .flatMap(Optional::ofNullable)
                .orElse(BigDecimal.ZERO);
    }
}
