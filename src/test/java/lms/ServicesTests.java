package lms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ServicesTests {

    private static final TestTool TOOL = new TestTool();

    private static final String[] ALL = LtiNames.ALL_SCOPES.toArray(String[]::new);

    private ReferenceLms lms;

    private Urls urls;

    private String token;

    @AfterAll
    static void stopTool() {
        TOOL.close();
    }

    @BeforeEach
    void startDefault() {
        start(Mode.GENERIC);
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    private void start(Mode mode) {
        if (lms != null) {
            lms.close();
        }
        lms = ReferenceLms.builder()
                .mode(mode)
                .tool(TOOL.registration("tool-a"))
                .tool(TOOL.registration("tool-b"))
                .start();
        TOOL.knows(lms);
        urls = new Urls(lms, lms.course(), lms.tool("tool-a").orElseThrow());
        token = TOOL.token("tool-a", ALL);
    }

    // ---- tokens

    @Test
    void aTokenCoversWhatWasAskedForAndGranted() {
        lms.register(TOOL.registration("tool-a").withScopes(java.util.Set.of(LtiNames.SCOPE_RESULT_READ)));

        JsonNode answer = TestTool.json(
                TOOL.askForToken("tool-a", LtiNames.SCOPE_RESULT_READ + " " + LtiNames.SCOPE_SCORE, claims -> {}));

        assertThat(answer.path("scope").asString()).isEqualTo(LtiNames.SCOPE_RESULT_READ);
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
    }

    @Test
    void aClientAssertionIsGoodOnce() {
        TOOL.askForToken("tool-a", LtiNames.SCOPE_SCORE, claims -> claims.jwtID("same"));

        HttpResponse<String> again = TOOL.askForToken("tool-a", LtiNames.SCOPE_SCORE, claims -> claims.jwtID("same"));

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("invalid_client");
    }

    @Test
    void aClientAssertionForAnotherAudienceIsRefused() {
        assertThat(TOOL.askForToken("tool-a", LtiNames.SCOPE_SCORE, claims -> claims.audience("https://other.example"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anExpiredClientAssertionIsRefused() {
        Instant past = Instant.now().minusSeconds(300);
        assertThat(TOOL.askForToken(
                                "tool-a",
                                LtiNames.SCOPE_SCORE,
                                claims -> claims.expirationTime(java.util.Date.from(past)))
                        .statusCode())
                .isEqualTo(401);
    }

    // ---- line items and results

    @Test
    void aToolSeesItsOwnColumnsAndNeverTheQuizOfTheLms() {
        Column quiz = lms.course().columnCalled("Final quiz");
        lms.course().typeGrade(0, quiz.id(), "97");

        HttpResponse<String> items = TOOL.get(urls.lineItems(), LtiNames.TYPE_LINE_ITEMS, token);
        HttpResponse<String> guessed = TOOL.get(urls.lineItem(quiz), LtiNames.TYPE_LINE_ITEM, token);
        HttpResponse<String> results = TOOL.get(urls.results(quiz), LtiNames.TYPE_RESULTS, token);

        assertThat(TestTool.json(items).findValuesAsString("label")).containsExactly("Essay 1");
        assertThat(guessed.statusCode()).isEqualTo(404);
        assertThat(results.statusCode()).isEqualTo(404);
        assertThat(results.body()).doesNotContain("97");
    }

    @Test
    void aToolSeesNoColumnOfAnotherTool() {
        String other = TOOL.token("tool-b", ALL);
        lms.course().addLink(lms.tool("tool-b").orElseThrow(), "Other");
        Column essay = lms.course().columnCalled("Essay 1");

        assertThat(TOOL.get(urls.lineItems(), LtiNames.TYPE_LINE_ITEMS, other).body())
                .isEqualTo("[]");
        assertThat(TOOL.get(urls.results(essay), LtiNames.TYPE_RESULTS, other).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aColumnIsCreatedChangedAndDeleted() {
        HttpResponse<String> created = TOOL.send(
                "POST",
                urls.lineItems(),
                LtiNames.TYPE_LINE_ITEM,
                token,
                "{\"label\":\"Oral presentation\",\"scoreMaximum\":10,\"resourceId\":\"r\",\"tag\":\"t\"}");
        String id = TestTool.json(created).path("id").asString();

        HttpResponse<String> changed =
                TOOL.send("PUT", id, LtiNames.TYPE_LINE_ITEM, token, "{\"label\":\"Talk\",\"scoreMaximum\":12.5}");
        HttpResponse<String> found = TOOL.get(urls.lineItems() + "?tag=t", LtiNames.TYPE_LINE_ITEMS, token);
        HttpResponse<String> deleted = TOOL.send("DELETE", id, LtiNames.TYPE_LINE_ITEM, token, "");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(changed.body()).contains("\"scoreMaximum\":12.5");
        assertThat(found.body()).isEqualTo("[]");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(TOOL.get(id, LtiNames.TYPE_LINE_ITEM, token).statusCode()).isEqualTo(404);
    }

    @Test
    void aTypedGradeIsAResult() {
        Column essay = lms.course().columnCalled("Essay 1");
        lms.course().typeGrade(3, essay.id(), "84,5");

        JsonNode results = TestTool.json(TOOL.get(urls.results(essay), LtiNames.TYPE_RESULTS, token));

        assertThat(results).hasSize(1);
        assertThat(results.get(0).path("userId").asString())
                .isEqualTo(lms.course().student(3).id());
        assertThat(results.get(0).path("resultScore").decimalValue()).isEqualByComparingTo("84.5");
        assertThat(results.get(0).path("resultMaximum").decimalValue()).isEqualByComparingTo("100");
    }

    @Test
    void aTestCanForceAResultThatNobodyCouldType() {
        Column essay = lms.course().columnCalled("Essay 1");
        lms.course().forceResult(lms.course().student(0), essay, "\"resultScore\":\"85,5\",\"resultMaximum\":null");

        assertThat(TOOL.get(urls.results(essay), LtiNames.TYPE_RESULTS, token).body())
                .contains("\"resultScore\":\"85,5\",\"resultMaximum\":null");
    }

    @ParameterizedTest
    @CsvSource({"'*/*'", "application/json", "application/vnd.ims.lis.v2.lineitem+json"})
    void theMediaTypeIsExact(String accept) {
        assertThat(TOOL.get(urls.lineItems(), accept, token).statusCode()).isEqualTo(406);
    }

    @Test
    void aTokenWithoutTheScopeIsRefused() {
        String scoreOnly = TOOL.token("tool-a", LtiNames.SCOPE_SCORE);

        assertThat(TOOL.get(urls.lineItems(), LtiNames.TYPE_LINE_ITEMS, scoreOnly)
                        .statusCode())
                .isEqualTo(403);
        assertThat(TOOL.get(urls.roster(), LtiNames.TYPE_ROSTER, scoreOnly).statusCode())
                .isEqualTo(403);
        assertThat(TOOL.get(urls.roster(), LtiNames.TYPE_ROSTER, "made-up").statusCode())
                .isEqualTo(401);
    }

    // ---- scores

    @Test
    void aScoreAppearsInTheGradebookAndAnOlderOneIsRefused() {
        Column essay = lms.course().columnCalled("Essay 1");
        LmsUser student = lms.course().student(1);
        String url = urls.results(essay).replace("/results", "/scores");

        HttpResponse<String> first = score(url, student.id(), "4", "5", "2026-09-01T10:00:00.000Z");
        HttpResponse<String> older = score(url, student.id(), "5", "5", "2026-09-01T10:00:00.000Z");
        HttpResponse<String> teacher = score(url, lms.course().teacher().id(), "5", "5", "2026-09-01T10:00:00.000Z");

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(older.statusCode()).isEqualTo(409);
        assertThat(teacher.statusCode()).isEqualTo(400);
        assertThat(essay.grade(student).orElseThrow().score()).isEqualByComparingTo("80");
    }

    private HttpResponse<String> score(String url, String user, String given, String maximum, String timestamp) {
        return TOOL.send("POST", url, LtiNames.TYPE_SCORE, token, """
                {"userId":"%s","scoreGiven":%s,"scoreMaximum":%s,"timestamp":"%s",
                 "activityProgress":"Completed","gradingProgress":"FullyGraded"}
                """.formatted(user, given, maximum, timestamp));
    }

    // ---- roster and pages

    @Test
    void aRosterComesInPages() {
        lms.setPageSize(7);
        var ids = new ArrayList<String>();
        Optional<String> next = Optional.of(urls.roster());
        int pages = 0;
        while (next.isPresent()) {
            HttpResponse<String> page = TOOL.get(next.get(), LtiNames.TYPE_ROSTER, token);
            TestTool.json(page)
                    .path("members")
                    .forEach(member -> ids.add(member.path("user_id").asString()));
            next = next(page, "\"");
            pages++;
        }

        assertThat(pages).isEqualTo(5);
        assertThat(ids).hasSize(32);
        assertThat(new HashSet<>(ids)).hasSize(32);
    }

    @Test
    void moodleUsesShortRolesAndForgetsAssistantsInItsRoster() {
        start(Mode.MOODLE);
        lms.course().suspend(lms.course().student(0));

        JsonNode members = TestTool.json(TOOL.get(urls.roster(), LtiNames.TYPE_ROSTER, token))
                .path("members");

        assertThat(members).hasSize(31);
        assertThat(members.get(0).path("roles").toString()).isEqualTo("[\"Instructor\"]");
        assertThat(members.get(1).path("roles").toString()).isEqualTo("[\"Learner\"]");
    }

    @Test
    void moodleLinksWithCurlyQuotesAndEscapedAmpersands() {
        start(Mode.MOODLE);
        for (int i = 0; i < 3; i++) {
            lms.course().addColumn(lms.course().link(), "More " + i, 10);
        }

        HttpResponse<String> page = TOOL.get(urls.lineItems() + "&limit=2", LtiNames.TYPE_LINE_ITEMS, token);

        String link = new String(
                page.headers().firstValue("Link").orElseThrow().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(link).contains("type_id=1&amp;limit=2&amp;from=2").endsWith("rel=“next”");
        assertThat(TOOL.get(urls.lineItems(), "*/*", token).statusCode()).isEqualTo(400);
        assertThat(TOOL.askForToken("tool-a", LtiNames.SCOPE_SCORE, claims -> {})
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("text/html; charset=utf-8");
    }

    // ---- as Canvas does

    @Test
    void canvasNamesPeopleByUuidsAndGivesTenColumnsAndFiftyMembersToAPage() {
        start(Mode.CANVAS);
        for (int i = 0; i < 12; i++) {
            lms.course().addColumn(lms.course().link(), "More " + i, 10);
        }
        for (int i = 0; i < 30; i++) {
            lms.course().enrol("Late", "Comer " + i, LmsRole.LEARNER);
        }

        JsonNode members = TestTool.json(TOOL.get(urls.roster() + "?limit=500", LtiNames.TYPE_ROSTER, token));

        assertThat(TestTool.json(TOOL.get(urls.lineItems(), LtiNames.TYPE_LINE_ITEMS, token)))
                .hasSize(10);
        assertThat(members.path("members")).hasSize(50);
        assertThat(members.path("members").get(0).path("user_id").asString()).matches("[0-9a-f-]{36}");
        assertThat(members.path("context").path("id").asString()).matches("[0-9a-f]{40}");
    }

    @Test
    void canvasTellsTheNumbersOfPeopleWhereALinkIsNamed() {
        lms.close();
        Tool tool = TOOL.registration("tool-a").as(Mode.CANVAS);
        lms = ReferenceLms.builder()
                .tool(tool.withCustom("canvas_user_id", "$Canvas.user.id")
                        .withCustom("sis", "$Canvas.user.sisSourceId"))
                .start();
        TOOL.knows(lms);
        Urls canvas = new Urls(lms, lms.course(), tool);
        String rlid = "?rlid=" + lms.course().contextId(tool);

        JsonNode custom = TestTool.json(
                        TOOL.get(canvas.roster() + rlid, LtiNames.TYPE_ROSTER, TOOL.token("tool-a", ALL)))
                .path("members")
                .get(0)
                .path("message")
                .get(0)
                .path(LtiNames.CUSTOM);

        assertThat(custom.path("canvas_user_id").asString())
                .isEqualTo(lms.numberOf(lms.course().people().get(0).id()));
        assertThat(custom.path("sis").asString()).isEqualTo("$Canvas.user.sisSourceId");
    }

    @Test
    void canvasCountsAttemptsUnlessToldNotToAndClearsAGradeThatIsNotFinal() {
        start(Mode.CANVAS);
        Column essay = lms.course().columnCalled("Essay 1");
        essay.allowAttempts(1);
        LmsUser student = lms.course().student(0);
        String scores = urls.results(essay).replace("/results", "/scores");

        assertThat(score(scores, student.id(), "4", "5", "2026-09-01T10:00:00.000Z")
                        .statusCode())
                .isEqualTo(200);
        assertThat(score(scores, student.id(), "5", "5", "2026-09-01T10:00:01.000Z")
                        .statusCode())
                .isEqualTo(422);
        String regrade = "{\"userId\":\"" + student.id() + "\",\"timestamp\":\"2026-09-01T10:00:02Z\","
                + "\"activityProgress\":\"Completed\",\"gradingProgress\":\"Pending\","
                + "\"https://canvas.instructure.com/lti/submission\":{\"new_submission\":false}}";
        assertThat(TOOL.send("POST", scores, LtiNames.TYPE_SCORE, token, regrade)
                        .statusCode())
                .isEqualTo(200);
        assertThat(essay.grade(student).orElseThrow().score()).isNull();
        assertThat(essay.attempts(student)).isEqualTo(1);
        assertThat(score(scores, student.id(), "5", "5", "2026-08-01T10:00:00.000Z")
                        .statusCode())
                .isEqualTo(400);
    }

    private static Optional<String> next(HttpResponse<String> page, String quote) {
        Matcher link = Pattern.compile("<([^>]+)>; rel=" + quote + "next")
                .matcher(page.headers().firstValue("Link").orElse(""));
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    // ---- faults

    @Test
    void aFaultStrikesAfterItsGoodAnswersAndForItsTimes() {
        lms.setFault(
                Service.ROSTER,
                Fault.tooManyRequests(Duration.ofSeconds(3)).after(1).times(1));

        List<HttpResponse<String>> answers = List.of(roster(), roster(), roster());

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 429, 200);
        assertThat(answers.get(1).headers().firstValue("Retry-After")).hasValue("3");
    }

    @Test
    void aFaultCanBeHtmlOrHalfAnAnswer() {
        lms.setFault(Service.ROSTER, Fault.html());
        assertThat(roster().body()).contains("<!DOCTYPE html>");

        lms.setFault(Service.ROSTER, Fault.halfBody());
        assertThat(roster().body()).startsWith("{").doesNotEndWith("}");

        lms.setFault(Service.ROSTER, Fault.cutOff());
        assertThatThrownBy(this::roster).isInstanceOf(UncheckedIOException.class);

        lms.setFault(Service.ROSTER, Fault.closesConnection());
        assertThatThrownBy(this::roster).isInstanceOf(UncheckedIOException.class);

        lms.clearFaults();
        assertThat(roster().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> roster() {
        return TOOL.get(urls.roster(), LtiNames.TYPE_ROSTER, token);
    }
}
