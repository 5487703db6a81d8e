package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.source.Column;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Modules that require a column which Laurel writes: a badge on one of them would wait for itself. */
class OwnModulesIntegrationTests extends AbstractCanvasTests {

    private static final String WEEKS = """
            [{"id":"20","name":"Week 3","published":true,"state":"started","items":[
               {"id":"201","title":"Badge","type":"Assignment","content_id":"303","published":true,
                "completion_requirement":{"type":"min_score","min_score":1.0}},
               {"id":"202","title":"Reading","type":"Page","published":true,
                "completion_requirement":{"type":"must_view"}}]},
             {"id":"21","name":"Week 4","published":true,"state":"started","items":[
               {"id":"203","title":"Quiz","type":"Assignment","content_id":"301","published":true,
                "completion_requirement":{"type":"must_submit"}}]}]""";

    @Test
    void whatRestsOnAColumnOfLaurelsIsNoInput() {
        ownColumn();
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ + """
                ,{"id":"303","name":"Badge","points_possible":100,"published":true,"submission_types":["none"]}"""));
        allow(CanvasCapability.GRADES, CanvasCapability.MODULES);

        assertOnlyTheRest();
    }

    @Test
    void soItIsWhereAssignmentsMayNotBeRead() {
        ownColumn();
        allow(CanvasCapability.MODULES);

        assertOnlyTheRest();
    }

    private void ownColumn() {
        gradebook.createColumn(course.tenant(), course.contextId(), "Badge", BigDecimal.valueOf(100), true, "7");
    }

    private void assertOnlyTheRest() {
        canvas.on("/modules", WEEKS);

        assertThat(read().columns())
                .filteredOn(column -> !column.externalId().startsWith("assignment-"))
                .extracting(Column::externalId)
                .containsExactlyInAnyOrder("requirement-202", "requirement-203", "module-21");
    }
}
