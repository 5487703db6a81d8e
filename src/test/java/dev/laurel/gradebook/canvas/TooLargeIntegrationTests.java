package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.havingExactly;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import java.util.Set;
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
        allow(CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ.replace("\"published\":true", "\"published\":true,\"post_manually\":true")));
        canvas.on("/outcome_rollups", """
                {"rollups":[{"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"%s"}},
                            {"scores":[{"score":3.4,"links":{"outcome":"77"}}],"links":{"user":"%s"}}],
                 "linked":{"outcomes":[{"id":"77","title":"Analyse","points_possible":5.0,"mastery_points":3.0,
                   "alignments":["assignment_301"]}]}}""".formatted(ada, bea));
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
        answer(null, student(ada).withHeader("Link", next("2")));

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
        canvas.on(
                "/students/submissions",
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
    void whereNobodyCanBeReadItIsSaidAndNotTriedForEver() {
        canvas.on("/students/submissions", large("812"));

        Reading reading = read();

        assertThat(reading.warnings())
                .anyMatch(words -> words.startsWith("The results of 5 students could not be read"));
        assertThat(canvas.asked("/students/submissions", "per_page", "1").size())
                .isLessThan(10);
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
