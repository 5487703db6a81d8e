package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.laurel.LaurelTest;
import dev.laurel.WireMocks;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.tenant.PublicUrl;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Canvas's shapes and quirks, one by one, from answers as Canvas gives them. */
@LaurelTest
class CanvasQuirksIntegrationTests {

    private static final GradebookSource.Progress NOBODY_WAITS = (done, of) -> {};

    private static final String GROUPS = """
            [{"id":"5","name":"Exams","group_weight":40,"rules":{"drop_lowest":1},"assignments":[%s]}]""";

    private static final String QUIZ = """
            {"id":"301","name":"Quiz","assignment_group_id":"5","points_possible":20.0,"published":true,
             "grading_type":"points","quiz_id":"31","submission_types":["online_quiz"]}""";

    @Autowired
    ApplicationContext app;

    @Autowired
    CanvasSource source;

    @Autowired
    ReadingGrants grants;

    @Autowired
    ReadingKeys keys;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    private LmsCourse course;

    @RegisterExtension
    final WireMockExtension server = WireMocks.onLoopback();

    private CanvasStub canvas;

    @BeforeEach
    void start() {
        canvas = new CanvasStub(server);
        course = LmsCourse.start(app, ReferenceLms.builder().students(2), CanvasConnection::tool);
        canvas.on("", "{\"id\":\"2\",\"workflow_state\":\"available\",\"grading_standard_id\":null}");
        canvas.on("/assignment_groups", GROUPS.formatted(QUIZ));
        canvas.on("/students/submissions", "[]");
        allow(CanvasCapability.GRADES);
    }

    @AfterEach
    void close() {
        course.close();
    }

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

    @Test
    void everyPageIsReadByTheLinkThatCanvasGivesInWhateverCase() {
        String first = "[{\"user_id\":\"1\",\"submissions\":[%s]}]"
                .formatted(submission("1", "\"score\":1,\"workflow_state\":\"graded\""));
        String second = "[{\"user_id\":\"2\",\"submissions\":[%s]}]"
                .formatted(submission("2", "\"score\":2,\"workflow_state\":\"graded\""));
        String next = canvas.address() + "/api/v1/courses/2/students/submissions?page=bookmark:WyJ4Il0&per_page=10";
        canvas.on(
                "/students/submissions",
                json(first)
                        .withHeader(
                                "link", "<" + canvas.address() + "/x>; rel=\"current\",<" + next + ">; rel=\"next\""));
        canvas.on(asking("/students/submissions").withQueryParam("page", equalTo("bookmark:WyJ4Il0")), json(second));

        Reading reading = read();

        assertThat(accounts(reading)).containsExactlyInAnyOrder("1", "2");
        assertThat(reading.requests()).isEqualTo(4);
    }

    @Test
    void aListThatGoesOnAtAnotherHostIsNotFollowedWithTheToken() {
        canvas.on(
                "/students/submissions",
                json("[]").withHeader("Link", "<https://elsewhere.example/x?page=2>; rel=\"next\""));

        Reading reading = read();

        assertThat(problem(reading)).contains("another host");
        assertThat(reading.columns()).as("what is known stays").hasSize(1);
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
        for (String machine : List.of("-31", "null", "0")) {
            say("\"score\":1,\"workflow_state\":\"graded\",\"grader_id\":" + machine);
            assertThat(result(read(), "812").gradedBy()).as(machine).isNull();
        }
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
    void aTokenThatIsDeadIsRenewedOnceAndOneThatMayNotIsNot() {
        canvas.on(
                "/assignment_groups",
                json(401, "{\"errors\":[{\"message\":\"Invalid access token.\"}]}")
                        .withHeader("WWW-Authenticate", "Bearer realm=\"canvas-lms\""));
        canvas.on("/login/oauth2/token", "{\"access_token\":\"second\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

        Reading reading = read();

        assertThat(problem(reading)).contains("does not accept the permission");
        assertThat(canvas.asked("/login/oauth2/token"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.getBodyAsString())
                        .contains("grant_type=refresh_token", "refresh_token=refresh", "client_id=1000000000007"));
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow()
                        .endedAt())
                .isNotNull();
    }

    @Test
    void aRefusalWithoutAChallengeEndsNoPermission() {
        canvas.on("/assignment_groups", json(401, "{\"status\":\"unauthorized\",\"errors\":[{\"message\":\"no\"}]}"));

        Reading reading = read();

        assertThat(problem(reading)).contains("does not let Laurel read the assignments");
        assertThat(canvas.asked("/login/oauth2/token")).isEmpty();
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow()
                        .endedAt())
                .isNull();
    }

