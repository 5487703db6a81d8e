package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.launch.session.Role;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import lms.Column;
import lms.Course;
import lms.Fault;
import lms.Heard;
import lms.LmsUser;
import lms.LtiNames;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Assignment and Grade Services over HTTP, case by case.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0">AGS 2.0</a>
 */
@LaurelTest
class GradeServiceConformanceTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Contexts contexts;

    @Autowired
    SyncJob sync;

    @Autowired
    SyncRepository syncs;

    private LmsCourse course;

    private LaunchedCourse launched;

    @AfterEach
    void close() {
        if (course != null) {
            course.close();
        }
        if (launched != null) {
            launched.close();
        }
    }

    // ---- launches

    @Test
    @DisplayName("A0 a learner's launch with the claim but without a lineitem is enough to read the course")
    void a0() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        Column essay = launched.lms().course().columnCalled("Essay 1");
        launched.lms().tamperWithLaunches(launch -> {
            Map<String, Object> endpoint = new HashMap<>(objects(launch.claims().get(LtiNames.AGS_ENDPOINT)));
            endpoint.remove("lineitem");
            return launch.claim(LtiNames.AGS_ENDPOINT, endpoint);
        });
        LmsUser student = launched.lms().course().student(0);
        launched.lms().course().typeGrade(student, essay, "64");

        launched.launch(student);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> gradebook
                        .gradedCounts(launched.tenant(), launched.context().id())
                        .containsValue(1));
    }

    // ---- line items

    @ParameterizedTest(
            name = "A1 a column is made with label, maximum and resource id under the scope lineitem alone, {0}")
    @EnumSource
    void a1(Mode mode) {
        start(mode);

        LineItem made = create("Oral presentation", "30", "oral");

        Column column = course.course().columnCalled("Oral presentation");
        assertThat(column.maximum()).isEqualByComparingTo("30");
        assertThat(made.externalId()).contains(column.id());
        assertThat(lastTokenFor("lineitem")).isEqualTo(LtiNames.SCOPE_LINE_ITEM);
        Heard sent = last(Service.LINE_ITEMS, "POST");
        assertThat(sent.body()).contains("\"resourceId\":\"oral\"", "\"scoreMaximum\":30");
    }

    @ParameterizedTest(name = "A2 the same column asked for twice is one column, {0}")
    @EnumSource
    void a2(Mode mode) {
        start(mode);
        int before = course.course().columns().size();

        long first = create("Oral", "30", "oral").id();
        long second = create("Another", "10", "another").id();

        assertThat(create("Oral", "30", "oral").id()).isEqualTo(first).isNotEqualTo(second);
        assertThat(course.course().columns()).hasSize(before + 2);
    }

    @Test
    @DisplayName("A3 a list without any column is read as a list without any column")
    void a3() {
        start(Mode.GENERIC);
        List.copyOf(course.course().columns()).forEach(course.course()::delete);

        look();

        assertThat(gradebook.lineItems(course.tenant(), course.contextId())).isEmpty();
        assertThat(problem()).isNull();
    }

    @Test
    @DisplayName("A4 every request names its one exact media type")
    void a4() {
        start(Mode.MOODLE);
        LineItem badges = output();
        send(badges, course.course().student(0));
        gradebook.rename(course.tenant(), badges.id(), "Essayist, renamed");
        look();

        assertThat(course.lms().heard(Service.LINE_ITEMS)).isNotEmpty().allSatisfy(request -> {
            if (request.method().equals("GET")) {
                assertThat(request.header("accept"))
                        .isIn(Optional.of(LtiNames.TYPE_LINE_ITEMS), Optional.of(LtiNames.TYPE_LINE_ITEM));
            } else {
                assertThat(request.header("content-type")).hasValue(LtiNames.TYPE_LINE_ITEM);
            }
        });
        assertThat(last(Service.SCORES, "POST").header("content-type")).hasValue(LtiNames.TYPE_SCORE);
        assertThat(last(Service.RESULTS, "GET").header("accept")).hasValue(LtiNames.TYPE_RESULTS);
    }

    @ParameterizedTest(name = "A5 a renamed column keeps its maximum, tag, resource id and link, {0}")
    @EnumSource
    void a5(Mode mode) {
        start(mode);
        LineItem made = create("Oral", "30", "oral");

        gradebook.rename(course.tenant(), made.id(), "Oral examination");

        Column column = course.course().columnCalled("Oral examination");
        assertThat(column.maximum()).isEqualByComparingTo("30");
        assertThat(last(Service.LINE_ITEMS, "PUT").body())
                .contains("\"resourceId\":\"oral\"", "\"label\":\"Oral examination\"", "\"scoreMaximum\":30");
        assertThat(gradebook.lineItem(course.tenant(), made.id()).orElseThrow().label())
                .isEqualTo("Oral examination");
        assertThat(create("Oral", "30", "oral").id()).isEqualTo(made.id());
    }

    @ParameterizedTest(name = "A6 a removed column is gone, and one that was gone already is as good, {0}")
    @EnumSource
    void a6(Mode mode) {
        start(mode);
        LineItem badges = output();
        LineItem again = create("Oral", "30", "oral");

        gradebook.remove(course.tenant(), badges.id(), 1);
        course.course().delete(course.course().columnCalled("Oral"));
        gradebook.remove(course.tenant(), again.id(), 1);

        assertThat(course.course().columns()).extracting(Column::label).doesNotContain("Essayist", "Oral");
        assertThat(gradebook
                        .lineItem(course.tenant(), badges.id())
                        .orElseThrow()
                        .deleted())
                .isTrue();
        assertThat(gradebook.lineItem(course.tenant(), again.id()).orElseThrow().deleted())
                .isTrue();
    }

    @Test
    @DisplayName("A7 a column that people made is never renamed or removed")
    void a7() {
        start(Mode.GENERIC);
        look();
        LineItem essay = item("Essay 1");

        assertThat(refusal(() -> gradebook.remove(course.tenant(), essay.id(), 1))
                        .isFinal())
                .isTrue();
        assertThat(refusal(() -> gradebook.rename(course.tenant(), essay.id(), "Mine"))
                        .isFinal())
                .isTrue();
        assertThat(course.course().columnCalled("Essay 1")).isNotNull();
        assertThat(course.lms().heard(Service.LINE_ITEMS))
                .extracting(Heard::method)
                .containsOnly("GET");
    }

    // ---- scores

    @ParameterizedTest(name = "A8 a score goes out under the scope score alone and is 1 of 1, {0}")
    @EnumSource
    void a8(Mode mode) {
        start(mode);
        LineItem badges = output();
        LmsUser student = course.course().student(0);

        send(badges, student);

        assertThat(grade(student)).isEqualByComparingTo("1");
        assertThat(lastTokenFor("score")).isEqualTo(LtiNames.SCOPE_SCORE);
        assertThat(last(Service.SCORES, "POST").body())
                .contains("\"activityProgress\":\"Completed\"", "\"gradingProgress\":\"FullyGraded\"");
    }

    @ParameterizedTest(name = "a score is taken away by one that gives none, {0}")
    @EnumSource
    void aScoreIsTakenAway(Mode mode) {
        start(mode);
        LineItem badges = output();
        LmsUser student = course.course().student(0);
        Instant before = Instant.now().minusSeconds(5);
        gradebook.sendScore(course.tenant(), badges.id(), score(student, before, before));

        gradebook.sendScore(
                course.tenant(),
                badges.id(),
                new OutgoingScore(course.person(student), null, BigDecimal.ONE, Instant.now(), Instant.now()));

        assertThat(last(Service.SCORES, "POST").body())
                .contains("\"activityProgress\":\"Initialized\"", "\"gradingProgress\":\"NotReady\"")
                .doesNotContain("scoreGiven", "submittedAt");
        if (mode != Mode.GENERIC) {
            assertThat(grade(student)).as("the LMS shows no score any more").isNull();
        }
    }

    @Test
    @DisplayName("A9 a score says when it was earned, with milliseconds and a zone")
    void a9() {
        start(Mode.GENERIC);
        LineItem badges = output();
        Instant earned = Instant.now().minus(Duration.ofDays(2));

        gradebook.sendScore(course.tenant(), badges.id(), score(course.course().student(0), Instant.now(), earned));

        String body = last(Service.SCORES, "POST").body();
        assertThat(body)
                .containsPattern("\"submittedAt\":\"" + earned.toString().substring(0, 10) + "T[0-9:]+\\.\\d{3}Z\"");
        assertThat(body).containsPattern("\"timestamp\":\"[0-9-]+T[0-9:]+\\.\\d{3}Z\"");
    }

    @ParameterizedTest(name = "A10 only Canvas is told that a score is no new attempt, {0}")
    @EnumSource
    void a10(Mode mode) {
        start(mode);
        LineItem badges = output();
        LmsUser student = course.course().student(0);

        send(badges, student);

        boolean told = last(Service.SCORES, "POST")
                .body()
                .contains("\"https://canvas.instructure.com/lti/submission\":{\"new_submission\":false}");
        assertThat(told).isEqualTo(mode == Mode.CANVAS);
        if (mode == Mode.CANVAS) {
            assertThat(course.course().columnCalled("Essayist").attempts(student))
                    .isZero();
        }
    }

    @ParameterizedTest(name = "A11 somebody who is no student any more is refused for good, in words, {0}")
    @EnumSource
    void a11(Mode mode) {
        start(mode);
        LineItem badges = output();
        LmsUser leaver = course.course().student(0);
        course.course().drop(leaver);

        GradebookException refusal = refusal(() -> send(badges, leaver));

        assertThat(refusal.isFinal()).isTrue();
        assertThat(refusal).hasMessageMatching(".*(no student of the course|the person may have left).*");
    }

    @Test
    @DisplayName("A12 attempts that have run out are refused for good, with what the teacher can do")
    void a12() {
        start(Mode.GENERIC);
        LineItem badges = output();
        course.lms()
                .setFault(Service.SCORES, Fault.status(422, "The maximum number of allowed attempts has been reached"));

        GradebookException refusal = refusal(() -> send(badges, course.course().student(0)));

        assertThat(refusal.isFinal()).isTrue();
        assertThat(refusal).hasMessageContaining("Allow more attempts");
    }

    @Test
    @DisplayName("A13 a score of an older or equal time that stands already is as good as sent")
    void a13() {
        start(Mode.MOODLE);
        LineItem badges = output();
        LmsUser student = course.course().student(0);
        Instant now = Instant.now();

        gradebook.sendScore(course.tenant(), badges.id(), score(student, now, now));
        gradebook.sendScore(course.tenant(), badges.id(), score(student, now, now));

        assertThat(grade(student)).isEqualByComparingTo("1");
        assertThat(course.lms().heard(Service.SCORES)).hasSize(2);
    }

    @ParameterizedTest(name = "A14 where another grade of a later time stands the score is tried again later, {0}")
    @EnumSource(names = {"CANVAS", "MOODLE"})
    void a14(Mode mode) {
        start(mode);
        LineItem badges = output();
        LmsUser student = course.course().student(0);
        Instant before = Instant.now().minusSeconds(5);
        course.course().typeGrade(student, course.course().columnCalled("Essayist"), "0");

        GradebookException refusal =
                refusal(() -> gradebook.sendScore(course.tenant(), badges.id(), score(student, before, before)));

        assertThat(refusal.isFinal()).isFalse();
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        gradebook.sendScore(
                course.tenant(), badges.id(), score(student, Instant.now().plusSeconds(2), Instant.now()));
        assertThat(grade(student)).isEqualByComparingTo("1");
    }

    @Test
    @DisplayName("A15 a platform that is busy says how long to wait, by 429 with Retry-After or by Canvas's 403")
    void a15() {
        start(Mode.CANVAS);
        LineItem badges = output();
        LmsUser student = course.course().student(0);
        course.lms().setFault(Service.SCORES, Fault.tooManyRequests(Duration.ofSeconds(90)));
        GradebookException busy = refusal(() -> send(badges, student));
        course.lms().setFault(Service.SCORES, Fault.throttled());
        GradebookException throttled = refusal(() -> send(badges, student));

        assertThat(busy.isFinal()).isFalse();
        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(throttled.isFinal()).isFalse();
        assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    // ---- results

    @Test
    @DisplayName("A16 results are read under the scopes for reading alone")
    void a16() {
        start(Mode.GENERIC);
        type(0, "64");

        look();

        assertThat(lastTokenFor("result.readonly"))
                .isEqualTo(LtiNames.SCOPE_LINE_ITEM_READ + " " + LtiNames.SCOPE_RESULT_READ);
        assertThat(gradebook.gradedCounts(course.tenant(), course.contextId())).containsValue(1);
    }

    @ParameterizedTest(name = "A17 results and columns of all pages are read, {0}")
    @EnumSource
    void a17(Mode mode) {
        course = LmsCourse.start(
                app, ReferenceLms.builder().students(25).pageSize(7).mode(mode));
        contexts.refreshRoster(course.tenant(), course.contextId());
        for (int i = 0; i < 23; i++) {
            course.addColumn("Column " + i, 10);
        }
        for (int i = 0; i < 25; i++) {
            type(i, "" + (50 + i));
        }

        look();

        assertThat(gradebook.lineItems(course.tenant(), course.contextId())).hasSize(24);
        assertThat(gradebook.gradedCounts(course.tenant(), course.contextId())).containsValue(25);
        assertThat(problem()).isNull();
    }

    @Test
    @DisplayName("A18 Moodle is never asked for a limit beside its type_id, which is fatal there")
    void a18() {
        start(Mode.MOODLE);
        type(0, "64");

        look();

        assertThat(course.lms().heard(Service.RESULTS))
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.query()).containsKey("type_id").doesNotContainKey("limit"));
        assertThat(problem()).isNull();
    }

    @Test
    @DisplayName("A19 a result above the maximum, an empty one and one that is no number are told apart")
    void a19() {
        start(Mode.GENERIC);
        Column essay = course.course().columnCalled("Essay 1");
        course.course().forceResult(course.course().student(0), essay, "\"resultScore\":120,\"resultMaximum\":100");
        course.course().forceResult(course.course().student(1), essay, "\"resultScore\":null");
        course.course()
                .forceResult(course.course().student(2), essay, "\"resultScore\":\"85,5\",\"resultMaximum\":100");

        look();

        List<Observation> seen = gradebook.changesAfter(course.tenant(), course.contextId(), 0, 10);
        assertThat(seen)
                .filteredOn(observation -> observation.status() == Observation.Status.GRADED)
                .singleElement()
                .satisfies(observation -> assertThat(observation.score()).isEqualByComparingTo("120"));
        assertThat(problem()).contains("no number");
    }

    @Test
    @DisplayName("A20 the path of a column grows before its query")
    void a20() {
        start(Mode.MOODLE);
        LineItem badges = output();

        send(badges, course.course().student(0));

        assertThat(badges.externalId()).endsWith("?type_id=1");
        assertThat(last(Service.SCORES, "POST").path()).endsWith("/lineitem/scores");
        assertThat(last(Service.SCORES, "POST").query()).containsEntry("type_id", "1");
    }

    // ---- tokens and scopes

    @ParameterizedTest(name = "A21 a token is asked for once per registration and scopes and used until it ends, {0}")
    @EnumSource
    void a21(Mode mode) {
        start(mode);
        look();
        look();
        look();

        long reading = course.lms().heard(Service.TOKEN).stream()
                .filter(request -> request.form().getOrDefault("scope", "").contains("result.readonly"))
                .count();
        assertThat(reading).isEqualTo(1);
    }

    @Test
    @DisplayName("A22 a token answer without expires_in is used, and asked for anew once it is refused")
    void a22() {
        start(Mode.GENERIC);
        course.lms().tamperWithTokens(answer -> {
            Map<String, Object> without = new HashMap<>(answer);
            without.remove("expires_in");
            without.remove("scope");
            return without;
        });
        type(0, "64");
        look();
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(401).times(1));

        look();

        assertThat(problem()).isNull();
        assertThat(gradebook.gradedCounts(course.tenant(), course.contextId())).containsValue(1);
        assertThat(course.lms().heard(Service.TOKEN))
                .filteredOn(request -> request.form().getOrDefault("scope", "").contains("result.readonly"))
                .hasSize(2);
    }

    @Test
    @DisplayName(
            "A23 a course whose launch grants no way to results says so in a sentence and asks the platform nothing")
    void a23() {
        start(Mode.GENERIC, tool -> tool.withScopes(Set.of(LtiNames.SCOPE_LINE_ITEM_READ)));

        Instant next = look();

        assertThat(problem()).contains("does not let Laurel read results", "administrator");
        assertThat(course.lms().heard(Service.LINE_ITEMS)).isEmpty();
        assertThat(next).isAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    @ParameterizedTest(name = "A24 fewer scopes granted than the launch said switch the feature off in a sentence, {0}")
    @EnumSource
    void a24(Mode mode) {
        start(mode);
        LineItem badges = output();
        course.lms().register(course.tool().withScopes(Set.of(LtiNames.SCOPE_LINE_ITEM_READ, LtiNames.SCOPE_ROSTER)));
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(401).times(1));

        Instant next = look();
        GradebookException refusal = refusal(() -> send(badges, course.course().student(0)));

        assertThat(problem()).contains("does not let Laurel read results", "administrator");
        assertThat(next).isAfter(Instant.now().plus(Duration.ofMinutes(14)));
        assertThat(course.lms().heard(Service.RESULTS)).isEmpty();
        assertThat(refusal.isFinal()).isTrue();
        assertThat(refusal).hasMessageContaining("does not let Laurel write grades");
    }

    @Test
    @DisplayName("A25 every request says who calls and where to find them")
    void a25() {
        start(Mode.GENERIC);

        look();

        assertThat(course.lms().heard(Service.LINE_ITEMS))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.header("user-agent").orElse(""))
                        .matches("Laurel/\\S+ \\(\\+http://localhost:\\d+\\)"));
    }

    @Test
    @DisplayName("A26 a token that opens every course is used for the launched one alone")
    void a26() {
        start(Mode.MOODLE);
        Course other = course.lms().addCourse("Not launched", "OTHER", 3, course.tool());
        other.typeGrade(other.student(0), other.columnCalled("Essay 1"), "99");
        type(0, "64");

        look();
        contexts.refreshRoster(course.tenant(), course.contextId());
        send(output(), course.course().student(0));

        Pattern own =
                Pattern.compile("/services/" + Pattern.quote(course.course().id()) + "/.*");
        for (Service service : List.of(Service.LINE_ITEMS, Service.RESULTS, Service.SCORES, Service.ROSTER)) {
            assertThat(course.lms().heard(service))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.path()).matches(own));
        }
    }

    @Test
    @DisplayName("A27 two courses under one registration keep their columns apart")
    void a27() {
        start(Mode.GENERIC);
        Course other = course.lms().addCourse("Second", "TWO", 1, course.tool());
        long second = course.admit(other, other.teacher(), Role.INSTRUCTOR).contextId();

        LineItem first = create("Oral", "30", "oral");
        LineItem third = gradebook.createColumn(course.tenant(), second, "Oral", new BigDecimal("30"), false, "oral");

        assertThat(third.id()).isNotEqualTo(first.id());
        assertThat(URI.create(third.externalId()).getPath()).startsWith("/services/" + other.id() + "/");
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .extracting(LineItem::id)
                .doesNotContain(third.id());
    }

    @Test
    @DisplayName(
            "A28 a page of a long list that fails once is asked for again; one that goes on failing fails the list")
    void a28() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(3).pageSize(2));
        for (int i = 0; i < 9; i++) {
            course.addColumn("Column " + i, 10);
        }
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(503).after(2).times(1));
        look();
        assertThat(problem()).isNull();
        assertThat(gradebook.lineItems(course.tenant(), course.contextId())).hasSize(10);

        course.course().delete(course.course().columnCalled("Column 3"));
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(503).after(2));
        look();
        assertThat(problem()).contains("fault of its own");
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .isNotEmpty()
                .noneMatch(LineItem::deleted);
    }

    // ---- how to say it

    private static Map<String, Object> objects(Object claim) {
        Map<String, Object> members = new HashMap<>();
        ((Map<?, ?>) claim).forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private void start(Mode mode) {
        start(mode, UnaryOperator.identity());
    }

    private void start(Mode mode, UnaryOperator<Tool> registered) {
        course = LmsCourse.start(app, ReferenceLms.builder().students(4).mode(mode), registered);
        contexts.refreshRoster(course.tenant(), course.contextId());
    }

    private Instant look() {
        syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        return sync.run(course.tenant(), Long.toString(course.contextId()));
    }

    private String problem() {
        return gradebook.status(course.tenant(), course.contextId()).problem();
    }

    private LineItem create(String label, String maximum, String resourceId) {
        return gradebook.createColumn(
                course.tenant(), course.contextId(), label, new BigDecimal(maximum), false, resourceId);
    }

    private LineItem output() {
        return gradebook.createColumn(
                course.tenant(), course.contextId(), "Essayist", BigDecimal.ONE, true, "laurel-badge-1");
    }

    private LineItem item(String label) {
        return gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private void type(int student, String grade) {
        course.course()
                .typeGrade(course.course().student(student), course.course().columnCalled("Essay 1"), grade);
    }

    private void send(LineItem item, LmsUser student) {
        gradebook.sendScore(course.tenant(), item.id(), score(student, Instant.now(), Instant.now()));
    }

    private OutgoingScore score(LmsUser student, Instant at, Instant submittedAt) {
        return new OutgoingScore(course.person(student), BigDecimal.ONE, BigDecimal.ONE, at, submittedAt);
    }

    private BigDecimal grade(LmsUser student) {
        return course.course()
                .columnCalled("Essayist")
                .grade(student)
                .orElseThrow()
                .score();
    }

    private static GradebookException refusal(Runnable work) {
        return catchThrowableOfType(GradebookException.class, work::run);
    }

    private Heard last(Service service, String method) {
        return course.lms().heard(service).stream()
                .filter(request -> request.method().equals(method))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The scopes of the latest token that covers one whose name ends like this. */
    private String lastTokenFor(String end) {
        return course.lms().heard(Service.TOKEN).stream()
                .map(request -> request.form().getOrDefault("scope", ""))
                .filter(scopes ->
                        new HashSet<>(List.of(scopes.split(" "))).stream().anyMatch(scope -> scope.endsWith("/" + end)))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
