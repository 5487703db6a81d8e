package dev.laurel.gradebook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lms.Column;
import lms.LmsUser;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events make Laurel look at once, and are believed in nothing. */
@LaurelTest
class EventsIntegrationTests {

    private static final String COURSE = "10000000000055";

    private static final String ADA = "10000000000812";

    @Autowired
    ApplicationContext app;

    @Autowired
    EventChannels channels;

    @Autowired
    Gradebook gradebook;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();

    private LmsCourse course;

    private LmsUser ada;

    private Column essay;

    private EventChannels.Keys keys;

    @BeforeEach
    void aCourseThatIsReadOnceAndThenRests() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(2));
        ada = course.course().student(0);
        course.admit(ada, Role.LEARNER);
        essay = course.addColumn("Essay", 100);
        course.isNumbered("55");
        keys = channels.open(course.tenant(), course.registrationId(), 1);
        gradebook.checkSoon(course.tenant(), course.contextId());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gradebook.lineItems(course.tenant(), course.contextId()).stream()
                        .anyMatch(item -> item.label().equals("Essay")));
        rest();
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aSignedWebhookMakesTheCourseBeReadAtOnceAndItsScoresAreNotLookedAt() throws Exception {
        course.course().typeGrade(ada, essay, "85");
        String body = "{\"events\":[{\"course\":\"55\",\"user\":\"" + ada.id()
                + "\",\"score\":100,\"item\":\"Essay\",\"score_maximum\":100}]}";

        assertThat(signed(body, Instant.now(), keys.secret()).statusCode()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(20)).until(() -> seen().isPresent());
        assertThat(seen().orElseThrow().score()).isEqualByComparingTo("85");
    }

    @Test
    void aForgedGradeChangesNothing() throws Exception {
        course.course().typeGrade(ada, essay, "40");
        send("/events/canvas/" + keys.path(), gradeChange("100"));
        await().atMost(Duration.ofSeconds(20)).until(() -> seen().isPresent());
        rest();
        for (int i = 0; i < 3; i++) {
            assertThat(send("/events/canvas/" + keys.path(), gradeChange("100")).statusCode())
                    .isEqualTo(202);
        }
        awaitNothingHinted();
        assertThat(seen().orElseThrow().score()).isEqualByComparingTo("40");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM observation WHERE tenant_id = ? AND context_id = ?")
                        .params(course.tenant().value(), course.contextId())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** The same work in two courses; of one no event arrives, of the other all do, some twice, some forged, in any order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_126})
    void withEveryEventLostTheNextLookFindsTheSame(long seed) throws Exception {
        Random dice = new Random(seed);
        try (LmsCourse silent = LmsCourse.start(app, ReferenceLms.builder().students(2))) {
            for (LmsCourse each : List.of(course, silent)) {
                each.admit(each.course().student(0), Role.LEARNER);
                each.admit(each.course().student(1), Role.LEARNER);
            }
            silent.addColumn("Essay", 100);
            readOnce(silent);
            rest(silent);
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int student = dice.nextInt(2);
                String column = dice.nextBoolean() ? "Essay" : "Essay 1";
                String grade = dice.nextInt(5) == 0 ? "" : Integer.toString(dice.nextInt(101));
                for (LmsCourse each : List.of(course, silent)) {
                    each.course()
                            .typeGrade(
                                    each.course().student(student),
                                    each.course().columnCalled(column),
                                    grade);
                }
                bodies.add("{\"events\":[{\"course\":\"55\",\"user\":\""
                        + course.course().student(student).id() + "\",\"score\":" + dice.nextInt(101) + "}]}");
                if (dice.nextInt(3) == 0) {
                    bodies.add(bodies.get(dice.nextInt(bodies.size())));
                }
                if (dice.nextInt(4) == 0) {
                    tell(bodies, dice);
                }
            }
            tell(bodies, dice);
            awaitNothingHinted();
            Map<String, String> told = state(course);

            assertThat(state(silent)).as("nothing was read").isNotEqualTo(told);
            readOnce(silent);

            assertThat(state(silent)).as("seed %d", seed).isNotEmpty().isEqualTo(told);
            readOnce(course);
            assertThat(state(course)).as("seed %d", seed).isEqualTo(told);
        }
    }

    private void tell(List<String> bodies, Random dice) throws Exception {
        Collections.shuffle(bodies, dice);
        for (String body : bodies) {
            assertThat(signed(body, Instant.now(), keys.secret()).statusCode()).isEqualTo(202);
        }
        bodies.clear();
    }

    /** As the next look that is due does. */
    private void readOnce(LmsCourse of) {
        Instant asked = Instant.now();
        gradebook.checkSoon(of.tenant(), of.contextId());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            Instant looked = gradebook.status(of.tenant(), of.contextId()).lastCheckedAt();
            return looked != null && looked.isAfter(asked);
        });
    }

    /** Every column, and in each what is known of whom. */
    private Map<String, String> state(LmsCourse of) {
        Map<Long, String> labels = gradebook.lineItems(of.tenant(), of.contextId()).stream()
                .collect(Collectors.toMap(LineItem::id, item -> item.label() + " of " + item.scoreMaximum()));
        Map<Long, String> names = Map.of(
                of.person(of.course().student(0)), "one",
                of.person(of.course().student(1)), "two");
        Map<String, String> state = new TreeMap<>();
        labels.values().forEach(label -> state.put(label, ""));
        gradebook
                .latest(of.tenant(), of.contextId(), labels.keySet(), names.keySet())
                .forEach(seen -> state.put(
                        labels.get(seen.lineItemId()) + " by " + names.get(seen.personId()),
                        seen.status() + " " + seen.score() + " " + seen.scoreMaximum() + " " + seen.grade() + " "
                                + seen.visibility() + " " + seen.late()));
        return state;
    }

    @Test
    void caliperIsUnderstoodToo() throws Exception {
        course.course().typeGrade(ada, essay, "85");
        String event = """
                {"sensor":"http://oxana.instructure.com/","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p1","data":[
                {"type":"GradeEvent","actor":{"id":"urn:instructure:canvas:user:10000000000044"},
                "object":{"id":"urn:instructure:canvas:submission:1","assignee":{"id":"urn:instructure:canvas:user:%s"}},
                "generated":{"scoreGiven":100},"group":{"id":"urn:instructure:canvas:course:%s"}}]}""".formatted(ADA, COURSE);

        assertThat(send("/events/canvas/" + keys.path(), event).statusCode()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(20)).until(() -> seen().isPresent());
    }

    @Test
    void whoDoesNotKnowTheSecretsIsTurnedAway() throws Exception {
        String body = "{\"events\":[{\"course\":\"55\"}]}";
        assertThat(send("/events/canvas/guessed", gradeChange("1")).statusCode())
                .isEqualTo(404);
        assertThat(signed(body, Instant.now(), "guessed").statusCode()).isEqualTo(401);
        assertThat(signed(body, Instant.now().minusSeconds(600), keys.secret()).statusCode())
                .as("recorded and sent again later")
                .isEqualTo(401);
        assertThat(send("/events/results/" + keys.path(), body).statusCode()).isEqualTo(401);
        channels.open(course.tenant(), course.registrationId(), 1);
        assertThat(send("/events/canvas/" + keys.path(), gradeChange("1")).statusCode())
                .as("the address of before")
                .isEqualTo(404);
        assertThat(hints()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJSUzI1NiJ9.eyJib2R5Ijp7fX0.AAAA",
                "<xml/>"
            })
    void whatCannotBeReadIsRefusedWithoutAnError(String body) throws Exception {
        assertThat(send("/events/canvas/" + keys.path(), body).statusCode()).isEqualTo(400);
        assertThat(hints()).isZero();
    }

    @Test
    void eventsOfCoursesThatNobodyLaunchedAreTakenInAndForgotten() throws Exception {
        assertThat(signed("{\"events\":[{\"course\":\"4711\",\"user\":\"x\"}]}", Instant.now(), keys.secret())
                        .statusCode())
                .isEqualTo(202);
        assertThat(hints()).isZero();
        assertThat(send("/events/canvas/" + keys.path(), "{\"data\":\"" + "x".repeat(600_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void onlyLearnersOfTheCourseAreReadAloneAndWhateverElseIsSaidMakesAllOfItBeLookedAt() {
        LmsUser stranger = course.course().student(1);
        long adaHere = course.person(ada);

        assertThat(hintedBy(new Said("55", ada.id()))).containsExactly(Set.of(adaHere));
        assertThat(hintedBy(new Said("55", ada.id()), new Said("55", stranger.id())))
                .as("who never came")
                .containsExactly(Set.of(adaHere), Set.of());
        assertThat(hintedBy(new Said("55", ada.id()), new Said("55", null)))
                .as("a column was changed")
                .containsExactly(Set.of(adaHere), Set.of());
        assertThat(hintedBy(new Said("55", course.course().teacher().id())))
                .as("what the teacher did")
                .containsExactly(Set.of());
    }

    @Test
    void aCourseIsFoundByItsNumberOrItsLtiIdAndAnythingElseIsNoCourse() {
        String ltiId = course.course().contextId(course.tool());
        Contexts contexts = app.getBean(Contexts.class);
        assertThat(contexts.byPlatformCourse(
                        course.tenant(),
                        course.registrationId(),
                        List.of("55", ltiId, "55 ", "", "5", ltiId + " "),
                        false))
                .containsOnly(
                        Map.entry("55", List.of(course.contextId())), Map.entry(ltiId, List.of(course.contextId())));
        assertThat(contexts.byPlatformCourse(course.tenant(), course.registrationId() + 1, List.of("55", ltiId), false))
                .isEmpty();
        assertThat(hintedBy(new Said("55 ", ada.id()))).isEmpty();
    }

    private List<Set<Long>> hintedBy(Said... said) {
        List<Set<Long>> hinted = new ArrayList<>();
        new EventHints(app.getBean(Contexts.class), (tenant, contextId, people) -> hinted.add(people))
                .take(course.tenant(), course.registrationId(), List.of(said));
        return hinted;
    }

    private static String gradeChange(String score) {
        return """
                {"metadata":{"event_name":"grade_change","context_type":"Course","context_id":"%s","user_id":"10000000000044"},
                "body":{"assignment_id":"10000000000301","student_id":"%s","score":%s,"points_possible":100}}""".formatted(COURSE, ADA, score);
    }

    private HttpResponse<String> signed(String body, Instant at, String secret) throws Exception {
        String timestamp = Long.toString(at.getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256="
                + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        return http.send(
                request("/events/results/" + keys.path(), body)
                        .header("Laurel-Timestamp", timestamp)
                        .header("Laurel-Signature", signature)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        return http.send(request(path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(publicUrl.at(path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Nothing is due for a day. */
    private void rest() {
        awaitNothingHinted();
        rest(course);
    }

    private void rest(LmsCourse course) {
        jdbc.sql("UPDATE source_look SET next_look_at = ?, tried_at = ?, answered_at = tried_at WHERE tenant_id = ?")
                .params(
                        Instant.now()
                                .plus(Duration.ofDays(1))
                                .toString()
                                .replace("T", " ")
                                .replace("Z", ""),
                        Instant.now()
                                .minusSeconds(60)
                                .toString()
                                .replace("T", " ")
                                .replace("Z", ""),
                        course.tenant().value())
                .update();
        jdbc.sql("UPDATE gradebook SET asked_at = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }

    private void awaitNothingHinted() {
        await().atMost(Duration.ofSeconds(20)).until(() -> hints() == 0);
    }

    private long hints() {
        return jdbc.sql("SELECT COUNT(*) FROM reading_hint WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }

    private Optional<Observation> seen() {
        List<Long> items = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.label().equals("Essay"))
                .map(item -> item.id())
                .toList();
        return gradebook.latest(course.tenant(), course.contextId(), items, List.of(course.person(ada))).stream()
                .findFirst();
    }
}