    @Test
    void aRenewalThatFailsForAMomentEndsNoPermission() {
        canvas.on("/assignment_groups", json(401, "{}").withHeader("WWW-Authenticate", "Bearer"));
        canvas.on("/login/oauth2/token", json(503, ""));

        assertThat(problem(read())).contains("fault of its own");
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow()
                        .endedAt())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Log in</html>", "", "[{\"id\":\"5\",\"assig", "{\"errors\":\"x\"}", "[{\"name\":1}]"})
    void whatIsNoListChangesNothing(String body) {
        canvas.on("/assignment_groups", body);

        Reading reading = read();

        if (body.startsWith("[{\"name\"")) {
            assertThat(reading.columns()).isEmpty();
        } else {
            assertThat(reading.problem()).isNotNull();
        }
        assertThat(reading.results()).isEmpty();
    }

    @Test
    void throttlingIsAForbiddenThatSaysSo() {
        canvas.on(
                "/students/submissions",
                aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/plain")
                        .withBody("403 Forbidden (Rate Limit Exceeded)\n"));

        Reading reading = read();

        assertThat(problem(reading)).contains("slow down");
        assertThat(reading.problem().retryAfter()).isNotNull();
        assertThat(canvas.asked("/students/submissions"))
                .as("not asked again at once")
                .hasSize(1);
    }

    @Test
    void nearTheLimitLaurelPutsTheRestOff() {
        canvas.on(
                "/assignment_groups",
                json(GROUPS.formatted(QUIZ))
                        .withHeader("X-Rate-Limit-Remaining", "20.5")
                        .withHeader("X-Request-Cost", "1.2"));

        Reading reading = read();

        assertThat(problem(reading)).contains("a little later");
        assertThat(canvas.asked("/students/submissions")).isEmpty();
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

    private void allow(CanvasCapability... capabilities) {
        Set<CanvasCapability> all = EnumSet.copyOf(List.of(capabilities));
        long teacher = course.person(course.course().teacher());
        Instant now = Instant.now();
        keys.save(
                course.tenant(),
                course.registrationId(),
                CanvasSource.NAME,
                new ReadingKey(
                        canvas.address(),
                        "1000000000007",
                        "secret",
                        all.stream().map(Enum::name).collect(Collectors.toSet()),
                        teacher,
                        now));
        grants.save(new Grant(
                course.tenant(),
                course.registrationId(),
                course.contextId(),
                teacher,
                "44",
                1,
                "refresh",
                "access",
                now.plusSeconds(3600),
                all,
                now,
                null));
    }

    private void say(String members) {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"812\",\"submissions\":[" + submission("812", members) + "]}]");
    }

    private static String submission(String user, String members) {
        return "{\"id\":\"9\",\"assignment_id\":\"301\",\"user_id\":\"" + user + "\"," + members + "}";
    }

    private Reading read() {
        CourseContext context =
                contexts.find(course.tenant(), course.contextId()).orElseThrow();
        return source.read(context, Look.atEverything(column -> true), NOBODY_WAITS);
    }

    private static String problem(Reading reading) {
        return reading.problem() == null ? "" : String.valueOf(reading.problem().getMessage());
    }

    private static Set<String> accounts(Reading reading) {
        return reading.results().stream()
                .flatMap(column -> column.results().stream())
                .map(Result::account)
                .collect(Collectors.toSet());
    }

    private static Result result(Reading reading, String account) {
        return result(reading, "assignment-301", account);
    }

    private static Result result(Reading reading, String column, @Nullable String account) {
        return reading.results().stream()
                .filter(each -> each.externalId().equals(column))
                .flatMap(each -> each.results().stream())
                .filter(each -> each.account().equals(account))
                .findFirst()
                .orElseThrow();
    }
}
