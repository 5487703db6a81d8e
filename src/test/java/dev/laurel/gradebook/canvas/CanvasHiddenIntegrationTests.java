package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would give away a grade that students do not see yet is hidden, too. */
class CanvasHiddenIntegrationTests extends AbstractCanvasTests {

    private static final String UNPOSTED =
            "\"score\":18,\"workflow_state\":\"graded\",\"submitted_at\":\"2026-01-30T09:00:00Z\",\"posted_at\":null";

    private static final String POSTED = UNPOSTED.replace("null", "\"2026-01-31T08:00:00Z\"");

    private String ada;

    @BeforeEach
    void enrol() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        ada = course.lms().numberOf(course.course().student(0).id());
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"published\":true", "\"published\":true,\"post_manually\":true")));
    }

    @Test
    void anOutcomeIsHiddenAsLongAsWorkThatItRestsOnIs() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        outcome("[\"assignment_301\",\"rubric_7\"]");
        told(UNPOSTED);

        assertThat(result(read(), "outcome-77", ada).visibility()).isEqualTo(Visibility.HIDDEN);

        told(POSTED);
        Reading reading = read();
        assertThat(result(reading, "outcome-77", ada).visibility()).isEqualTo(Visibility.POSTED);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void anOutcomeStaysHiddenWhileNothingIsSaidOfItsWorkAndComesToLightWithIt() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        outcome("[\"assignment_301\"]");
        told(UNPOSTED);
        look();
        canvas.on("/students/submissions", "[]");

        look();
        assertThat(latest("Analyse").visibility()).isEqualTo(Visibility.HIDDEN);

        canvas.on(
                asking("/students/submissions").withQueryParam("assignment_ids[]", equalTo("301")),
                json("[" + submission(ada, POSTED) + "]"));
        look();
        assertThat(latest("Quiz").visibility()).isEqualTo(Visibility.POSTED);
        assertThat(latest("Analyse").visibility()).isEqualTo(Visibility.POSTED);
    }

    @Test
    void workThatSomebodyHasToPostIsNotTakenForPostedBesideOtherWorkThatIs() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ + ","
                        + QUIZ.replace("301", "302")
                                .replace("\"published\":true", "\"published\":true,\"post_manually\":true")));
        outcome("[\"assignment_301\",\"assignment_302\"]");
        String posted = submission(ada, POSTED);
        String digest = Bookmark.parse(read().bookmark()).columns();
        canvas.on(
                asking("/students/submissions").withQueryParam("graded_since", containing("T")),
                json("[" + posted + "]"));
        canvas.on(asking("/students/submissions").withQueryParam("grouped", equalTo("1")), json(503, "{}"));
        String page = "/api/v1/courses/2/students/submissions?grouped=1&page=bookmark:2&per_page=100";
        assertThat(outcomeAfter(digest, "")).as("of the other there is nothing").isEqualTo(Visibility.UNKNOWN);
        assertThat(outcomeAfter(digest, page))
                .as("of the other nothing is known yet")
                .isEqualTo(Visibility.HIDDEN);
        app.getBean(CanvasParts.class).forget(course.tenant());

        String none = submission(ada, "\"score\":null,\"workflow_state\":\"unsubmitted\",\"posted_at\":null")
                .replace("301", "302");
        whole(posted, none);
        assertThat(result(read(), "outcome-77", ada).visibility())
                .as("it has no grade yet")
                .isEqualTo(Visibility.UNKNOWN);

        whole(posted, posted.replace("301", "302"));
        assertThat(result(read(), "outcome-77", ada).visibility()).isEqualTo(Visibility.POSTED);
    }

    /** @param owed the page of everybody's grades that was not read yet */
    private Visibility outcomeAfter(String digest, String owed) {
        String before = new Bookmark(Instant.now(), digest, "", "", "", "", false, null, owed, 0, "", LeftOut.NOBODY)
                .toString();
        Reading reading = source.read(context(), new Look(column -> true, before, Set.of()), NOBODY_WAITS);
        return result(reading, "outcome-77", ada).visibility();
    }

    private void whole(String... submissions) {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + ada + "\",\"submissions\":[" + String.join(",", submissions) + "]}]");
    }

    @Test
    void whereNobodyKnowsWhatAnOutcomeRestsOnItIsNotTakenForPosted() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        told(POSTED);
        for (String alignments : new String[] {
            "[]", "null", "[\"assignment_301\",\"assessment_question_bank_5\"]", "[\"assignment_999\"]"
        }) {
            outcome(alignments);

            Reading reading = read();

            assertThat(result(reading, "outcome-77", ada).visibility())
                    .as(alignments)
                    .isEqualTo(Visibility.UNKNOWN);
            assertThat(reading.warnings())
                    .singleElement()
                    .asString()
                    .contains("whether its students may see the grades that it rests on");
        }
    }

    @Test
    void whereGradesAreNotReadNobodyKnowsWhetherAnOutcomeMayBeSeen() {
        allow(CanvasCapability.OUTCOMES);
        outcome("[\"assignment_301\"]");

        assertThat(result(read(), "outcome-77", ada).visibility()).isEqualTo(Visibility.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "false, '\"score\":null,\"workflow_state\":\"submitted\"', POSTED",
        "false, '\"score\":null,\"workflow_state\":\"unsubmitted\"', POSTED",
        "false, '\"score\":18,\"workflow_state\":\"graded\"', HIDDEN",
        "false, '\"score\":18,\"workflow_state\":\"submitted\"', HIDDEN",
        "false, '\"score\":\"18,5\",\"workflow_state\":\"submitted\"', HIDDEN",
        "true, '\"score\":null,\"workflow_state\":\"submitted\"', HIDDEN"
    })
    void aRubricThatIsFilledInWithoutAGradeIsSeenUnlessSomebodyHasToPostIt(
            boolean manual, String members, Visibility seen) {
        allow(CanvasCapability.GRADES, CanvasCapability.RUBRICS, CanvasCapability.OUTCOMES);
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("\"published\":true", """
                "published":true,"post_manually":%s,"rubric":[{"id":"_4411","description":"Argument","points":4}]""".formatted(manual))));
        outcome("[\"assignment_301\"]");
        told(members + ",\"posted_at\":null,\"rubric_assessment\":{\"_4411\":{\"points\":3.5}}");

        Reading reading = read();

        assertThat(result(reading, "rubric-301-_4411", ada).visibility()).isEqualTo(seen);
        assertThat(result(reading, "outcome-77", ada).visibility()).isEqualTo(seen);
    }

    @Test
    void totalsThatTheCourseHidesAreHiddenUntilItShowsThem() {
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);
        canvas.on("/enrollments", """
                [{"id":"1","user_id":"%s","type":"StudentEnrollment",
                  "grades":{"current_score":91.2,"current_grade":"A-","final_score":74.0,"final_grade":"C"}}]""".formatted(ada));
        hidesTotals(true);
        look();
        assertThat(latest("Course total").visibility()).isEqualTo(Visibility.HIDDEN);
        assertThat(latest("Course total so far").visibility()).isEqualTo(Visibility.HIDDEN);

        hidesTotals(false);
        look();
        assertThat(latest("Course total").visibility()).isEqualTo(Visibility.POSTED);

        hidesTotals(true);
        look();
        assertThat(latest("Course total").visibility()).isEqualTo(Visibility.HIDDEN);
    }

    private void hidesTotals(boolean hides) {
        canvas.on(
                "",
                "{\"id\":\"2\",\"workflow_state\":\"available\",\"grading_standard_id\":null,\"hide_final_grades\":"
                        + hides + "}");
    }

    private void told(String members) {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, members) + "]}]");
    }

    private void outcome(String alignments) {
        canvas.on("/outcome_rollups", """
                {"rollups":[{"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"%s","section":"66"}}],
                 "linked":{"outcomes":[{"id":"77","title":"Analyse","points_possible":5.0,"mastery_points":3.0,
                   "alignments":%s}]}}""".formatted(ada, alignments));
    }
}
