package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Canvas's shapes and quirks, one by one, from answers as Canvas gives them. */
class CanvasQuirksIntegrationTests extends AbstractCanvasTests {

    @Test
    void idsAreStringsAndGlobalOnesOfTheSameShardAreTheSamePeopleAndOnesOfAnotherAreNot() {
        canvas.on("/students/submissions", """
                [{"user_id":"10000000000812","section_id":"66","submissions":[%s]},
                 {"user_id":"20000000000812","section_id":"66","submissions":[%s]},
                 {"user_id":813,"section_id":66,"submissions":[%s]}]""".formatted(
                        submission("10000000000812", "\"score\":18.0,\"workflow_state\":\"graded\""),
                        submission("20000000000812", "\"score\":5.0,\"workflow_state\":\"graded\""),
                        submission("813", "\"score\":19,\"workflow_state\":\"graded\"")));

        Reading reading = read();

        assertThat(reading.naming()).isEqualTo(Reading.Naming.PLATFORM_USER);
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(result(reading, "20000000000812").score()).isEqualByComparingTo("5");
        assertThat(result(reading, "813").score()).isEqualByComparingTo("19");
        assertThat(canvas.asked())
                .allSatisfy(
                        asked -> assertThat(asked.getHeader("Accept")).isEqualTo("application/json+canvas-string-ids"))
                .allSatisfy(
                        asked -> assertThat(asked.getHeader("Authorization")).isEqualTo("Bearer access"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "0.0"})
    void anAssignmentMayHaveNoPoints(String points) {
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("20.0", points)));
        say("\"score\":3.0,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"");

        Reading reading = read();

        Column column = reading.columns().get(0);
        if (points.equals("null")) {
            assertThat(column.scoreMaximum()).isNull();
        } else {
            assertThat(column.scoreMaximum()).isZero();
        }
        assertThat(result(reading, "812").score()).isEqualByComparingTo("3");
    }

    @Test
    void whatStandsBetweenHandedInAndGradedIsToldApart() {
        say("\"score\":9.5,\"workflow_state\":\"pending_review\",\"submitted_at\":\"2026-01-30T09:00:00Z\"");
        assertThat(result(read(), "812").status()).isEqualTo(Observation.Status.PROVISIONAL);
        say("\"score\":null,\"workflow_state\":\"submitted\",\"submitted_at\":\"2026-01-30T09:00:00Z\",\"late\":true");
        assertThat(result(read(), "812"))
                .extracting(Result::status, Result::late, Result::occurredAt)
                .containsExactly(Observation.Status.SUBMITTED, true, Instant.parse("2026-01-30T09:00:00Z"));
        say("\"score\":null,\"workflow_state\":\"unsubmitted\",\"missing\":true");
        assertThat(result(read(), "812").status()).isEqualTo(Observation.Status.NONE);
        say("\"score\":null,\"grade\":null,\"excused\":true,\"workflow_state\":\"graded\"");
        assertThat(result(read(), "812"))
                .extracting(Result::status, Result::score)
                .containsExactly(Observation.Status.EXCUSED, null);
        say("\"score\":0,\"workflow_state\":\"graded\",\"missing\":true,\"late_policy_status\":\"missing\"");
        assertThat(result(read(), "812").status()).isEqualTo(Observation.Status.GRADED);
    }

