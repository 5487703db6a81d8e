package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.havingExactly;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.laurel.WoundClock;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Observation.Visibility;
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
import lms.LmsUser;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Students of whom Canvas says more than Laurel takes in at once. */
class TooLargeIntegrationTests extends AbstractCanvasTests {

    private static final String GRADED =
            "\"score\":18,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"";

    private static final String LARGE = "\"body\":\"" + "x".repeat(6_000_000) + "\"," + GRADED;

    private static final String ONE = "The results of one student could not be read";

    private String ada;

    private String bea;

    @BeforeEach
    void enrol() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        ada = course.lms().numberOf(course.course().student(0).id());
        bea = course.lms().numberOf(course.course().student(1).id());
    }

    @Test
    void whatStudentsHandedInIsNotAskedFor() {
        say(GRADED);
        Reading whole = read();
        read(whole.bookmark());
        readOf(course.person(course.course().student(0)));

        assertThat(canvas.asked("/students/submissions"))
                .hasSizeGreaterThan(3)
                .allSatisfy(each -> assertThat(
                                each.queryParameter("exclude_response_fields[]").values())
                        .contains("body", "attachments", "discussion_entries"));
    }

    @Test
    void oneStudentHoldsUpNobodyBehindHer() {
        canvas.on("/students/submissions", large("812"));
        answer(null, student(ada).withHeader("Link", next("2")));
        answer("3", student(bea).withHeader("Link", next("4")));
        answer("4", json("[]"));

        Reading whole = read();

        assertThat(whole.problem()).isNull();
        assertThat(accounts(whole)).containsExactlyInAnyOrder(ada, bea);
        assertThat(whole.warnings()).anyMatch(words -> words.startsWith(ONE));
        assertThat(source.isBehind(whole.bookmark())).isFalse();

        canvas.on("/students/submissions", "[]");
        assertThat(read(whole.bookmark()).warnings())
                .as("it is said until she is read")
                .anyMatch(words -> words.startsWith(ONE));
        assertThat(read().warnings()).noneMatch(words -> words.startsWith(ONE));
    }

    @Test
    void onlyHerOwnOutcomesWaitForWhatCouldNotBeRead() {
        bothReachAnOutcome();
        canvas.on("/students/submissions", large("812"));
        answer(null, student(bea).withHeader("Link", next("2")));
        answer("3", json("[]"));
        String bookmark = read().bookmark();
        assertThat(Bookmark.parse(bookmark).leftOut()).isEqualTo(new LeftOut(1, Set.of(ada)));
        canvas.on("/students/submissions", "[]");

        Reading reading = read(bookmark);

        assertThat(result(reading, "outcome-77", ada).visibility()).isEqualTo(Visibility.HIDDEN);
        assertThat(result(reading, "outcome-77", bea).visibility()).isEqualTo(Visibility.UNKNOWN);
    }

    @Test
    void ofSomethingNewThatIsTooLargeItIsFoundOutWhoseItIsSoThatNoOtherOutcomesWait() {
        bothReachAnOutcome();
        String bookmark = read().bookmark();
        canvas.on(since(), json("[" + submission(ada, LARGE) + "]"));
        canvas.on(since().withQueryParam("page", equalTo("2")).withQueryParam("per_page", equalTo("1")), json("[]"));
        canvas.on(
                since().withQueryParam("response_fields[]", equalTo("user_id")),
                json("[{\"user_id\":\"" + ada + "\"}]"));

        Reading reading = read(bookmark);

        assertThat(reading.problem()).isNull();
        assertThat(reading.warnings()).anyMatch(words -> words.startsWith(ONE));
        assertThat(Bookmark.parse(reading.bookmark()).leftOut()).isEqualTo(new LeftOut(1, Set.of(ada)));
        assertThat(result(reading, "outcome-77", ada).visibility()).isEqualTo(Visibility.HIDDEN);
        assertThat(result(reading, "outcome-77", bea).visibility()).isEqualTo(Visibility.UNKNOWN);
    }

    private void bothReachAnOutcome() {
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"published\":true", "\"published\":true,\"post_manually\":true")));
        canvas.on("/outcome_rollups", """
                {"rollups":[{"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"%s"}},
                            {"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"%s"}}],
                 "linked":{"outcomes":[{"id":"77","title":"Analyse","points_possible":5.0,"mastery_points":3.0,
                   "alignments":["assignment_301"]}]}}""".formatted(ada, bea));
    }

    private static MappingBuilder since() {
        return asking("/students/submissions").withQueryParam("graded_since", containing("T"));
    }

    @Test
    void oneAtWhomCanvasFailsHoldsUpNobodyBehindHerEither() {
        canvas.on("/students/submissions", json(500, "{}"));
        answer(null, student(ada).withHeader("Link", next("2")));
        answer("3", student(bea).withHeader("Link", next("4")));
        answer("4", json("[]"));

        Reading whole = read();

        assertThat(whole.problem()).isNull();
        assertThat(accounts(whole)).containsExactlyInAnyOrder(ada, bea);
        assertThat(whole.warnings()).anyMatch(words -> words.startsWith(ONE));
        assertThat(Bookmark.parse(whole.bookmark()).wholePage()).isEmpty();
        assertThat(source.isBehind(whole.bookmark())).isFalse();
    }

    @Test
    void whereCanvasFailsAtEverybodyNobodyIsPassedOver() {
        canvas.on("/students/submissions", json(500, "{}"));
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("student_ids[]", equalTo("all"))
                        .withQueryParam("page", absent())
                        .withQueryParam("per_page", equalTo("1")),
                student(ada).withHeader("Link", next("2")));

        Bookmark end = Bookmark.parse(read().bookmark());

        assertThat(end.wholePage()).endsWith("page=2&per_page=1");
        assertThat(end.leftOut()).isEqualTo(LeftOut.NOBODY);
    }

    @Test
    void oneAtWhoseTotalsCanvasFailsHoldsUpNobodyBehindHer() {
        allow(CanvasCapability.TOTALS);
        canvas.on("/enrollments", json(500, "{}"));
        canvas.on(
                asking("/enrollments").withQueryParam("per_page", equalTo("1")).withQueryParam("page", equalTo("2")),
                json("[{\"user_id\":\"" + bea
                        + "\",\"type\":\"StudentEnrollment\",\"grades\":{\"current_score\":80}}]"));

        Reading reading = read();

        assertThat(accounts(reading)).contains(bea);
        assertThat(reading.warnings())
                .anyMatch(words -> words.startsWith("The course totals of one student could not be read"));
    }

    @Test
    void behindOneWhoIsTooLargePagesAreLargeAgain() {
        canvas.on("/students/submissions", large("812"));
        for (int page = 2; page <= 10; page++) {
            answer(Integer.toString(page), 1, json("[]").withHeader("Link", next(Integer.toString(page + 1))));
        }
        for (int page = 2; page <= 5; page++) {
            answer(Integer.toString(page), 10, json("[]").withHeader("Link", next(page + 1, 10)));
        }
        answer("6", 10, student(bea));

        Reading whole = read();

        assertThat(whole.problem()).isNull();
        assertThat(accounts(whole)).containsExactly(bea);
        assertThat(whole.warnings()).anyMatch(words -> words.startsWith(ONE));
        assertThat(canvas.asked("/students/submissions")).hasSizeLessThan(25);
    }

    @Test
    void thePageWhereALookAtEverybodyGoesOnIsKeptShort() {
        canvas.on("/students/submissions", json(500, "{}"));
        canvas.on(
                asking("/students/submissions").withQueryParam("student_ids[]", equalTo("all")),
                student(ada)
                        .withHeader(
                                "Link",
                                "<" + canvas.address()
                                        + "/api/v1/courses/2/students/submissions?exclude_response_fields%5B%5D=body"
                                        + "&student_ids%5B%5D=all&exclude_response_fields%5B%5D=preview_url"
                                        + "&page=bookmark:2&per_page=100>; rel=\"next\""));
        canvas.on(asking("/students/submissions").withQueryParam("page", equalTo("bookmark:2")), json(500, "{}"));

        Bookmark end = Bookmark.parse(read().bookmark());

        assertThat(end.wholePage())
                .isEqualTo("/api/v1/courses/2/students/submissions?student_ids%5B%5D=all&page=bookmark:2&per_page=100");
    }

    @Test
    void behindAPageThatFailsAndIsNamedByAMarkTheOthersAreReadByName() {
        canvas.on("/students/submissions", json(500, "{}"));
        answer(null, 100, student(ada).withHeader("Link", marked("/students/submissions")));
        canvas.on(asking("/students/submissions").withQueryParam("student_ids[]", equalTo(bea)), student(bea));

        Reading whole = read();

        assertThat(whole.problem()).isNull();
        assertThat(accounts(whole)).containsExactlyInAnyOrder(ada, bea);
        assertThat(Bookmark.parse(whole.bookmark()).wholePage()).isEmpty();
        assertThat(Bookmark.parse(whole.bookmark()).leftOut()).isEqualTo(LeftOut.NOBODY);
    }

    @Test
    void aPageOfTotalsThatFailsAndIsNamedByAMarkHoldsUpNobodyInAnyLook() {
        allow(CanvasCapability.TOTALS);
        totalsBehindTheFirstPageFail();
        totalOf(ada, json(total(ada)));
        totalOf(bea, json(total(bea)));
        known();

        Reading reading = read();
        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactlyInAnyOrder(ada, bea);

        Reading second = read(reading.bookmark());
        assertThat(accounts(second)).as("the first page").containsExactly(ada);
        Reading third = read(second.bookmark());
        assertThat(third.problem()).isNull();
        assertThat(accounts(third)).containsExactlyInAnyOrder(ada, bea);
    }

    @Test
    void oneAtWhoseTotalsCanvasFailsHoldsUpNobodyWhoIsAskedForByNameWithHer() {
        allow(CanvasCapability.TOTALS);
        totalsBehindTheFirstPageFail();
        totalOf(ada, json(500, "{}"));
        totalOf(bea, json(total(bea)));

        Reading reading = read();
        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).contains(bea);
        assertThat(reading.warnings())
                .anyMatch(words -> words.startsWith("The course totals of one student could not be read"));

        Reading ofHer = source.read(
                context(),
                new Look(
                        column -> true,
                        reading.bookmark(),
                        Set.of(course.person(course.course().student(0)))),
                NOBODY_WAITS);
        assertThat(ofHer.problem()).as("Canvas tells of others").isNull();
    }

    /** Of so many people Canvas is asked for everybody, which takes fewer requests. */
    @Test
    void whereThePageOfEverybodyFailsThoseOfWhomSomethingIsNewAreReadByName() {
        course.close();
        course = LmsCourse.start(app, ReferenceLms.builder().students(35), CanvasConnection::tool);
        contexts.refreshRoster(course.tenant(), course.contextId());
        allow(CanvasCapability.TOTALS);
        canvas.on("/enrollments", json(500, "{}"));
        List<LmsUser> students = course.course().students().subList(0, 33);
        List<String> users = students.stream()
                .map(student -> course.lms().numberOf(student.id()))
                .toList();
        users.forEach(user -> totalOf(user, json(total(user))));

        Reading reading = source.read(
                context(),
                new Look(
                        column -> true,
                        "now",
                        students.stream().map(course::person).collect(Collectors.toSet())),
                NOBODY_WAITS);

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactlyInAnyOrderElementsOf(users);
        assertThat(canvas.asked("/enrollments"))
                .anyMatch(each -> !each.queryParameter("user_id").isPresent());
    }

    @Test
    void whereCanvasFailsAtTheTotalsOfEverybodyItIsAProblemOfAllOfThem() {
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);
        totalsBehindTheFirstPageFail();

        Reading reading = read();

        assertThat(reading.warnings()).anyMatch(words -> words.contains("fault of its own"));
    }

    @Test
    void oneOfWhoseModulesCanvasFailsToTellHoldsUpNobodyBehindHer() {
        allow(CanvasCapability.MODULES);
        canvas.on("/modules", """
                [{"id":"20","name":"Week 1","published":true,"state":"completed","items":[
                  {"id":"201","title":"Quiz","published":true,"completion_requirement":{"type":"must_view"}}]}]""");
        canvas.on(asking("/modules").withQueryParam("student_id", equalTo(ada)), json(500, "{}"));

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactly(bea);
        assertThat(reading.warnings())
                .anyMatch(words -> words.startsWith("The modules of one student could not be read"));
    }

    private void totalsBehindTheFirstPageFail() {
        canvas.on("/enrollments", json(500, "{}"));
        canvas.on(
                asking("/enrollments")
                        .withQueryParam("user_id", absent())
                        .withQueryParam("page", absent())
                        .withQueryParam("per_page", equalTo("100")),
                json(total(ada)).withHeader("Link", marked("/enrollments")));
    }

    private void totalOf(String user, ResponseDefinitionBuilder answer) {
        canvas.on(asking("/enrollments").withQueryParam("user_id", equalTo(user)), answer);
    }

    private static String total(String user) {
        return "[{\"user_id\":\"" + user + "\",\"type\":\"StudentEnrollment\",\"grades\":{\"current_score\":80}}]";
    }

    private String marked(String path) {
        return "<" + canvas.address() + "/api/v1/courses/2" + path + "?page=bookmark:2&per_page=100>; rel=\"next\"";
    }

    /** Whoever it fails at for a while, when a look has taken its time, is asked for again from there. */
    @Test
    void aPageThatFailsWhenTheTimeOfALookIsUpIsTheOneThatTheNextLookBeginsWith() {
        WoundClock clock = new WoundClock(Instant.now());
        canvas.on("/students/submissions", json(500, "{}"));
        answer(null, student(ada).withHeader("Link", next("2")));
        answer("3", student(bea));
        CanvasClient client = new CanvasClient(
                app.getBean(PlatformServices.class),
                app.getBean(ServiceReader.class),
                app.getBean(CanvasTokens.class),
                app.getBean(RateLimits.class),
                clock);
        int[] requests = {0};
        CanvasClient.Trip trip = client.trip(
                grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow(),
                keys.find(course.tenant(), course.registrationId(), CanvasSource.NAME)
                        .orElseThrow(),
                () -> {
                    if (++requests[0] > 1) {
                        clock.windTo(clock.instant().plus(Duration.ofSeconds(50)));
                    }
                });
        List<String> leftOut = new ArrayList<>();

        String next = trip.pagesFrom(
                "/api/v1/courses/2/students/submissions?grouped=1&per_page=1",
                "grades",
                Duration.ofMinutes(2),
                page -> {},
                place -> {},
                leftOut::add);

        assertThat(next).endsWith("page=2&per_page=1");
        assertThat(leftOut).isEmpty();
    }

    @Test
    void whereNobodyCanBeReadItIsSaidAndNotTriedForEver() {
        canvas.on("/students/submissions", large("812"));

        Reading reading = read();

        assertThat(reading.warnings())
                .anyMatch(words -> words.startsWith("The results of 5 students could not be read"));
        assertThat(canvas.asked("/students/submissions", "per_page", "1").size())
                .isLessThan(12);
        assertThat(Bookmark.parse(reading.bookmark()).isBehind()).isFalse();
    }

    @Test
    void ofNamedPeopleTheOthersAreRead() {
        Reading whole = read();
        canvas.on(asking("/students/submissions").withQueryParam("student_ids[]", equalTo(ada)), large(ada));
        canvas.on(asking("/students/submissions").withQueryParam("student_ids[]", equalTo(bea)), student(bea));
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("student_ids[]", havingExactly(equalTo(ada), equalTo(bea))),
                large(ada));

        Reading reading = source.read(
                context(),
                new Look(
                        column -> true,
                        whole.bookmark(),
                        Set.of(
                                course.person(course.course().student(0)),
                                course.person(course.course().student(1)))),
                NOBODY_WAITS);

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactly(bea);
    }

    @Test
    void ofNamedPeopleTheOthersAreReadWhereCanvasFailsAtOne() {
        Reading whole = read();
        canvas.on("/students/submissions", json(500, "{}"));
        canvas.on(
                asking("/students/submissions").withQueryParam("student_ids[]", havingExactly(equalTo(bea))),
                student(bea));

        for (int of : new int[] {2, 1}) {
            Set<Long> people = course.course().students().stream()
                    .limit(of)
                    .map(course::person)
                    .collect(Collectors.toSet());

            Reading reading = source.read(context(), new Look(column -> true, whole.bookmark(), people), NOBODY_WAITS);

            assertThat(reading.problem()).isNull();
            assertThat(accounts(reading)).containsExactly(bea);
        }
    }

    @Test
    void whatIsNewBehindOneThatIsTooLargeIsRead() {
        Reading whole = read();
        canvas.on(
                asking("/students/submissions").withQueryParam("graded_since", containing("T")),
                json("[" + submission(ada, LARGE) + "]"));
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("graded_since", containing("T"))
                        .withQueryParam("page", equalTo("2"))
                        .withQueryParam("per_page", equalTo("1")),
                json("[" + submission(bea, GRADED) + "]"));

        Reading reading = read(whole.bookmark());

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading)).containsExactly(bea);
        assertThat(reading.warnings()).anyMatch(words -> words.startsWith(ONE));
        assertThat(Bookmark.parse(reading.bookmark()).leftOut())
                .as("nobody knows of whom")
                .isEqualTo(new LeftOut(1, null));
    }

    private Reading read(String bookmark) {
        return source.read(context(), new Look(column -> true, bookmark, Set.of()), NOBODY_WAITS);
    }

    private void readOf(long person) {
        source.read(context(), new Look(column -> true, read().bookmark(), Set.of(person)), NOBODY_WAITS);
    }

    private static ResponseDefinitionBuilder large(String user) {
        return json("[{\"user_id\":\"" + user + "\",\"submissions\":[" + submission(user, LARGE) + "]}]");
    }

    private static ResponseDefinitionBuilder student(String user) {
        return json("[{\"user_id\":\"" + user + "\",\"submissions\":[" + submission(user, GRADED) + "]}]");
    }

    private String next(String page) {
        return next(Integer.parseInt(page), 1);
    }

    private String next(int page, int size) {
        return "<" + canvas.address() + "/api/v1/courses/2/students/submissions?grouped=1&page=" + page + "&per_page="
                + size + ">; rel=\"next\"";
    }

    private void answer(@Nullable String page, ResponseDefinitionBuilder answer) {
        answer(page, 1, answer);
    }

    private void answer(@Nullable String page, int size, ResponseDefinitionBuilder answer) {
        canvas.on(
                asking("/students/submissions")
                        .withQueryParam("grouped", equalTo("1"))
                        .withQueryParam("page", page == null ? absent() : equalTo(page))
                        .withQueryParam("per_page", equalTo(Integer.toString(size))),
                answer);
    }
}
