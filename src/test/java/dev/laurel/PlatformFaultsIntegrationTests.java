package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lms.Browser;
import lms.Column;
import lms.Fault;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A platform that fails in every way it can: people are told, nothing that was known is lost, and it mends by itself. */
@Tag("once")
@LaurelTest
class PlatformFaultsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    private Column essay;

    private LmsUser student;

    private Browser teacher;

    @BeforeEach
    void start() {
        open(ReferenceLms.builder().pageSize(12));
        essay = lms.course().columnCalled("Essay 1");
        student = lms.course().student(0);
        lms.course().typeGrade(student, essay, "70");
        teacher = launched.launch(lms.course().teacher());
        contexts.refreshRoster(tenant, course().id());
        gradebook.checkSoon(tenant, course().id());
        await().atMost(PATIENCE).until(() -> scoreIs("70"));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    private void open(ReferenceLms.Builder builder) {
        launched = LaunchedCourse.start(app, builder);
        lms = launched.lms();
        tenant = launched.tenant();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("401", Fault.status(401)),
                Arguments.of("403", Fault.status(403)),
                Arguments.of("404", Fault.status(404)),
                Arguments.of("429", Fault.tooManyRequests(Duration.ofSeconds(1))),
                Arguments.of("500", Fault.status(500)),
                Arguments.of("a page for people", Fault.html()),
                Arguments.of("a closed connection", Fault.closesConnection()),
                Arguments.of("an answer cut off", Fault.cutOff()),
                Arguments.of("half an answer", Fault.halfBody()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void resultsThatCannotBeReadAreAWarningAndComeWhenThePlatformIsWell(String name, Fault fault) {
        lms.setFault(Service.RESULTS, fault);
        lms.course().typeGrade(student, essay, "85");
        gradebook.checkSoon(tenant, course().id());

        await().atMost(PATIENCE)
                .until(() -> gradebook.status(tenant, course().id()).problem() != null);
        assertThat(scoreIs("70")).isTrue();
        assertThat(item().deleted()).isFalse();

        lms.clearFaults();
        await().atMost(PATIENCE).until(() -> {
            gradebook.checkSoon(tenant, course().id());
            return scoreIs("85") && gradebook.status(tenant, course().id()).problem() == null;
        });
    }

    /** As after a day: the pause has grown to half an hour, and the platform itself asked for a few seconds. */
    @Test
    void whoeverChecksAfterAnOutageIsToldWhatThePlatformAskedForAndReadsTheGradeRightAfterIt() {
        Page page = teacher.open(URI.create(publicUrl.at("/course")));
        lms.setFault(Service.LINE_ITEMS, Fault.unavailable(Duration.ofSeconds(8)));
        await().atMost(PATIENCE.multipliedBy(3)).until(() -> {
            jdbc.sql("UPDATE source_look SET failures = 11 WHERE tenant_id = ? AND failures BETWEEN 1 AND 10")
                    .param(tenant.value())
                    .update();
            Instant next = gradebook.status(tenant, course().id()).nextCheckAt();
            return next != null && next.isAfter(Instant.now().plus(Duration.ofMinutes(20)));
        });
        lms.clearFaults();
        lms.course().typeGrade(student, essay, "85");

        String told =
                teacher.submit(page, page.formTo("/course/checks"), Map.of()).text();

        assertThat(told).contains("turned Laurel away for a while. Laurel looks again in ");
        await().atMost(PATIENCE).until(() -> scoreIs("85"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aRosterOfWhichAPageIsMissingChangesNobody(String name, Fault fault) {
        List<Member> before = contexts.members(tenant, course().id());
        lms.course().drop(lms.course().student(29));
        lms.setFault(Service.ROSTER, fault.after(1));

        contexts.refreshRoster(tenant, course().id());

        assertThat(course().rosterProblem()).isNotNull();
        assertThat(contexts.members(tenant, course().id())).containsExactlyInAnyOrderElementsOf(before);

        lms.clearFaults();
        contexts.refreshRoster(tenant, course().id());
        assertThat(course().rosterProblem()).isNull();
        assertThat(contexts.earners(tenant, course().id())).hasSize(29);
    }

    @Test
    void aTokenThatIsRefusedIsAWarning() {
        launched.close();
        open(ReferenceLms.builder());
        lms.setFault(Service.TOKEN, Fault.status(400));
        launched.launch(lms.course().teacher());

        contexts.refreshRoster(tenant, course().id());
        gradebook.checkSoon(tenant, course().id());

        assertThat(course().rosterProblem()).isNotNull();
        await().atMost(PATIENCE)
                .until(() -> gradebook.status(tenant, course().id()).problem() != null);
    }

    private boolean scoreIs(String score) {
        return gradebook.lineItems(tenant, course().id()).stream()
                .filter(item -> item.label().equals("Essay 1"))
                .flatMap(item -> latest(item).stream())
                .anyMatch(seen -> seen.score() != null && seen.score().compareTo(new java.math.BigDecimal(score)) == 0);
    }

    private List<Observation> latest(LineItem item) {
        return gradebook.latest(tenant, course().id(), List.of(item.id()), null);
    }

    private LineItem item() {
        return gradebook.lineItems(tenant, course().id()).get(0);
    }

    private CourseContext course() {
        return launched.context();
    }
}
