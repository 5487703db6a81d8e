package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.html;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.ServiceReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What does not fit one answer, one look or one permission is read all the same, or stays as it was. */
class CanvasLargeIntegrationTests extends AbstractCanvasTests {

    private static final String GRADED =
            "\"score\":18,\"workflow_state\":\"graded\",\"posted_at\":\"2026-01-31T08:00:00Z\"";

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
        String before = new Bookmark(Instant.now(), digest, "", "", "", "", false, null, "").toString();

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
        String owing = new Bookmark(Instant.now(), digest, "", "", "", "", false, null, page).toString();
        assertThat(source.isBehind(owing)).isTrue();

        Reading reading = source.read(context(), new Look(column -> true, owing, Set.of()), NOBODY_WAITS);

        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
        assertThat(canvas.asked("/students/submissions", "graded_since", "T"))
                .as("what is new is read meanwhile")
                .isNotEmpty();
        assertThat(source.isBehind(reading.bookmark())).isFalse();
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
                new Minutes());
        CanvasClient.Trip trip = slow.trip(
                grants.find(course.tenant(), course.registrationId(), course.contextId())
                        .orElseThrow(),
                keys.find(course.tenant(), course.registrationId(), CanvasSource.NAME)
                        .orElseThrow());

        assertThat(trip.pagesFrom("/api/v1/courses/2/enrollments", "totals", Duration.ofMinutes(2), pages::add))
                .isEqualTo(next);
        assertThat(pages).hasSize(1);
    }

    /** A minute passes whenever somebody looks. */
    private static final class Minutes extends Clock {

        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            now = now.plus(Duration.ofMinutes(1));
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aBookmarkThatGrowsTooLongLosesRoundsBeforeItLosesAPage() {
        String page = "/api/v1/courses/2/students/submissions?page=" + "x".repeat(200);
        Bookmark full = new Bookmark(Instant.now(), "digest", page, page, "812", "", true, 7L, page);

        Bookmark kept = Bookmark.parse(full.toString());

        assertThat(kept.wholePage()).isEqualTo(page);
        assertThat(kept.columns()).isEqualTo("digest");
        assertThat(kept.totals()).isEmpty();
        assertThat(kept.newsRead()).isEqualTo(7);
        assertThat(kept.hidesTotals()).isTrue();
        Bookmark lost = Bookmark.parse(
                new Bookmark(Instant.now(), "digest", "", "", "", "", true, null, page + page + page).toString());
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
    void whatIsHiddenIsAskedForByAssignment() {
        canvas.on(
                "/assignment_groups",
                GROUPS.formatted(QUIZ + "," + QUIZ.replace("301", "302").replace("\"Quiz\"", "\"Essay\"")));
        canvas.on("/students/submissions", "[%s,%s]".formatted(unposted(ada), unposted(bea)));
        look();
        canvas.on("/students/submissions", "[]");

        look();

        List<LoggedRequest> asked = canvas.asked("/students/submissions", "assignment_ids[]", "30");
        assertThat(asked).hasSize(2).allSatisfy(each -> {
            assertThat(each.queryParameter("assignment_ids[]").values()).hasSize(1);
            assertThat(each.queryParameter("student_ids[]").values()).containsExactlyInAnyOrder(ada, bea);
        });
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
        assertThat(news.users(Set.of("812"))).containsExactly(ada, bea, "812");
        long place = news.place(bea::equals);
        assertThat(news(place).users(Set.of())).containsExactly(bea);
        assertThat(news(news.place(user -> false)).users(Set.of())).isEmpty();
        assertThat(news(null).users(Set.of())).as("from now on").isEmpty();
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