    @Test
    void theScoreAfterTheDeductionCountsAndTextsOfGradesDoNot() {
        say("\"grade\":\"A+\",\"score\":18.0,\"entered_grade\":\"20\",\"entered_score\":20.0,\"points_deducted\":2.0,"
                + "\"workflow_state\":\"graded\"");

        assertThat(result(read(), "812").score()).isEqualByComparingTo("18");
        assertThat(result(read(), "812").grade()).isNull();

        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("\"points\"", "\"letter_grade\"")));
        assertThat(result(read(), "812").grade()).isEqualTo("A+");
    }

    @Test
    void whoGradedIsKnownWhereItWasSomebody() {
        say("\"score\":1,\"workflow_state\":\"graded\",\"grader_id\":\"10000000000044\"");
        assertThat(result(read(), "812").gradedBy()).isEqualTo("44");
        assertThat(result(read(), "812").grader()).isEqualTo(Observation.Grader.PERSON);
        for (String machine : List.of("-31", "null", "0", "\"-31\"", "\"\"", "1.5", "true")) {
            say("\"score\":1,\"workflow_state\":\"graded\",\"grader_id\":" + machine);
            assertThat(result(read(), "812").gradedBy()).as(machine).isNull();
            assertThat(result(read(), "812").grader())
                    .as(machine)
                    .isEqualTo(machine.contains("-31") ? Observation.Grader.TOOL : null);
        }
        say(
                "\"score\":null,\"workflow_state\":\"submitted\",\"submitted_at\":\"2026-01-30T09:00:00Z\",\"grader_id\":44");
        assertThat(result(read(), "812").grader()).as("of what is not graded").isNull();
        say("\"score\":0,\"workflow_state\":\"graded\",\"missing\":true,\"grader_id\":44");
        assertThat(result(read(), "812").grader()).as("of what is missing").isNull();
    }

    @Test
    void whatIsNotPostedIsHidden() {
        say("\"score\":1,\"workflow_state\":\"graded\",\"posted_at\":null");
        assertThat(result(read(), "812").visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        say("\"score\":1,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"");
        assertThat(result(read(), "812").visibility()).isEqualTo(Observation.Visibility.POSTED);
    }

    @Test
    void aScoreThatIsNoNumberDecidesNothing() {
        say("\"score\":\"twenty\",\"workflow_state\":\"graded\"");

        Reading reading = read();

        assertThat(reading.results())
                .allSatisfy(column -> assertThat(column.results()).isEmpty());
        assertThat(reading.warnings()).anyMatch(words -> words.contains("no number that Laurel can read"));
    }

    @Test
    void aClassicQuizAndANewOneAreEachOneColumn() {
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ + """
                ,{"id":"302","name":"New quiz","assignment_group_id":"5","points_possible":10,"published":true,
                  "is_quiz_lti_assignment":true,"submission_types":["external_tool"],
                  "external_tool_tag_attributes":{"url":"https://school.quiz-lti.example/lti/launch"}}"""));

        assertThat(read().columns()).extracting(Column::label).containsExactly("Quiz", "New quiz");
        assertThat(canvas.asked("/quizzes")).isEmpty();
    }

    @Test
    void totalsOfTwoSectionsAreOnePersonsAndOnlyStudentsHaveThem() {
        allow(CanvasCapability.TOTALS);
        canvas.on("/enrollments", """
                [{"id":"1","user_id":"812","type":"StudentEnrollment","course_section_id":"66",
                  "grades":{"current_score":91.2,"current_grade":"A-","final_score":74.0,"final_grade":"C","override_score":null}},
                 {"id":"2","user_id":"812","type":"StudentEnrollment","course_section_id":"67",
                  "grades":{"current_score":null,"current_grade":null,"final_score":null,"final_grade":null}},
                 {"id":"3","user_id":"900","type":"ObserverEnrollment","associated_user_id":"812",
                  "grades":{"current_score":1}},
                 {"id":"4","user_id":"901","type":"StudentViewEnrollment","grades":{"current_score":1}},
                 {"id":"5","user_id":"813","type":"StudentEnrollment",
                  "grades":{"current_score":null,"current_grade":"B","final_score":10,"override_score":55.5,"override_grade":"D"}}]""");

        Reading reading = read();

        assertThat(accounts(reading)).containsExactlyInAnyOrder("812", "813");
        assertThat(result(reading, "total-current", "812"))
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("91.2"))
                .extracting(Result::grade)
                .isEqualTo("A-");
        assertThat(result(reading, "total-final", "813"))
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("55.5"))
                .extracting(Result::grade)
                .isEqualTo("D");
    }

    @Test
    void theSchemeIsTheOneThatTheCourseNames() {
        allow(CanvasCapability.TOTALS);
        canvas.on("", "{\"id\":\"2\",\"workflow_state\":\"available\",\"grading_standard_id\":\"8\"}");
        canvas.on("/enrollments", "[]");
        canvas.on("/grading_standards", """
                [{"id":"7","grading_scheme":[{"name":"P","value":0.5},{"name":"F","value":0}]},
                 {"id":"8","grading_scheme":[{"name":"B","value":0.84},{"name":"A","value":0.94},{"name":"F","value":0}]}]""");

        GradingScheme scheme = read().scheme();

        assertThat(scheme).isNotNull();
        assertThat(scheme.steps()).extracting(GradingScheme.Step::letter).containsExactly("A", "B", "F");
        assertThat(scheme.steps().get(0).fromPercent()).isEqualByComparingTo("94");
    }

    @Test
    void outcomesComeWithTheirMasteryAndOnceForWhoIsInTwoSections() {
        allow(CanvasCapability.OUTCOMES);
        canvas.on("/outcome_rollups", """
                {"rollups":[
                  {"scores":[{"score":3.4,"title":"Essay","submitted_at":"2026-01-31T08:00:00Z","links":{"outcome":"77"}}],
                   "links":{"user":"812","section":"66","status":"active"}},
                  {"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"812","section":"67"}},
                  {"scores":[],"links":{"user":"813","section":"66"}}],
                 "linked":{"outcomes":[{"id":77,"title":"Analyse","points_possible":5.0,"mastery_points":3.0}]}}""");

        Reading reading = read();

        assertThat(reading.columns()).singleElement().satisfies(column -> {
            assertThat(column.kind()).isEqualTo(LineItem.Kind.OUTCOME);
            assertThat(column.mastery()).isEqualByComparingTo("3");
        });
        assertThat(result(reading, "outcome-77", "812").score()).isEqualByComparingTo("3.4");
        assertThat(result(reading, "outcome-77", "813").status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void modulesWhoseItemsCanvasLeavesOutAreAskedForThem() {
        allow(CanvasCapability.MODULES);
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"items_count":2},
                 {"id":"21","name":"Reading","published":true,"items_count":0},
                 {"id":"22","name":"Draft","published":false,"items_count":1}]""");
        canvas.on("/modules/20/items", """
                [{"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"min_score","min_score":8.0}},
                 {"id":"202","title":"Page","published":true}]""");

        assertThat(read().columns())
                .extracting(Column::label)
                .containsExactly("Quiz", "Module: Week 1", "The whole course");
    }

    @Test
    void aRoundOverModulesGoesOnWhereItWasThoughEverythingIsAskedFor() {
        allow(CanvasCapability.MODULES);
        contexts.refreshRoster(course.tenant(), course.contextId());
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"state":"started","items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view"}}]}]""");
        List<String> numbers = Stream.of(0, 1)
                .map(each -> course.lms().numberOf(course.course().student(each).id()))
                .sorted()
                .toList();
        String last = new Bookmark(
                        Instant.now(), "", "", "", numbers.get(0), "", false, null, "", 0, "", LeftOut.NOBODY)
                .toString();

        Reading reading =
                source.read(context(), new Look(column -> true, null, Set.of(), last, Set.of()), NOBODY_WAITS);

        assertThat(Bookmark.parse(reading.bookmark()).modules())
                .as("the second one first, then round to the first")
                .isEqualTo(numbers.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3,4\"", "\"well\"", "{}", "true"})
    void anOutcomeThatIsNoNumberIsNotTakenForNoneInWhicheverSectionItStands(String score) {
        allow(CanvasCapability.OUTCOMES);
        canvas.on("/outcome_rollups", """
                {"rollups":[
                  {"scores":[{"score":%s,"links":{"outcome":"77"}}],"links":{"user":"812","section":"66"}},
                  {"scores":[],"links":{"user":"812","section":"67"}}],
                 "linked":{"outcomes":[{"id":77,"title":"Analyse","points_possible":5.0,"mastery_points":3.0}]}}""".formatted(score));

        Reading reading = read();

        assertThat(reading.results()).singleElement().satisfies(column -> {
            assertThat(column.results()).isEmpty();
            assertThat(column.unreadable()).containsExactly("812");
        });
        assertThat(reading.warnings())
                .anySatisfy(words -> assertThat(words).contains("no number that Laurel can read"));
    }

    @Test
    void rubricRowsHavePointsOfTheirOwn() {
        allow(CanvasCapability.RUBRICS);
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("\"published\":true", """
                "published":true,"rubric":[{"id":"_4411","description":"Argument","points":4},
                  {"id":"_9","description":"Not scored","points":4,"ignore_for_scoring":true}]""")));
        say("""
                "score":18,"workflow_state":"graded","posted_at":"2026-01-31T08:00:00Z",
                "rubric_assessment":{"_4411":{"rating_id":"blank","points":3.5,"comments":"ok"}}""");

        Reading reading = read();

        assertThat(reading.columns()).singleElement().satisfies(column -> {
            assertThat(column.kind()).isEqualTo(LineItem.Kind.RUBRIC_ROW);
            assertThat(column.label()).isEqualTo("Argument");
            assertThat(column.group()).isEqualTo("Quiz");
        });
        assertThat(result(reading, "rubric-301-_4411", "812").score()).isEqualByComparingTo("3.5");
    }

    @Test
    void pointsInARowThatAreNoNumberAreNotTakenForNone() {
        allow(CanvasCapability.RUBRICS);
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("\"published\":true", """
                "published":true,"rubric":[{"id":"_4411","description":"Argument","points":4}]""")));
        say("""
                "score":18,"workflow_state":"graded","posted_at":"2026-01-31T08:00:00Z",
                "rubric_assessment":{"_4411":{"points":"3,4"}}""");

        assertThat(read().results()).singleElement().satisfies(column -> {
            assertThat(column.results()).isEmpty();
            assertThat(column.unreadable()).containsExactly("812");
        });
    }

    @Test
    void aModuleOfWhichCanvasDoesNotSayHowFarSheIsIsNotTakenForNotCompleted() {
        allow(CanvasCapability.MODULES);
        contexts.refreshRoster(course.tenant(), course.contextId());
        String ada = course.lms().numberOf(course.course().student(0).id());
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view","completed":true}}]}]""");

        assertThat(read().results()).isNotEmpty().allSatisfy(column -> {
            assertThat(column.results()).isEmpty();
            assertThat(column.unreadable()).contains(ada);
        });
    }

    @Test
    void whereSomethingIsNewOfSomeOnlyTheyAreAskedForAndTheBookmarkStays() {
        allow(CanvasCapability.values());
        String ada = course.lms().numberOf(course.course().student(0).id());
        contexts.refreshRoster(course.tenant(), course.contextId());
        canvas.on("/enrollments", "[]");
        canvas.on("/outcome_rollups", "{\"rollups\":[],\"linked\":{\"outcomes\":[]}}");
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"state":"completed","items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view","completed":true}}]}]""");

        Reading reading = source.read(
                contexts.find(course.tenant(), course.contextId()).orElseThrow(),
                new Look(
                        column -> true,
                        "kept",
                        Set.of(course.person(course.course().student(0)))),
                NOBODY_WAITS);

        assertThat(reading.bookmark()).isEqualTo("kept");
        assertThat(reading.problem()).isNull();
        assertThat(canvas.asked("/students/submissions"))
                .hasSize(1)
                .isEqualTo(canvas.asked("/students/submissions", "student_ids[]", ada));
        assertThat(canvas.asked("/enrollments")).hasSize(1).isEqualTo(canvas.asked("/enrollments", "user_id", ada));
        assertThat(canvas.asked("/outcome_rollups"))
                .hasSize(1)
                .isEqualTo(canvas.asked("/outcome_rollups", "user_ids[]", ada));
        assertThat(result(reading, "module-20", ada).score()).isEqualByComparingTo("1");
    }

    @Test
    void whatOpensLaurelIsNeverReadAsAResultWhetherOrNotAgsShowsIt() {
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(
                        QUIZ + """
                ,{"id":"303","name":"Badge progress","assignment_group_id":"5","points_possible":1,"published":true,
                  "submission_types":["external_tool"],"external_tool_tag_attributes":{"url":"%s/lti/launch?b=1"}}""".formatted(app.getBean(PublicUrl.class).origin())));

        assertThat(read().columns()).extracting(Column::label).containsExactly("Quiz");
    }

    @Test
    void anAnonymousSubmissionIsNobodysAndSaysSo() {
        canvas.on("/students/submissions", """
                [{"user_id":"812","submissions":[{"id":"1","assignment_id":"301","anonymous_id":"aB3d5",
                  "workflow_state":"graded","score":12}]}]""");

        Reading reading = read();

        assertThat(reading.results())
                .allSatisfy(column ->
                        assertThat(column.results()).allMatch(result -> result.status() == Observation.Status.NONE));
        assertThat(reading.warnings()).anyMatch(words -> words.contains("graded anonymously"));
    }

    @ParameterizedTest
    @CsvSource({
        "points, 18, 18, ",
        "percent, 90%, 18, ",
        "letter_grade, B+, 17.4, B+",
        "gpa_scale, 3.7, 18.5, ",
        "pass_fail, complete, 20, ",
        "pass_fail, incomplete, 0, "
    })
    void everyKindOfGradingHasItsScoreAndOnlyLettersAreLetters(String type, String grade, String score, String letter) {
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ.replace("\"points\"", "\"" + type + "\"")));
        say("\"grade\":\"" + grade + "\",\"score\":" + score
                + ",\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"");

        Result seen = result(read(), "812");

        assertThat(seen.status()).isEqualTo(Observation.Status.GRADED);
        assertThat(seen.score()).isEqualByComparingTo(score);
        assertThat(seen.grade()).isEqualTo(letter);
    }

    @Test
    void whatIsNotGradedIsHandedInAndNothingMore() {
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"points\"", "\"not_graded\"").replace("20.0", "null")));
        say("\"grade\":null,\"score\":null,\"workflow_state\":\"submitted\",\"submitted_at\":\"2026-01-30T09:00:00Z\"");

        Reading reading = read();

        assertThat(reading.columns())
                .singleElement()
                .extracting(Column::scoreMaximum)
                .isNull();
        assertThat(result(reading, "812").status()).isEqualTo(Observation.Status.SUBMITTED);
    }

    @Test
    void aGradeWithoutAScoreIsNotTakenForOne() {
        say("\"grade\":null,\"score\":null,\"workflow_state\":\"graded\",\"graded_at\":\"2026-01-31T08:00:00Z\"");
        assertThat(result(read(), "812").status()).as("never handed in").isEqualTo(Observation.Status.NONE);
        say("\"grade\":\"A\",\"score\":null,\"workflow_state\":\"graded\",\"submitted_at\":\"2026-01-30T09:00:00Z\"");
        assertThat(result(read(), "812"))
                .extracting(Result::status, Result::score)
                .containsExactly(Observation.Status.SUBMITTED, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "late, true, true",
                "none, false, false",
                "extended, false, false",
                "null, true, true",
                "null, null, null"
            })
    void whetherItWasLateIsWhatCanvasSaysAfterWhatTheTeacherSet(String policy, String late, Boolean expected) {
        say("\"score\":18,\"workflow_state\":\"graded\",\"late_policy_status\":"
                + (policy == null ? "null" : "\"" + policy + "\"") + ",\"late\":" + late);

        assertThat(result(read(), "812").late()).isEqualTo(expected);
    }

    @Test
    void whatIsMissingHasNoResultUntilAPolicyGivesOne() {
        say("\"score\":null,\"workflow_state\":\"unsubmitted\",\"missing\":true,\"late_policy_status\":\"missing\"");
        assertThat(result(read(), "812").status()).isEqualTo(Observation.Status.NONE);
        say(
                "\"score\":0,\"grade\":\"0\",\"workflow_state\":\"graded\",\"missing\":true,\"late_policy_status\":\"missing\","
                        + "\"posted_at\":\"2026-01-31T08:00:00Z\"");
        assertThat(result(read(), "812"))
                .satisfies(zero -> assertThat(zero.score()).isZero())
                .extracting(Result::status, Result::visibility)
                .containsExactly(Observation.Status.GRADED, Observation.Visibility.POSTED);
    }

    @Test
    void anExcuseIsHiddenWhereItsAssignmentIsPostedByHandAndWasNot() {
        String excused = "\"score\":null,\"excused\":true,\"workflow_state\":\"graded\",\"posted_at\":null";
        say(excused);
        assertThat(result(read(), "812").visibility()).isEqualTo(Observation.Visibility.POSTED);
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"published\":true", "\"published\":true,\"post_manually\":true")));
        assertThat(result(read(), "812").visibility()).isEqualTo(Observation.Visibility.HIDDEN);
    }

    /** One page may move while another is read; and whoever is in two sections is listed with each. */
    @Test
    void rowsThatComeTwiceCountOnceAsSaidLast() {
        String row = "{\"user_id\":\"812\",\"section_id\":\"%s\",\"submissions\":[%s]}";
        String first = submission("812", "\"score\":10,\"workflow_state\":\"graded\"");
        String last = submission("812", "\"score\":12,\"workflow_state\":\"graded\"");
        canvas.on(
                "/students/submissions",
                json("[" + row.formatted("66", first) + "," + row.formatted("67", first) + "]")
                        .withHeader(
                                "Link",
                                "<" + canvas.address()
                                        + "/api/v1/courses/2/students/submissions?page=bookmark:2>; rel=\"next\""));
        canvas.on(
                asking("/students/submissions").withQueryParam("page", equalTo("bookmark:2")),
                json("[" + row.formatted("67", last) + "]"));

        Reading reading = read();

        assertThat(reading.results())
                .singleElement()
                .satisfies(column -> assertThat(column.results()).hasSize(1));
        assertThat(result(reading, "812").score()).isEqualByComparingTo("12");
    }

    /** Cross-listed: the section is another course's, what was reached is this one's. */
    @Test
    void whoCameWithACrossListedSectionIsOneOfTheCourse() {
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"812\",\"section_id\":\"9066\",\"submissions\":["
                        + submission("812", "\"score\":18,\"workflow_state\":\"graded\"") + "]}]");
        canvas.on("/enrollments", """
                [{"id":"1","course_id":"2","course_section_id":"9066","sis_section_id":"BIO-2-NIGHT","user_id":"812",
                  "type":"StudentEnrollment","enrollment_state":"active","grades":{"current_score":91.2,"final_score":74.0}}]""");

        Reading reading = read();

        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(result(reading, "total-current", "812").score()).isEqualByComparingTo("91.2");
    }

    @Test
    void theTestStudentAndWhoeverIsUnknownAreNobodyHere() {
        String ada = course.lms().numberOf(course.course().student(0).id());
        contexts.refreshRoster(course.tenant(), course.contextId());
        canvas.on("/students/submissions", """
                [{"user_id":"%s","submissions":[%s]},
                 {"user_id":"990001","submissions":[%s]}]""".formatted(
                        ada,
                        submission(ada, "\"score\":18,\"workflow_state\":\"graded\""),
                        submission("990001", "\"score\":20,\"workflow_state\":\"graded\"")));

        look();

        assertThat(gradebook.latest(
                        course.tenant(),
                        course.contextId(),
                        gradebook.lineItems(course.tenant(), course.contextId()).stream()
                                .map(LineItem::id)
                                .toList(),
                        null))
                .singleElement()
                .satisfies(seen -> assertThat(seen.personId())
                        .isEqualTo(course.person(course.course().student(0))));
    }

    @Test
    void aColumnOfLaurelsIsKnownByItsLinkWhateverItIsCalled() {
        String link = course.course().link().id();
        course.addColumn("Essay", 100);
        look();
        canvas.on("/assignment_groups", GROUPS.formatted("""
                {"id":"303","name":"Essay, second version","points_possible":80,"published":true,"lti_context_id":"%s",
                 "submission_types":["external_tool"],"external_tool_tag_attributes":{"url":"https://proxy.example/x"}},
                {"id":"304","name":"Essay","points_possible":100,"published":true,"lti_context_id":"another",
                 "submission_types":["online_upload"]}""".formatted(link)));

        Reading reading = read();

        assertThat(reading.columns()).extracting(Column::externalId).containsExactly("assignment-304");
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void workThatStudentsHandInIsReadThoughAColumnOfLaurelsHasItsNameAndMaximum() {
        ownColumn("Essay 7", 100);
        canvas.on("/assignment_groups", GROUPS.formatted("""
                {"id":"303","name":"Essay 7","points_possible":100,"published":true,"submission_types":["none"]},
                {"id":"304","name":"Essay 7","points_possible":100,"published":true,"submission_types":["online_upload"]},
                {"id":"305","name":"Essay 7","points_possible":100,"published":true,"submission_types":["online_quiz"],"quiz_id":"9"},
                {"id":"306","name":"Essay 7","points_possible":100,"published":true,"submission_types":["external_tool"],
                 "external_tool_tag_attributes":{"url":"https://another-tool.example/x"}}"""));

        Reading reading = read();

        assertThat(reading.columns())
                .extracting(Column::externalId)
                .containsExactly("assignment-304", "assignment-305", "assignment-306");
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void aColumnOfLaurelsWhoseKindATeacherChangedIsStillLaurels() {
        ownColumn("Essay 7", 100);
        canvas.on("/assignment_groups", GROUPS.formatted("""
                {"id":"303","name":"Essay 7","points_possible":100,"published":true,"submission_types":["on_paper"]}"""));

        assertThat(read().columns()).isEmpty();
    }

    @Test
    void whereNobodyCanTellWhichOneIsLaurelsNoneIsReadAndThePageSaysSo() {
        ownColumn("Essay 7", 100);
        canvas.on("/assignment_groups", GROUPS.formatted("""
                {"id":"303","name":"Essay 7","points_possible":100,"published":true,"submission_types":["none"]},
                {"id":"304","name":"Essay 7","points_possible":100.0,"published":true,"submission_types":["none"]}"""));

        Reading reading = read();

        assertThat(reading.columns()).isEmpty();
        assertThat(reading.warnings())
                .singleElement()
                .asString()
                .contains("more than one \u201cEssay 7\u201d", "another name");
    }

    /** One that Laurel only writes to, without a link. */
    private void ownColumn(String label, int maximum) {
        gradebook.createColumn(course.tenant(), course.contextId(), label, BigDecimal.valueOf(maximum), true, "7");
    }
}
