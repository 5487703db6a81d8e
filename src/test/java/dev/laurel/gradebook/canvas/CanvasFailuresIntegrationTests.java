package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.laurel.WireMocks.brokenOff;
import static dev.laurel.WireMocks.closed;
import static dev.laurel.WireMocks.dripping;
import static dev.laurel.WireMocks.html;
import static dev.laurel.WireMocks.json;
import static dev.laurel.WireMocks.truncated;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How Canvas hands out lists in pages, and the ways in which it, or what stands before it, does not answer. */
@Tag("once")
class CanvasFailuresIntegrationTests extends AbstractCanvasTests {

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
        canvas.on(
                "/assignment_groups",
                json(401, "{\"errors\":[{\"message\":\"Invalid access token.\"}]}")
                        .withHeader("WWW-Authenticate", "Bearer"));
        canvas.on("/login/oauth2/token", json(503, ""));

        assertThat(problem(read())).contains("fault of its own");
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow()
                        .endedAt())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"staff\"", "Negotiate", "Bearer error=\"invalid_token\""})
    void aGatewayThatAsksForAPassEndsNoPermission(String challenge) {
        for (String body : List.of("<html>Log in</html>", "{\"message\":\"Unauthorized\"}")) {
            canvas.on("/assignment_groups", json(401, body).withHeader("WWW-Authenticate", challenge));
            canvas.on(
                    "/login/oauth2/token",
                    "{\"access_token\":\"second\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

            Reading reading = read();

            assertThat(problem(reading)).contains("What stands before Canvas");
            assertThat(reading.problem()).matches(problem -> !problem.isFinal());
            assertThat(canvas.asked("/login/oauth2/token")).isEmpty();
            assertThat(grant().endedAt()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Blocked</html>",
                "",
                "{}",
                "{\"error\":\"temporarily_unavailable\"}",
                "{\"error\":\"invalid_request\",\"error_description\":\"request blocked\"}"
            })
    void aRenewalThatAGatewayRefusesEndsNoPermission(String body) {
        for (int status : new int[] {400, 401}) {
            grants.renewed(grant(), "access", Instant.now().minusSeconds(5));
            canvas.on("/login/oauth2/token", json(status, body));

            Reading reading = read();

            assertThat(problem(reading)).contains("about Laurel's permission cannot be read");
            assertThat(reading.problem()).matches(problem -> !problem.isFinal());
            assertThat(grant().endedAt()).isNull();
        }
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
    void pagesMayBeNamedByMarksThatMeanNothingAndHaveNoLast() {
        for (int page = 1; page <= 4; page++) {
            String students = "[{\"user_id\":\"" + page + "\",\"submissions\":["
                    + submission(Integer.toString(page), "\"score\":1,\"workflow_state\":\"graded\"") + "]}]";
            String next = canvas.address() + "/api/v1/courses/2/students/submissions?page=bookmark:" + (page + 1);
            canvas.on(
                    page == 1
                            ? asking("/students/submissions")
                            : asking("/students/submissions").withQueryParam("page", equalTo("bookmark:" + page)),
                    page == 4 ? json(students) : json(students).withHeader("Link", "<" + next + ">; rel=\"next\""));
        }

        assertThat(accounts(read())).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void pagesThatGoInCirclesEnd() {
        canvas.on(
                "/students/submissions",
                json("[]")
                        .withHeader(
                                "Link",
                                "<" + canvas.address()
                                        + "/api/v1/courses/2/students/submissions?page=2>; rel=\"next\""));

        Reading reading = read();

        assertThat(problem(reading)).contains("go in circles");
        assertThat(canvas.asked("/students/submissions")).hasSize(2);
    }

    @Test
    void aTokenThatExpiredOnTheWayIsRenewedAndTheLookGoesOnWithTheNewOne() {
        canvas.on(
                asking("/students/submissions").withHeader("Authorization", equalTo("Bearer access")),
                json(401, "{\"errors\":[{\"message\":\"Invalid access token.\"}]}")
                        .withHeader("WWW-Authenticate", "Bearer realm=\"canvas-lms\""));
        canvas.on(
                asking("/students/submissions").withHeader("Authorization", equalTo("Bearer second")),
                json("[{\"user_id\":\"812\",\"submissions\":["
                        + submission("812", "\"score\":18,\"workflow_state\":\"graded\"") + "]}]"));
        canvas.on("/login/oauth2/token", "{\"access_token\":\"second\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(canvas.asked("/login/oauth2/token")).hasSize(1);
        assertThat(grant().accessToken()).isEqualTo("second");
        assertThat(grant().refreshToken()).as("Canvas gives no new one").isEqualTo("refresh");
    }

    @Test
    void aTokenThatIsAboutToEndIsRenewedBeforeAnythingIsAsked() {
        grants.renewed(grant(), "access", Instant.now().plusSeconds(5));
        canvas.on("/login/oauth2/token", "{\"access_token\":\"second\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

        assertThat(read().problem()).isNull();

        assertThat(canvas.asked(""))
                .singleElement()
                .satisfies(asked -> assertThat(asked.getHeader("Authorization")).isEqualTo("Bearer second"));
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_grant", "401, invalid_grant", "400, invalid_request"})
    void aPermissionThatWasRevokedInCanvasEndsAndIsNotAskedForAgain(int status, String error) {
        grants.renewed(grant(), "access", Instant.now().minusSeconds(5));
        canvas.on(
                "/login/oauth2/token",
                json(status, "{\"error\":\"" + error + "\",\"error_description\":\"refresh_token not found\"}"));

        assertThat(problem(read())).contains("does not accept the permission");

        assertThat(canvas.asked("/assignment_groups")).isEmpty();
        assertThat(grant().endedAt()).isNotNull();
        assertThat(source.obstacle(context()).orElse("")).contains("does not accept the permission");
        assertThat(source.hasEnded(context())).isFalse();
    }

    @Test
    void aCourseThatCanvasDoesNotHaveLosesNothing() {
        assertThat(read().columns()).hasSize(1);
        known();
        for (String path : List.of("", "/assignment_groups", "/students/submissions")) {
            canvas.on(path, json(404, CanvasStub.UNKNOWN));
        }

        Reading reading = read();

        assertThat(problem(reading)).contains("answer 404", "may have ended, or been hidden or deleted");
        assertThat(reading.columns()).extracting(Column::label).containsExactly("Quiz");
        assertThat(reading.results()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"workflow_state\":\"completed\"", "\"workflow_state\":\"available\",\"concluded\":true"})
    void aCourseThatEndedIsToldAsEndedAndNotAsWithoutAKey(String members) {
        canvas.on("", "{\"id\":\"2\"," + members + "}");

        assertThat(read().problem()).isNull();

        assertThat(source.hasEnded(context())).isTrue();
        assertThat(source.obstacle(context()).orElse("")).contains("has ended in Canvas");
        Sources.Silent silent = app.getBean(Sources.class).silent(course.tenant(), course.contextId());
        assertThat(silent.ended()).containsExactly("canvas");
        assertThat(silent.withoutKey()).doesNotContain("canvas");
        keys.remove(course.tenant(), course.registrationId(), CanvasSource.NAME);
        assertThat(app.getBean(Sources.class).silent(course.tenant(), course.contextId()))
                .as("ended is ended, whoever takes a key away")
                .isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource({"10, 40, false", "40, 10, false", "40, 31, true"})
    void aCourseWhoseLastDayIsPastIsReadAsLongAsWorkIsStillGraded(int endedDaysAgo, int termDaysAgo, boolean ended) {
        Instant now = Instant.now();
        canvas.on("", """
                {"id":"2","workflow_state":"available","concluded":true,"end_at":"%s","term":{"id":"1","end_at":"%s"}}""".formatted(now.minus(Duration.ofDays(endedDaysAgo)), now.minus(Duration.ofDays(termDaysAgo))));

        assertThat(read().problem()).isNull();

        assertThat(source.hasEnded(context())).isEqualTo(ended);
        assertThat(source.obstacle(context()).isPresent()).isEqualTo(ended);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 502, 503})
    void thePageOfAProxyChangesNothing(int status) {
        known();
        canvas.on("/assignment_groups", html(status));

        Reading reading = read();

        assertThat(problem(reading)).contains(status == 200 ? "web page instead of data" : "fault of its own");
        assertThat(reading.columns()).extracting(Column::label).containsExactly("Quiz");
        assertThat(reading.results()).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForOnceMoreAndThenCounts() {
        String whole = GROUPS.formatted(QUIZ);
        server.stubFor(any(urlPathMatching("/api/v1/courses/[0-9]+/assignment_groups"))
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(closed())
                .willSetStateTo("well"));
        server.stubFor(any(urlPathMatching("/api/v1/courses/[0-9]+/assignment_groups"))
                .inScenario("once")
                .whenScenarioStateIs("well")
                .willReturn(json(whole)));

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(reading.columns()).hasSize(1);
    }

    @Test
    void halfAnAnswerIsNoAnswer() {
        known();
        String whole = "[{\"user_id\":\"812\",\"submissions\":["
                + submission("812", "\"score\":18.0,\"workflow_state\":\"graded\"") + "]}]";
        for (ResponseDefinitionBuilder broken : List.of(truncated(whole), brokenOff())) {
            canvas.on("/students/submissions", broken);

            Reading reading = read();

            assertThat(reading.problem()).isNotNull();
            assertThat(reading.results()).isEmpty();
            assertThat(reading.columns()).extracting(Column::label).containsExactly("Quiz");
        }
    }

    @Test
    void aSlowAnswerIsWaitedForAndOneThatDripsForEverIsNot() {
        say("\"score\":18.0,\"workflow_state\":\"graded\"");
        canvas.on("/assignment_groups", dripping(GROUPS.formatted(QUIZ), Duration.ofSeconds(2)));
        assertThat(result(read(), "812").score()).isEqualByComparingTo("18");

        known();
        canvas.on("/assignment_groups", dripping(GROUPS.formatted(QUIZ), Duration.ofMinutes(2)));
        Reading reading = read();

        assertThat(reading.problem()).isNotNull();
        assertThat(reading.columns()).extracting(Column::label).containsExactly("Quiz");
    }

    @Test
    void aPageOfManyMegabytesIsReadAndOneBeyondReasonIsRefusedWhole() {
        String filler = "\"body\":\"" + "x".repeat(3_000_000) + "\",";
        say(filler + "\"score\":18.0,\"workflow_state\":\"graded\"");
        assertThat(result(read(), "812").score()).isEqualByComparingTo("18");

        say(filler + filler.replace("body", "preview") + "\"score\":19.0,\"workflow_state\":\"graded\"");
        Reading reading = read();

        assertThat(reading.problem()).isNotNull();
        assertThat(reading.results()).isEmpty();
    }

    @Test
    void whatCanvasSaysIsLeftLetsLaurelWaitAndGoOn() {
        // 200 are kept free for others and for one request; 10 come back each second.
        canvas.on(
                "/assignment_groups",
                json(GROUPS.formatted(QUIZ))
                        .withHeader("X-Rate-Limit-Remaining", "190.25")
                        .withHeader("X-Request-Cost", "0.8"));
        say("\"score\":18.0,\"workflow_state\":\"graded\"");
        Instant began = Instant.now();

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(800));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1e9", "99999999999999999999"})
    void whatIsNoNumberOfRequestsSaysNothing(String remaining) {
        canvas.on("/assignment_groups", json(GROUPS.formatted(QUIZ)).withHeader("X-Rate-Limit-Remaining", remaining));

        assertThat(read().problem()).isNull();
    }

    @Test
    void tooManyRequestsMeanTheSameAsCanvassOwnWords() {
        canvas.on("/students/submissions", json(429, "{}").withHeader("Retry-After", "120"));

        Reading reading = read();

        assertThat(reading.problem()).isNotNull();
        assertThat(reading.problem().retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(120));
        assertThat(canvas.asked("/students/submissions")).hasSize(1);
    }

    @Test
    void aForbiddenThatIsNoThrottleIsAMissingRight() {
        canvas.on(
                "/students/submissions",
                json(403, "{\"status\":\"unauthorized\",\"errors\":[{\"message\":\"user not authorized\"}]}"));

        Reading reading = read();

        assertThat(problem(reading)).contains("does not let Laurel read the grades");
        assertThat(grant().endedAt()).isNull();
    }

    @Test
    void aPartThatIsRefusedSaysWhatUnlocksItAndSlowsNoOther() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on("/outcome_rollups", json(403, "{\"status\":\"unauthorized\"}"));
        look();
        assertThat(row().failingSince()).as("the others keep their pace").isNull();
        assertThat(row().problem())
                .contains("the outcomes of this course", "url:GET|/api/v1/courses/:course_id/outcome_rollups");
        int asked = canvas.asked("/outcome_rollups").size();
        int grades = canvas.asked("/students/submissions").size();

        look();

        assertThat(canvas.asked("/outcome_rollups")).hasSize(asked);
        assertThat(canvas.asked("/students/submissions")).hasSizeGreaterThan(grades);
        assertThat(row().problem()).as("it is said as long as it is so").contains("the outcomes of this course");

        canvas.on("/outcome_rollups", "{\"rollups\":[],\"linked\":{\"outcomes\":[]}}");
        pausesEnd();
        look();
        assertThat(canvas.asked("/outcome_rollups")).hasSize(asked + 1);
        assertThat(row().problem()).isNull();
    }

    @Test
    void aPartOverWhichCanvasFailsHidesNoneBehindIt() {
        allow(CanvasCapability.TOTALS, CanvasCapability.MODULES);
        canvas.on("/enrollments", json(500, "{}"));
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view"}}]}]""");

        look();

        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .extracting(LineItem::label)
                .contains("Module: Week 1");
        assertThat(row().failingSince()).isNull();
        assertThat(row().problem()).contains("fault of its own");
        int asked = canvas.asked("/enrollments").size();
        look();
        assertThat(canvas.asked("/enrollments")).as("it has a pause of its own").hasSize(asked);
    }

    @Test
    void whereNothingWorksTheWholeSourceWaits() {
        allow(CanvasCapability.TOTALS, CanvasCapability.MODULES);
        canvas.on("/enrollments", json(500, "{}"));
        canvas.on("/modules", json(500, "{}"));

        look();

        assertThat(row().failingSince()).isNotNull();
        assertThat(app.getBean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM canvas_part WHERE tenant_id = ?")
                        .param(course.tenant().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void pausesEnd() {
        app.getBean(JdbcClient.class)
                .sql("UPDATE canvas_part SET next_try_at = '2026-01-01' WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }

    private SourceReport.Look row() {
        return app.getBean(Sources.class).of(context()).stream()
                .filter(report -> report.source().equals(CanvasSource.NAME))
                .map(SourceReport::look)
                .findFirst()
                .orElseThrow();
    }

    private Grant grant() {
        return grants.find(course.tenant(), course.registrationId(), course.contextId())
                .orElseThrow();
    }

    @Test
    void whoIsNewStaysSoWhereGradesCouldNotBeRead() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on("/outcome_rollups", "{\"rollups\":[],\"linked\":{\"outcomes\":[]}}");
        String bookmark = read().bookmark();
        Look look = new Look(
                column -> true,
                bookmark,
                Set.of(),
                bookmark,
                Set.of(course.person(course.course().student(0))));
        assertThat(source.read(context(), look, NOBODY_WAITS).newcomersRead()).isTrue();

        canvas.on("/assignment_groups", json(403, "{}"));
        Reading reading = source.read(context(), look, NOBODY_WAITS);

        assertThat(reading.problem()).as("outcomes were read").isNull();
        assertThat(reading.newcomersRead()).isFalse();
    }
}
