package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a grade, a letter or a module of Canvas is worth, and whose it is. */
class CanvasWorthIntegrationTests extends AbstractCanvasTests {

    private String ada;

    @BeforeEach
    void enrol() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        ada = course.lms().numberOf(course.course().student(0).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"missing\":true,\"submitted_at\":null,\"attempt\":null",
                "\"late_policy_status\":\"missing\",\"submitted_at\":\"2026-01-30T09:00:00Z\",\"attempt\":1"
            })
    void theGradeThatAPolicyGivesForMissingWorkIsOfNoWork(String missing) {
        told("\"score\":5,\"grade\":\"5\",\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\","
                + missing);

        look();

        assertThat(latest("Quiz").score()).isEqualByComparingTo("5");
        assertThat(latest("Quiz").isWithoutWork()).isTrue();
        assertThat(latest("Quiz").handedInAt()).isNull();
    }

    @Test
    void whatIsGradedOnPaperIsOfWorkThatNobodySaw() {
        told("\"score\":5,\"workflow_state\":\"graded\",\"missing\":false,\"submitted_at\":null,\"attempt\":null");

        look();

        assertThat(latest("Quiz").isWithoutWork()).isFalse();
    }

    @Test
    void whereTheMaximumIsCorrectedWhatIsKnownIsOutOfTheNewOneAtOnce() {
        String graded = "\"score\":9,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"";
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("20.0", "10")));
        told(graded);
        look();
        assertThat(latest("Quiz").scoreMaximum()).isEqualByComparingTo("10");

        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("20.0", "100")));
        canvas.on("/students/submissions", "[]");
        canvas.on(
                asking("/students/submissions").withQueryParam("assignment_ids[]", equalTo("301")),
                json("[" + submission(ada, graded) + "]"));
        look();
        assertThat(latest("Quiz").scoreMaximum()).isEqualByComparingTo("100");

        int asked =
                canvas.asked("/students/submissions", "assignment_ids[]", "301").size();
        look();
        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "301"))
                .hasSize(asked);
    }

    @ParameterizedTest
    @CsvSource({"0, complete, 1", "0, incomplete, 0", "null, complete, 1", "null, incomplete, 0"})
    void whatIsCompleteWithoutPointsIsToldFromWhatIsNot(String points, String grade, String score) {
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"points\"", "\"pass_fail\"").replace("20.0", points)));
        told("\"grade\":\"" + grade + "\",\"score\":0.0,\"workflow_state\":\"graded\"");

        Reading reading = read();

        assertThat(reading.columns())
                .singleElement()
                .extracting(Column::scoreMaximum)
                .hasToString("1");
        assertThat(result(reading, ada).score()).isEqualByComparingTo(score);
        assertThat(result(reading, ada).status()).isEqualTo(Observation.Status.GRADED);
    }

    @Test
    void theDefaultSchemeOfCanvasIsOneAndACourseThatGivesItUpHasNone() {
        allow(CanvasCapability.TOTALS);
        canvas.on("/enrollments", "[]");
        canvas.on("", "{\"id\":\"2\",\"workflow_state\":\"available\",\"grading_standard_id\":\"0\"}");

        GradingScheme scheme = read().scheme();

        assertThat(scheme).isNotNull();
        assertThat(scheme.place("B+")).hasValue(2);
        assertThat(scheme.steps().get(2).fromPercent()).isEqualByComparingTo("87");
        look();
        assertThat(steps()).isEqualTo(12);
        canvas.on("", "{\"id\":\"2\",\"workflow_state\":\"available\",\"grading_standard_id\":null}");
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(steps()).isZero();
    }

    private int steps() {
        return app.getBean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM grading_scheme WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void requirementsAreReadWhereCanvasLeavesTheItemsOfAModuleOut() {
        allow(CanvasCapability.MODULES);
        canvas.on(
                "/modules",
                "[{\"id\":\"20\",\"name\":\"Week 1\",\"published\":true,\"items_count\":2,\"state\":\"started\"}]");
        canvas.on("/modules/20/items", """
                [{"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view"}},
                 {"id":"202","title":"Page","published":true,"completion_requirement":{"type":"must_view"}}]""");
        canvas.on(asking("/modules/20/items").withQueryParam("student_id", equalTo(ada)), json("""
                        [{"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view","completed":true}},
                         {"id":"202","title":"Page","published":true,"completion_requirement":{"type":"must_view","completed":false}}]"""));

        Reading reading = read();

        assertThat(result(reading, "requirement-201", ada).score()).isEqualByComparingTo("1");
        assertThat(result(reading, "requirement-202", ada).status()).isEqualTo(Observation.Status.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, all, 2026-01-31T08:00:00Z",
        "completed, one,", // it may have been done since
        "started, all,"
    })
    void aRequirementWasDoneByTheDayOnWhichAllOfItsModuleWere(String state, String type, @Nullable Instant day) {
        allow(CanvasCapability.MODULES);
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"state":"%s","requirement_type":"%s",
                  "completed_at":"2026-01-31T08:00:00Z","items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view","completed":true}}]}]""".formatted(state, type));

        Reading reading = read();

        assertThat(result(reading, "requirement-201", ada))
                .extracting(Result::status, Result::occurredAt)
                .containsExactly(Observation.Status.GRADED, day);
    }

    @Test
    void aModuleThatAStudentIsNotGivenIsNothingThatSheLacks() {
        allow(CanvasCapability.MODULES);
        String module = """
                {"id":"%s","name":"Week %s","published":true,"state":"completed","completed_at":"2026-01-31T08:00:00Z","items":[
                  {"id":"%s1","title":"Quiz","published":true,"completion_requirement":{"type":"must_view","completed":true}}]}""";
        canvas.on("/modules", "[" + module.formatted("20", "1", "20") + "," + module.formatted("21", "2", "21") + "]");
        canvas.on(
                asking("/modules").withQueryParam("student_id", equalTo(ada)),
                json("[" + module.formatted("20", "1", "20") + "]"));

        Reading reading = read();

        assertThat(result(reading, "module-21", ada).status()).isEqualTo(Observation.Status.NONE);
        assertThat(result(reading, "completion-course", ada))
                .extracting(Result::status, Result::occurredAt)
                .containsExactly(Observation.Status.GRADED, Instant.parse("2026-01-31T08:00:00Z"));
    }

    @Test
    void nobodyIsTakenForSomebodyOfTheSchoolBecauseThePermissionIsOfAnotherShard() {
        Grant grant = grants.find(course.tenant(), course.registrationId(), course.contextId())
                .orElseThrow();
        grants.renewed(grant.renewed("access", null, 2), "access", Instant.now().minusSeconds(5));
        canvas.on("/login/oauth2/token", """
                {"access_token":"second","expires_in":3600,
                 "user":{"id":"20000000000044","global_id":"20000000000044"}}""");
        canvas.on("/students/submissions", """
                [{"user_id":"812","submissions":[%s]},{"user_id":"20000000000812","submissions":[%s]}]""".formatted(
                        submission("812", "\"score\":18,\"workflow_state\":\"graded\""),
                        submission("20000000000812", "\"score\":5,\"workflow_state\":\"graded\"")));

        Reading reading = read();

        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(result(reading, "20000000000812").score()).isEqualByComparingTo("5");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"44, 10000000000044, 1", "44, 20000000000044, 2", "20000000000044, 20000000000044, 0", "44, -, 1"})
    void theShardIsThatOfTheSchoolAndNotOfWhoeverGivesThePermission(String user, String globalId, long shard) {
        assertThat(CanvasIds.shard(user, globalId)).isEqualTo(shard);
    }

    private void told(String members) {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, members) + "]}]");
    }
}
