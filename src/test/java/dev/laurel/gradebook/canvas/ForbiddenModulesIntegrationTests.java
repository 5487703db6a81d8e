package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import lms.LmsRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Canvas tells which modules there are, but not who completed them. */
class ForbiddenModulesIntegrationTests extends AbstractCanvasTests {

    private static final String MODULES = """
            [{"id":"20","name":"Week 1","published":true,"state":"completed","items":[
              {"id":"201","title":"Page","published":true,"completion_requirement":{"type":"must_view","completed":true}}]}]""";

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void aCourseOfEight() {
        for (int i = 0; i < 6; i++) {
            course.course().enrol("Student", "Number " + i, LmsRole.LEARNER);
        }
        contexts.refreshRoster(course.tenant(), course.contextId());
        canvas.on("/modules", MODULES);
        allow(CanvasCapability.GRADES, CanvasCapability.MODULES);
    }

    @Test
    void aRightThatLacksIsSaidWithWhatThereIsToDoUntilItIsThere() {
        ofStudents(json(403, "{}"));
        look();

        assertThat(problem())
                .contains("does not let Laurel read the modules", "/modules/:module_id/items", "right to see them")
                .doesNotContain("left the course");
        int asked = canvas.asked("/modules").size();
        look();
        assertThat(problem()).contains("does not let Laurel read the modules");
        assertThat(canvas.asked("/modules")).as("it has a pause").hasSize(asked);

        ofStudents(json(MODULES));
        jdbc.sql("UPDATE canvas_part SET next_try_at = '2026-01-01' WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        look();

        assertThat(problem()).isEmpty();
        assertThat(latest("Module: Week 1").score()).isEqualByComparingTo("1");
    }

    @Test
    void aRightThatIsLostLaterIsSaidLikewiseThoughOnlySomeAreAskedForAtALook() {
        for (int i = 0; i < 22; i++) {
            course.course().enrol("Student", "Later " + i, LmsRole.LEARNER);
        }
        contexts.refreshRoster(course.tenant(), course.contextId());
        look();
        assertThat(problem()).isEmpty();

        ofStudents(json(403, "{}"));
        look();

        assertThat(problem()).contains("does not let Laurel read the modules").doesNotContain("left the course");
    }

    @Test
    void whoIsNotThereIsNoMatterOfRights() {
        ofStudents(json(404, CanvasStub.UNKNOWN));

        look();

        assertThat(problem()).contains("of 8 students which modules were completed");
    }

    private void ofStudents(ResponseDefinitionBuilder answer) {
        canvas.on(asking("/modules").withQueryParam("student_id", matching("[0-9]+")), answer);
    }

    private String problem() {
        return app.getBean(Sources.class).of(context()).stream()
                .filter(report -> report.source().equals(CanvasSource.NAME))
                .map(SourceReport::look)
                .map(look -> look.problem() == null ? "" : look.problem())
                .findFirst()
                .orElseThrow();
    }
}
