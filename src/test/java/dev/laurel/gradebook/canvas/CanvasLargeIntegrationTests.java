package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.havingExactly;
import static dev.laurel.WireMocks.html;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.laurel.SteppingClock;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.ServiceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does not fit one answer, one look or one permission is read all the same, or stays as it was. */
class CanvasLargeIntegrationTests extends AbstractCanvasTests {

    private static final String GRADED =
            "\"score\":18,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"";

    private static final String LARGE = "\"body\":\"" + "x".repeat(6_000_000) + "\"," + GRADED;

    private static final String UNPOSTED = "\"score\":18,\"workflow_state\":\"graded\",\"posted_at\":null";

    @Autowired
    KnownColumns log;

    private String ada;

    private String bea;

    @BeforeEach
    void enrol() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        ada = course.lms().numberOf(course.course().student(0).id());
        bea = course.lms().numberOf(course.course().student(1).id());
    }

    @Test
    void aPageThatIsTooLargeForAnAnswerIsAskedForInSmallerOnes() {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"812\",\"submissions\":["
                        + submission("812", "\"body\":\"" + "x".repeat(6_000_000) + "\"," + GRADED) + "]}]");
        canvas.on(
                asking("/students/submissions").withQueryParam("per_page", equalTo("10")),
                json("[{\"user_id\":\"812\",\"submissions\":[" + submission("812", GRADED) + "]}]"));

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
    }

    @Test
    void aPageOfWhatIsNewThatIsTooLargeIsAskedForInSmallerOnes() {
        String digest = Bookmark.parse(read().bookmark()).columns();
        canvas.on(
                asking("/students/submissions").withQueryParam("graded_since", containing("T")),
                json("[" + submission("812", "\"body\":\"" + "x".repeat(6_000_000) + "\"," + GRADED) + "]"));
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("graded_since", containing("T"))
                        .withQueryParam("per_page", equalTo("10")),
                json("[" + submission("812", GRADED) + "]"));
        String before =
                new Bookmark(Instant.now(), digest, "", "", "", "", false, null, "", 0, "", LeftOut.NOBODY).toString();

        Reading reading = source.read(context(), new Look(column -> true, before, Set.of()), NOBODY_WAITS);

        assertThat(reading.problem()).isNull();
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
    }

    @Test
    void aLookAtEverybodyGoesOnWhereTheLastOneEnded() {
        String page = "/api/v1/courses/2/students/submissions?page=bookmark:2&per_page=100";
        canvas.on("/students/submissions", json("[]"));
        canvas.on(
                asking("/students/submissions").withQueryParam("page", equalTo("bookmark:2")),
                json("[{\"user_id\":\"812\",\"submissions\":[" + submission("812", GRADED) + "]}]"));
        String digest = Bookmark.parse(read().bookmark()).columns();
        String owing = new Bookmark(Instant.now(), digest, "", "", "", "", false, null, page, 0, "", LeftOut.NOBODY)
                .toString();
        assertThat(source.isBehind(owing)).isTrue();

        Reading reading = source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(canvas.asked("/students/submissions", "graded_since", "T"))
                .as("what is new is read meanwhile")
                .isNotEmpty();
        assertThat(source.isBehind(reading.bookmark())).isFalse();
    }

    @Test
    void aPageThatIsTooLargeInTheMiddleOfALookAtEverybodyIsReadInSmallerOnesFromThere() {
        String owing = owing(pageOf("3", 100));
        answer("3", 100, json("[{\"user_id\":\"1\",\"submissions\":[" + submission("1", LARGE) + "]}]"));
        answer("21", 10, student("812").withHeader("Link", next("22", 10)));
        answer("22", 10, student("813"));

        Reading reading = source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactlyInAnyOrder("812", "813");
        assertThat(canvas.asked("/students/submissions", "grouped", "1"))
                .as("what is before it is not read again, nor is what is too large")
                .hasSize(3);
        assertThat(source.isBehind(reading.bookmark())).isFalse();
    }

    @Test
    void aLookAtEverybodyThatBreaksOffGoesOnFromItsLastPageAndNotAtOnce() {
        canvas.on(
                asking("/students/submissions").withQueryParam("grouped", equalTo("1")),
                student("812").withHeader("Link", next("bookmark:2", 100)));
        answer("bookmark:2", 100, html(500));

        Reading first = read();
        assertThat(accounts(first)).containsExactly("812");
        assertThat(source.isBehind(first.bookmark())).as("it has a pause").isFalse();

        answer("bookmark:2", 100, student("813"));
        server.resetRequests();
        Reading second = source.read(context(), new Look(column -> true, first.bookmark(), Set.of()), NOBODY_WAITS);

        assertThat(accounts(second)).containsExactly("813");
        assertThat(canvas.asked("/students/submissions", "grouped", "1")).hasSize(1);
        assertThat(canvas.asked("/students/submissions", "graded_since", "T"))
                .as("and what is new")
                .isNotEmpty();
        assertThat(Bookmark.parse(second.bookmark()).columns()).isNotEmpty();
    }

    @Test
    void aLookAtEverybodyThatIsThrottledGoesOnWhereItStopped() {
        canvas.on(
                asking("/students/submissions").withQueryParam("grouped", equalTo("1")),
                student(ada).withHeader("Link", next("bookmark:2", 100)));
        answer("bookmark:2", 100, json(429, "{}").withHeader("Retry-After", "60"));
        look();
        assertThat(row().failingSince()).isNotNull();

        pauseEnds();
        answer("bookmark:2", 100, student(bea));
        server.resetRequests();
        look();

        assertThat(canvas.asked("/students/submissions", "page", "bookmark:2")).hasSize(1);
        assertThat(canvas.asked("/students/submissions", "grouped", "1"))
                .as("what was read is not read again")
                .hasSize(1);
        assertThat(row().failingSince()).isNull();
    }

    @Test
    void aLookAtEverybodyThatIsThrottledBehindItsGradesReadsTheRestOfEverybody() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on(asking("/students/submissions").withQueryParam("grouped", equalTo("1")), student(ada));
        canvas.on("/outcome_rollups", json(429, "{}").withHeader("Retry-After", "60"));
        look();
        assertThat(row().failingSince()).isNotNull();

        canvas.on("/outcome_rollups", "{\"rollups\":[],\"linked\":{\"outcomes\":[]}}");
        pauseEnds();
        server.resetRequests();
        look();

        assertThat(canvas.asked("/students/submissions", "grouped", "1"))
                .noneMatch(each -> each.queryParameter("student_ids[]").containsValue("all"));
        assertThat(canvas.asked("/outcome_rollups")).hasSize(1);
        assertThat(row().failingSince()).isNull();
    }

    private void pauseEnds() {
        app.getBean(JdbcClient.class)
                .sql("UPDATE source_look SET not_before = NULL, next_look_at = tried_at WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }

    @Test
    void whatIsNewIsAskedForFromTheSameTimeAgainWhereItCouldNotBeRead() {
        String digest = Bookmark.parse(read().bookmark()).columns();
        String before = new Bookmark(
                        Instant.parse("2026-01-31T08:00:00Z"),
                        digest,
                        "",
                        "",
                        "",
                        "",
                        false,
                        null,
                        "",
                        0,
                        "",
                        LeftOut.NOBODY)
                .toString();
        canvas.on(asking("/students/submissions").withQueryParam("graded_since", containing("T")), json(500, "{}"));

        Reading reading = source.read(context(), new Look(column -> true, before, Set.of()), NOBODY_WAITS);

        Bookmark after = Bookmark.parse(reading.bookmark());
        assertThat(after.since()).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
        assertThat(after.owesEverybody())
                .as("an hour's fault is no reason to read everybody")
                .isFalse();
    }

    @Test
    void timeThatRunsOutIsNoSizeUntilItRunsOutAgainAndAgain() {
        String owing = owing(pageOf("3", 100));
        answer("3", 100, json(504, "{}"));
        answer("21", 10, student("812"));

        Reading reading = source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(canvas.asked("/students/submissions", "page", "3"))
                .as("the same is tried first")
                .hasSize(4);
        assertThat(accounts(reading)).containsExactly("812");
    }

    @Test
    void whereCanvasAnswersNothingInTimeNothingSmallerIsAsked() {
        canvas.on("", json(504, "{}"));
        canvas.on("/assignment_groups", json(504, "{}"));

        assertThat(read().problem()).isNotNull();

        assertThat(canvas.asked("/assignment_groups", "per_page", "10"))
                .allSatisfy(each ->
                        assertThat(each.queryParameter("per_page").values()).containsExactly("100"));
    }

    @Test
    void anAnswerAboutNamedPeopleThatIsTooLargeIsAskedForOfFewer() {
        canvas.on(
                asking("/students/submissions").withQueryParam("student_ids[]", equalTo(ada)),
                json("[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, GRADED) + "]}]"));
        canvas.on(
                asking("/students/submissions").withQueryParam("student_ids[]", equalTo(bea)),
                json("[{\"user_id\":\"" + bea + "\",\"submissions\":[" + submission(bea, GRADED) + "]}]"));
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("student_ids[]", havingExactly(equalTo(ada), equalTo(bea))),
                json("[{\"user_id\":\"1\",\"submissions\":[" + submission("1", LARGE) + "]}]"));
        Set<Long> both = Set.of(
                course.person(course.course().student(0)),
                course.person(course.course().student(1)));

        Reading reading = source.read(context(), new Look(column -> true, owing(""), both), NOBODY_WAITS);

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactlyInAnyOrder(ada, bea);
    }

    @Test
    void timeThatRunsOutOnceIsNoSizeThoughNoTriesAreLeft() {
        String owing = owing(pageOf("3", 100));
        for (int i = 0; i < 3; i++) {
            server.stubFor(asking("/assignment_groups")
                    .inScenario("slips")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "slip " + i)
                    .willReturn(json(503, "{}"))
                    .willSetStateTo("slip " + (i + 1)));
        }
        answer("3", 100, json(504, "{}"));
        answer("21", 10, student("812"));

        Reading reading = source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(canvas.asked("/students/submissions", "page", "3")).hasSize(1);
        assertThat(accounts(reading)).isEmpty();
        assertThat(Bookmark.parse(reading.bookmark()).wholePage()).isEqualTo(pageOf("3", 100));
    }

    @Test
    void aCourseThatEndedIsFoundToHaveAtTheEndOfALookAtEverybodyThatTookSeveral() {
        String owing = owing(pageOf("3", 100));
        answer("3", 100, student("812"));
        canvas.on("", "{\"id\":\"2\",\"workflow_state\":\"completed\",\"grading_standard_id\":null}");

        source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(source.hasEnded(context())).isTrue();
    }

    @Test
    void whatTheLastPageOfTheFirstLookAtEverybodySaysIsNoNews() {
        allow(CanvasCapability.GRADES, CanvasCapability.MODULES);
        modules();
        String owing = owing(pageOf("3", 100));
        answer("3", 100, student(ada));

        Reading last = source.read(context(), new Look(column -> true, owing, Set.of(), owing, Set.of()), NOBODY_WAITS);
        assertThat(Bookmark.parse(last.bookmark()).newsRead()).isNull();

        Reading next = source.read(
                context(),
                new Look(column -> true, last.bookmark(), Set.of(), last.bookmark(), Set.of()),
                NOBODY_WAITS);
        assertThat(Bookmark.parse(next.bookmark()).newsRead()).isNotNull();
    }

    @Test
    void whereCanvasRefusesToSpeakOfSomebodyNobodyIsAskedForTwice() {
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);
        canvas.on("/enrollments", "[]");
        String owing = owing("");
        canvas.on(asking("/enrollments").withQueryParam("user_id", equalTo(ada)), json(404, CanvasStub.UNKNOWN));
        Set<Long> both = Set.of(
                course.person(course.course().student(0)),
                course.person(course.course().student(1)));

        source.read(context(), new Look(column -> true, owing, both), NOBODY_WAITS);

        assertThat(canvas.asked("/enrollments")).hasSize(2);
    }

    private static String pageOf(String page, int size) {
        return "/api/v1/courses/2/students/submissions?grouped=1&page=" + page + "&per_page=" + size;
    }

    private String next(String page, int size) {
        return "<" + canvas.address() + pageOf(page, size) + ">; rel=\"next\"";
    }

    private void answer(String page, int size, ResponseDefinitionBuilder answer) {
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("page", equalTo(page))
                        .withQueryParam("per_page", equalTo(Integer.toString(size))),
                answer);
    }

    private static ResponseDefinitionBuilder student(String user) {
        return json("[{\"user_id\":\"" + user + "\",\"submissions\":[" + submission(user, GRADED) + "]}]");
    }

    private String owing(String page) {
        String digest = Bookmark.parse(read().bookmark()).columns();
        server.resetRequests();
        return new Bookmark(Instant.now(), digest, "", "", "", "", false, null, page, 0, "", LeftOut.NOBODY).toString();
    }

    @Test
    void pagesAreReadAsLongAsThereIsTimeAndTheNextOneIsKept() {
        String next = "/api/v1/courses/2/enrollments?page=2";
        canvas.on("/enrollments", json("[]").withHeader("Link", "<" + canvas.address() + next + ">; rel=\"next\""));
        List<Object> pages = new ArrayList<>();
        CanvasClient slow = new CanvasClient(
                app.getBean(PlatformServices.class),
                app.getBean(ServiceReader.class),
                app.getBean(CanvasTokens.class),
                app.getBean(RateLimits.class),
                new SteppingClock(Duration.ofMinutes(1)));
        CanvasClient.Trip trip = slow.trip(
                grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow(),
                keys.find(course.tenant(), course.registrationId(), CanvasSource.NAME)
                        .orElseThrow(),
                () -> {});

        assertThat(trip.pagesFrom(
                        "/api/v1/courses/2/enrollments",
                        "totals",
                        Duration.ofMinutes(2),
                        pages::add,
                        place -> {},
                        null))
                .isEqualTo(next);
        assertThat(pages).hasSize(1);
    }

    @Test
    void aBookmarkThatGrowsTooLongLosesRoundsBeforeItLosesAPage() {
        String page = "/api/v1/courses/2/students/submissions?page=" + "x".repeat(200);
        Bookmark full =
                new Bookmark(Instant.now(), "digest", page, page, "812", "", true, 7L, page, 0, "", LeftOut.NOBODY);

        Bookmark kept = Bookmark.parse(full.toString());

        assertThat(kept.wholePage()).isEqualTo(page);
        assertThat(kept.columns()).isEqualTo("digest");
        assertThat(kept.totals()).isEmpty();
        assertThat(kept.newsRead()).isEqualTo(7);
        assertThat(kept.hidesTotals()).isTrue();
        Bookmark lost = Bookmark.parse(new Bookmark(
                        Instant.now(), "digest", "", "", "", "", true, null, page + page + page, 0, "", LeftOut.NOBODY)
                .toString());
        assertThat(lost.columns()).as("everybody is read anew").isEmpty();
    }

    @Test
    void aPartWhoseAnswerIsAWebPageHidesNoneBehindIt() {
        allow(CanvasCapability.TOTALS, CanvasCapability.MODULES);
        canvas.on("/enrollments", html(200));
        modules();

        look();

        assertThat(labels()).contains("Module: Week 1");
        assertThat(row().failingSince()).isNull();
        assertThat(row().problem()).contains("web page instead of data");
    }

    @Test
    void whatMayNotBeReadAnyMoreStaysAndSaysWhichPermissionLacks() {
        allow(CanvasCapability.GRADES, CanvasCapability.MODULES);
        modules();
        look();
        assertThat(labels()).contains("Quiz", "Module: Week 1");

        allow(CanvasCapability.GRADES);
        look();

        assertThat(gradebook.lineItems(course.tenant(), course.contextId()).stream()
                        .filter(item -> item.label().equals("Module: Week 1")))
                .singleElement()
                .matches(item -> !item.deleted());
        assertThat(row().problem()).contains("not allowed to read the modules of this course");
    }

    @Test
    void ofWhomSomethingIsHiddenIsAskedInOneRequestAboutAllOfIt() {
        hideQuizAndEssay();

        look();

        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "301"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.queryParameter("assignment_ids[]").values())
                            .containsExactlyInAnyOrder("301", "302");
                    assertThat(each.queryParameter("student_ids[]").values()).containsExactlyInAnyOrder(ada, bea);
                });
    }

    @Test
    void ofMoreThatIsHiddenEachHasItsTurn() {
        hideQuizAndEssay();
        long first = course.person(course.course().student(0));
        long second = course.person(course.course().student(1));
        long lower = Math.min(first, second);

        assertThat(log.hidden(course.tenant(), course.contextId(), CanvasSource.NAME, 0, 2))
                .extracting(KnownColumns.Hidden::personId)
                .containsOnly(lower);
        assertThat(log.hidden(course.tenant(), course.contextId(), CanvasSource.NAME, lower, 9))
                .extracting(KnownColumns.Hidden::personId)
                .containsOnly(Math.max(first, second));
        String digest = Bookmark.parse(read().bookmark()).columns();
        server.resetRequests();
        String turn = new Bookmark(Instant.now(), digest, "", "", "", "", false, null, "", lower, "", LeftOut.NOBODY)
                .toString();

        Reading reading = source.read(context(), new Look(column -> true, turn, Set.of()), NOBODY_WAITS);

        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "301"))
                .hasSize(1);
        long after = Bookmark.parse(reading.bookmark()).hiddenRead();
        assertThat(after).isEqualTo(Math.max(first, second));
        reading = source.read(context(), new Look(column -> true, reading.bookmark(), Set.of()), NOBODY_WAITS);
        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "301"))
                .hasSize(2);
        assertThat(Bookmark.parse(reading.bookmark()).hiddenRead())
                .as("again from the first")
                .isEqualTo(after);
    }

    @Test
    void ofPostedGradesEachHasItsTurnToBeReadOnceMore() {
        // So many that one student is all that a look asks for.
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(IntStream.range(301, 601)
                        .mapToObj(number -> QUIZ.replace("301", Integer.toString(number)))
                        .collect(Collectors.joining(","))));
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, GRADED) + "]},{\"user_id\":\"" + bea
                        + "\",\"submissions\":[" + submission(bea, GRADED) + "]}]");
        look();
        canvas.on("/students/submissions", "[]");
        server.resetRequests();

        look();
        look();
        look();

        List<String> round = List.of(ada, bea).stream().sorted().toList();
        assertThat(canvas.asked("/students/submissions", "grouped", "1"))
                .extracting(each -> each.queryParameter("student_ids[]").values())
                .containsExactly(List.of(round.get(0)), List.of(round.get(1)), List.of(round.get(0)));
    }

    @Test
    void whereOneGradeIsHiddenAgainAllOfThatAssignmentAreRead() {
        quizAndEssay();
        String hidden = "{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, UNPOSTED) + ","
                + submission(ada, GRADED).replace("301", "302") + "]}";
        canvas.on("/students/submissions", "[" + hidden.replace(UNPOSTED, GRADED) + "]");
        look();
        canvas.on("/students/submissions", "[]");
        canvas.on(asking("/students/submissions").withQueryParam("grouped", equalTo("1")), json("[" + hidden + "]"));
        server.resetRequests();

        look();

        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "30"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.queryParameter("student_ids[]").values()).containsExactly("all");
                    assertThat(each.queryParameter("assignment_ids[]").values()).containsExactly("301");
                });
        assertThat(latest("Quiz").visibility()).isEqualTo(Observation.Visibility.HIDDEN);
    }

    @Test
    void whoseRowsTheListCutsIsLeftForTheNextLook() {
        KnownColumns.Hidden first = new KnownColumns.Hidden("assignment-301", 1);
        KnownColumns.Hidden second = new KnownColumns.Hidden("assignment-301", 2);
        KnownColumns.Hidden more = new KnownColumns.Hidden("assignment-302", 2);

        assertThat(HiddenAgain.withoutLast(List.of(first, second, more))).containsExactly(first);
        assertThat(HiddenAgain.withoutLast(List.of(second, more)))
                .as("who is the only one")
                .containsExactly(second, more);
    }

    @Test
    void whatIsPostedBesideWhatIsHiddenIsNothingNew() {
        quizAndEssay();
        String quizHidden = "{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, UNPOSTED) + ","
                + submission(ada, GRADED).replace("301", "302") + "]}";
        String essayHidden = "{\"user_id\":\"" + bea + "\",\"submissions\":[" + submission(bea, GRADED) + ","
                + submission(bea, UNPOSTED).replace("301", "302") + "]}";
        canvas.on("/students/submissions", "[" + quizHidden + "," + essayHidden + "]");
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on("/outcome_rollups", "{\"rollups\":[],\"linked\":{\"outcomes\":[]}}");
        look();
        canvas.on("/students/submissions", "[]");
        canvas.on(
                asking("/students/submissions").withQueryParam("assignment_ids[]", equalTo("301")),
                json("[%s,%s,%s,%s]"
                        .formatted(
                                submission(ada, UNPOSTED),
                                submission(bea, GRADED),
                                submission(ada, GRADED).replace("301", "302"),
                                submission(bea, UNPOSTED).replace("301", "302"))));
        server.resetRequests();

        look();

        assertThat(canvas.asked("/students/submissions", "assignment_ids[]", "30"))
                .hasSize(1);
        assertThat(canvas.asked("/outcome_rollups", "user_ids[]", "")).isEmpty();
    }

    private void quizAndEssay() {
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ + "," + QUIZ.replace("301", "302").replace("\"Quiz\"", "\"Essay\"")));
    }

    private void hideQuizAndEssay() {
        quizAndEssay();
        canvas.on("/students/submissions", "[%s,%s]".formatted(unposted(ada), unposted(bea)));
        look();
        canvas.on("/students/submissions", "[]");
    }

    private static String unposted(String user) {
        return "{\"user_id\":\"" + user + "\",\"submissions\":[" + submission(user, UNPOSTED) + ","
                + submission(user, UNPOSTED).replace("301", "302") + "]}";
    }

    @Test
    void ofWhomSomethingIsNewNobodyIsForgottenUntilSheIsAskedFor() {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, GRADED) + "]}]");
        look();
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"" + bea + "\",\"submissions\":[" + submission(bea, GRADED) + "]}]");
        Looking.atEverything(app, course.tenant(), course.contextId());

        NewOfPeople news = news(0L);
        assertThat(news.users()).containsExactly(ada, bea);
        long place = news.place(bea::equals);
        assertThat(news(place).users()).containsExactly(bea);
        assertThat(news(news.place(user -> false)).users()).isEmpty();
        assertThat(news(null).users()).as("from now on").isEmpty();
    }

    private NewOfPeople news(@Nullable Long after) {
        return new NewOfPeople(context(), log, contexts, after);
    }

    private void modules() {
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"state":"started","items":[
                  {"id":"201","title":"Page","published":true,"completion_requirement":{"type":"must_view"}}]}]""");
    }

    private List<String> labels() {
        return gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .map(LineItem::label)
                .toList();
    }

    private SourceReport.Look row() {
        return app.getBean(Sources.class).of(context()).stream()
                .filter(report -> report.source().equals(CanvasSource.NAME))
                .map(SourceReport::look)
                .findFirst()
                .orElseThrow();
    }
}
