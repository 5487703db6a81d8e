package dev.laurel.gradebook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.FaultRun;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lms.Column;
import lms.Grade;
import lms.LmsUser;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that are lost, come twice, late, in another order, cut off, or forged, while the platform that they are about fails
 * too. They only ever make Laurel look: whatever comes, what is known was graded once, and after one look at a platform that
 * is well it is what stands there. How long: see {@link FaultRun}.
 */
@Tag("once")
@LaurelTest
class EventFaultRunTests {

    private static final int ROUNDS = 15;

    private static final int STUDENTS = 6;

    /** Nobody gives such a grade. */
    private static final String FORGED = "77.77";

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

    static LongStream seeds() {
        return FaultRun.seeds(20_261_126, 7);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverEventsSayWhatIsKnownIsWhatThePlatformTells(long seed) throws Exception {
        FaultRun run = new FaultRun("Events");
        run.over(seed, this::start, (course, own) -> new Term(course, new Random(own), own).pass(run));
    }

    private LmsCourse start(long seed) {
        LmsCourse course =
                LmsCourse.start(app, ReferenceLms.builder().students(STUDENTS).pageSize(4));
        course.addColumn("Essay", 100);
        course.addColumn("Quiz", 100);
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        course.isNumbered("55");
        Looking.alone(app, course.tenant(), course.contextId());
        return course;
    }

    /** An answer that is right, and how to get it. */
    private record Sent(int answer, HttpRequest request) {}

    /** What happens in one course. */
    private final class Term {

        private final LmsCourse course;

        private final Random dice;

        private final long seed;

        private final EventChannels.Keys keys;

        private final Set<String> everGiven = new HashSet<>();

        private final List<Sent> underWay = new ArrayList<>();

        Term(LmsCourse course, Random dice, long seed) {
            this.course = course;
            this.dice = dice;
            this.seed = seed;
            this.keys = channels.open(course.tenant(), course.registrationId(), 1);
        }

        void pass(FaultRun run) {
            course.lms().disorder(new Random(seed));
            for (int round = 0; run.goesOn(round, ROUNDS); round++) {
                course.lms().clearFaults();
                for (Service service : List.of(Service.LINE_ITEMS, Service.RESULTS)) {
                    if (dice.nextInt(3) == 0) {
                        course.lms().setFault(service, FaultRun.fault(dice));
                    }
                }
                for (int i = 0; i < 4; i++) {
                    teach();
                }
                forge();
                tell();
                if (dice.nextInt(3) == 0) {
                    Looking.alone(app, course.tenant(), course.contextId());
                }
                run.looked(gradebook.status(course.tenant(), course.contextId()).problem() == null);
                assertThat(everGiven).as("seed %d, round %d", seed, round).containsAll(said());
            }
            course.lms().clearFaults();
            course.lms().disorder(null);
            Looking.alone(app, course.tenant(), course.contextId());
            assertThat(known()).as("seed %d, by one look", seed).isNotEmpty().isEqualTo(standing());

            byOneEventEach();
            assertThat(known()).as("seed %d, by one event each", seed).isEqualTo(standing());
            assertThat(everGiven).as("seed %d", seed).containsAll(said());
        }

        private void teach() {
            LmsUser student = course.course().student(dice.nextInt(STUDENTS));
            Column column = course.course().columnCalled(dice.nextBoolean() ? "Essay" : "Quiz");
            String grade = dice.nextInt(5) == 0 ? "" : Integer.toString(dice.nextInt(101));
            course.course().typeGrade(student, column, grade);
            everGiven.add(key(column.label(), course.person(student)) + " " + grade);
            // Some are lost, some come twice.
            for (int i = dice.nextInt(3); i > 0; i--) {
                underWay.add(event(student, FORGED));
            }
        }

        private Sent event(LmsUser student, String score) {
            return switch (dice.nextInt(3)) {
                case 0 -> new Sent(202, canvas(keys.path(), gradeChange("10000000000055", student.id(), score)));
                case 1 -> new Sent(202, canvas(keys.path(), """
                            {"data":[{"type":"GradeEvent","object":{"id":"urn:instructure:canvas:submission:1",
                            "assignee":"urn:instructure:canvas:user:%s"},"generated":{"scoreGiven":%s},
                            "group":"urn:instructure:canvas:course:55"}]}""".formatted(student.id(), score)));
                default ->
                    new Sent(
                            202,
                            signed(
                                    "{\"events\":[{\"course\":\"55\",\"user\":\"%s\",\"score\":%s}]}"
                                            .formatted(student.id(), score),
                                    Instant.now(),
                                    keys.secret()));
            };
        }

        /** By somebody who knows a part of the secrets, or none, or sends again what she recorded. */
        private void forge() {
            String student = course.course().student(dice.nextInt(STUDENTS)).id();
            String body = "{\"events\":[{\"course\":\"55\",\"user\":\"%s\",\"score\":%s}]}".formatted(student, FORGED);
            String change = gradeChange("55", student, FORGED);
            underWay.add(
                    switch (dice.nextInt(8)) {
                        case 0 -> new Sent(404, canvas("guessed", change));
                        case 1 -> new Sent(401, signed(body, Instant.now(), "guessed"));
                        case 2 -> new Sent(401, signed(body, Instant.now().minus(Duration.ofHours(1)), keys.secret()));
                        case 3 ->
                            new Sent(400, canvas(keys.path(), change.substring(0, dice.nextInt(change.length()))));
                        case 4 -> new Sent(400, canvas(keys.path(), "eyJhbGciOiJub25lIn0.e30."));
                        case 5 -> new Sent(202, canvas(keys.path(), gradeChange("4711", student, FORGED)));
                        case 6 -> new Sent(202, canvas(keys.path(), gradeChange("55", "4711", FORGED)));
                        default ->
                            new Sent(
                                    202,
                                    signed(
                                            "{\"events\":[{\"course\":\"55 OR 1=1\",\"user\":\"%s\"}]}"
                                                    .formatted(student),
                                            Instant.now(),
                                            keys.secret()));
                    });
        }

        /** Some of what is under way arrives, in any order. */
        private void tell() {
            Collections.shuffle(underWay, dice);
            for (int i = dice.nextInt(underWay.size() + 1); i > 0; i--) {
                arrive(underWay.remove(0));
            }
        }

        private void arrive(Sent sent) {
            try {
                assertThat(http.send(sent.request(), HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .as("seed %d, %s", seed, sent.request().uri().getPath())
                        .isEqualTo(sent.answer());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Nothing else would look for a day. */
        private void byOneEventEach() {
            Looking.nobodyElse(app, course.tenant());
            jdbc.sql("UPDATE source_look SET next_look_at = ? WHERE tenant_id = ?")
                    .params(
                            Utc.of(Instant.now().plus(Duration.ofDays(1))),
                            course.tenant().value())
                    .update();
            jdbc.sql("UPDATE gradebook SET asked_at = NULL WHERE tenant_id = ?")
                    .param(course.tenant().value())
                    .update();
            underWay.clear();
            for (LmsUser student : course.course().students()) {
                Column column = course.course().columnCalled(dice.nextBoolean() ? "Essay" : "Quiz");
                String grade = Integer.toString(dice.nextInt(101));
                course.course().typeGrade(student, column, grade);
                everGiven.add(key(column.label(), course.person(student)) + " " + grade);
                underWay.add(event(student, FORGED));
                underWay.add(event(student, FORGED));
            }
            Collections.shuffle(underWay, dice);
            underWay.forEach(this::arrive);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql("SELECT COUNT(*) FROM reading_hint WHERE tenant_id = ?")
                                    .param(course.tenant().value())
                                    .query(Long.class)
                                    .single()
                            == 0);
        }

        private HttpRequest canvas(String path, String body) {
            return request("/events/canvas/" + path, body).build();
        }

        private HttpRequest signed(String body, Instant at, String secret) {
            String timestamp = Long.toString(at.getEpochSecond());
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                byte[] signature = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
                return request("/events/results/" + keys.path(), body)
                        .header("Laurel-Timestamp", timestamp)
                        .header("Laurel-Signature", "sha256=" + HexFormat.of().formatHex(signature))
                        .build();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private HttpRequest.Builder request(String path, String body) {
            return HttpRequest.newBuilder(URI.create(publicUrl.at(path)))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }

        private static String gradeChange(String course, String student, String score) {
            return """
                    {"metadata":{"event_name":"grade_change","context_type":"Course","context_id":"%s"},
                    "body":{"assignment_id":"301","student_id":"%s","score":%s,"points_possible":100}}""".formatted(course, student, score);
        }

        private Map<String, String> standing() {
            Map<String, String> standing = new TreeMap<>();
            for (LmsUser student : course.course().students()) {
                for (Column column : course.course().columns()) {
                    column.grade(student)
                            .map(Grade::score)
                            .ifPresent(
                                    score -> standing.put(key(column.label(), course.person(student)), plain(score)));
                }
            }
            return standing;
        }

        private Map<String, String> known() {
            Map<String, String> known = new TreeMap<>();
            Map<Long, String> columns = columns();
            gradebook.latest(course.tenant(), course.contextId(), columns.keySet(), null).stream()
                    .filter(seen -> seen.score() != null)
                    .forEach(seen ->
                            known.put(key(columns.get(seen.lineItemId()), seen.personId()), plain(seen.score())));
            return known;
        }

        /** Everything that was ever recorded. */
        private List<String> said() {
            Map<Long, String> columns = columns();
            return gradebook.history(course.tenant(), course.contextId(), columns.keySet(), null).stream()
                    .map(seen -> key(columns.get(seen.lineItemId()), seen.personId()) + " "
                            + (seen.status() == Observation.Status.NONE ? "" : plain(seen.score())))
                    .toList();
        }

        private Map<Long, String> columns() {
            return gradebook.lineItems(course.tenant(), course.contextId()).stream()
                    .collect(Collectors.toMap(LineItem::id, LineItem::label));
        }

        private static String key(String column, long person) {
            return column + " of " + person;
        }

        private static String plain(BigDecimal score) {
            return score.stripTrailingZeros().toPlainString();
        }
    }
}
