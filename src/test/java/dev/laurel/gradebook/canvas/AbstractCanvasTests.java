package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.laurel.LaurelTest;
import dev.laurel.WireMocks;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A course of which Canvas says what a test tells it to say (WireMock). */
@LaurelTest
abstract class AbstractCanvasTests {

    static final GradebookSource.Progress NOBODY_WAITS = (done, of) -> {};

    static final String GROUPS = """
            [{"id":"5","name":"Exams","group_weight":40,"rules":{"drop_lowest":1},"assignments":[%s]}]""";

    static final String QUIZ = """
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

    LmsCourse course;

    @RegisterExtension
    final WireMockExtension server = WireMocks.onLoopback();

    CanvasStub canvas;

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

    void allow(CanvasCapability... capabilities) {
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

    void say(String members) {
        canvas.on(
                "/students/submissions",
                "[{\"user_id\":\"812\",\"submissions\":[" + submission("812", members) + "]}]");
    }

    static String submission(String user, String members) {
        return "{\"id\":\"9\",\"assignment_id\":\"301\",\"user_id\":\"" + user + "\"," + members + "}";
    }

    Reading read() {
        return source.read(context(), Look.atEverything(column -> true), NOBODY_WAITS);
    }

    CourseContext context() {
        return contexts.find(course.tenant(), course.contextId()).orElseThrow();
    }

    /** Reads and remembers, from every source. */
    void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    /** The columns that Canvas tells now are known from here on. */
    void known() {
        look();
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .anyMatch(item -> item.source().equals(CanvasSource.NAME));
    }

    static String problem(Reading reading) {
        return reading.problem() == null ? "" : String.valueOf(reading.problem().getMessage());
    }

    static Set<String> accounts(Reading reading) {
        return reading.results().stream()
                .flatMap(column -> column.results().stream())
                .map(Result::account)
                .collect(Collectors.toSet());
    }

    static Result result(Reading reading, String account) {
        return result(reading, "assignment-301", account);
    }

    static Result result(Reading reading, String column, @Nullable String account) {
        return reading.results().stream()
                .filter(each -> each.externalId().equals(column))
                .flatMap(each -> each.results().stream())
                .filter(each -> each.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    /** What is known of the first student in this column. */
    final Observation latest(String label) {
        Set<Long> columns = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.label().equals(label))
                .map(LineItem::id)
                .collect(Collectors.toSet());
        return gradebook
                .latest(
                        course.tenant(),
                        course.contextId(),
                        columns,
                        Set.of(course.person(course.course().student(0))))
                .get(0);
    }
}
