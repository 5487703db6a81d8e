package dev.laurel.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.launch.session.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Course;
import lms.Fault;
import lms.Heard;
import lms.LmsRole;
import lms.LmsUser;
import lms.LtiNames;
import lms.Mode;
import lms.ReferenceLms;
import lms.ResourceLink;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Names and Role Provisioning Services over HTTP, case by case.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-nrps/v2p0">NRPS 2.0</a>
 */
@LaurelTest
class RosterConformanceTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    RosterJob job;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

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

    // ---- the official five

    @Test
    @DisplayName("N1 an instructor's launch with the claim brings the roster")
    void n1() {
        launch();

        launched.awaitEarners(3);
    }

    @Test
    @DisplayName("N2 the members are asked for by GET")
    void n2() {
        assertThat(asked().method()).isEqualTo("GET");
    }

    @Test
    @DisplayName("N3 the one media type of the service is asked for")
    void n3() {
        assertThat(asked().header("accept")).hasValue("application/vnd.ims.lti-nrps.v2.membershipcontainer+json");
    }

    @Test
    @DisplayName("N4 the bearer token is one that the platform gave")
    void n4() {
        assertThat(asked().header("authorization").orElse("")).startsWith("Bearer ");
        await().atMost(PATIENCE).until(() -> launched.context().rosterCheckedAt() != null);
    }

    @Test
    @DisplayName("N5 the token is for reading members alone")
    void n5() {
        asked();
        assertThat(launched.lms().heard(Service.TOKEN))
                .extracting(request -> request.form().get("scope"))
                .contains(LtiNames.SCOPE_ROSTER);
    }

    // ---- addresses and pages

    @Test
    @DisplayName("N6 an address that has a query already keeps it")
    void n6() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        String url = launched.lms().issuer() + "/services/"
                + launched.lms().course().id() + "/memberships?memberships=10843";
        launched.lms()
                .tamperWithLaunches(launch -> launch.claim(
                        LtiNames.NAMES_AND_ROLES,
                        Map.of("context_memberships_url", url, "service_versions", List.of("2.0"))));
        launched.launch(launched.lms().course().teacher());

        await().atMost(PATIENCE).until(() -> launched.context().rosterCheckedAt() != null);
        assertThat(launched.lms().heard(Service.ROSTER))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.query()).containsEntry("memberships", "10843"));
    }

    @ParameterizedTest(name = "N7 a roster of three pages is read whole, {0}")
    @EnumSource
    void n7(Mode mode) {
        course = LmsCourse.start(
                app, ReferenceLms.builder().students(28).pageSize(10).mode(mode));

        refresh();

        assertThat(contexts.members(course.tenant(), course.contextId())).hasSize(30);
        assertThat(course.lms().calls(Service.ROSTER)).isEqualTo(3);
    }

    @Test
    @DisplayName("N8 a page that names itself as the next is an error and no roster")
    void n8() {
        start(Mode.GENERIC);
        course.lms().setFault(Service.ROSTER, Fault.loop());

        refresh();

        assertThat(context().rosterProblem()).contains("go in circles");
        assertThat(contexts.earners(course.tenant(), course.contextId())).isEmpty();
    }

    @Test
    @DisplayName("N9 a link to differences is not followed")
    void n9() {
        start(Mode.GENERIC);

        refresh();
        refresh();

        assertThat(course.lms().heard(Service.ROSTER))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.query()).doesNotContainKey("since"));
    }

    @ParameterizedTest(name = "N10 a role is never asked for, since a platform may forget it on the next page, {0}")
    @EnumSource
    void n10(Mode mode) {
        start(mode);

        refresh();

        assertThat(course.lms().heard(Service.ROSTER))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.query()).doesNotContainKeys("role", "limit"));
    }

    // ---- what Canvas tells where a link is named

    @Test
    @DisplayName(
            "N11 Canvas is asked with the course as the link and tells its own ids of people, which are kept sealed")
    void n11() {
        startTold();

        refresh();

        assertThat(course.lms().heard(Service.ROSTER))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.query())
                        .containsEntry("rlid", course.course().contextId(course.tool())));
        LmsUser student = course.course().student(1);
        String number = course.lms().numberOf(student.id());
        assertThat(contexts.personsByPlatformUser(context(), List.of(number, "99999")))
                .containsExactly(Map.entry(number, course.person(student)));
        assertThat(contexts.platformUsers(context(), List.of(course.person(student))))
                .containsEntry(course.person(student), number);
    }

    @Test
    @DisplayName("N12 a launch tells the platform's id of its own user, but not by a parameter of a link")
    void n12() {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder().students(2),
                tool -> tool.as(Mode.CANVAS).withCustom("canvas_user_id", "$Canvas.user.id"));
        Course course = launched.lms().course();
        LmsUser student = course.student(0);
        course.setCustom(
                course.link(),
                "canvas_user_id",
                launched.lms().numberOf(course.student(1).id()));

        // The roster, which a launch asks for, tells the ids too.
        launched.lms().setFault(Service.ROSTER, Fault.status(503));

        launched.launch(student);
        assertThat(contexts.platformUsers(
                        launched.tenant(), launched.registration().id(), launched.person(student)))
                .isEmpty();
        ResourceLink menu = course.addNavigation(launched.lms().tools().get(0));
        new Browser().launch(launched.lms().launch(course, menu, student));

        assertThat(contexts.platformUsers(
                        launched.tenant(), launched.registration().id(), launched.person(student)))
                .contains(launched.lms().numberOf(student.id()));
    }

    @Test
    @DisplayName("N13 a variable that came back as its name is no id")
    void n13() {
        start(Mode.CANVAS, tool -> tool.withCustom("canvas_user_id", "$Canvas.user.unknown"));

        refresh();

        List<Long> people = contexts.members(course.tenant(), course.contextId()).stream()
                .map(Member::personId)
                .toList();
        assertThat(people).isNotEmpty();
        assertThat(contexts.platformUsers(context(), people)).isEmpty();
    }

    @ParameterizedTest(name = "N14 a server that answers {0} to a link is asked without it")
    @ValueSource(ints = {400, 404, 412})
    void n14(int status) {
        startTold();
        course.lms().setFault(Service.ROSTER, Fault.status(status).times(1));

        refresh();

        assertThat(context().rosterProblem()).isNull();
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(4);
    }

    @Test
    @DisplayName("N15 sections are kept for each member, and follow where somebody moves")
    void n15() {
        startTold();
        LmsUser student = course.course().student(0);
        course.course().putInto(student, "401", "402");
        refresh();
        assertThat(member(student).groups()).containsExactlyInAnyOrder("401", "402");

        course.course().putInto(student, "403");
        refresh();

        assertThat(member(student).groups()).containsExactly("403");
    }

    @Test
    @DisplayName("N16 Moodle's groups come with the launch and stay when the roster says nothing of them")
    void n16() {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder().students(2),
                tool -> tool.as(Mode.MOODLE).withCustom("moodle_group_ids", "$Moodle.Person.userGroupIds"));
        LmsUser student = launched.lms().course().student(0);
        launched.lms().course().putInto(student, "1", "2");
        launched.launch(student);

        contexts.refreshRoster(launched.tenant(), launched.context().id());

        assertThat(contexts.member(launched.tenant(), launched.context().id(), launched.person(student))
                        .orElseThrow()
                        .groups())
                .containsExactlyInAnyOrder("1", "2");
    }

    // ---- members

    @Test
    @DisplayName("N17 the inactive and the deleted stop earning and may come back")
    void n17() {
        start(Mode.GENERIC);
        LmsUser inactive = course.course().student(0);
        LmsUser deleted = course.course().student(1);
        refresh();
        course.course().suspend(inactive);
        course.course().delete(deleted);

        refresh();

        assertThat(member(inactive).active()).isFalse();
        assertThat(member(deleted).active()).isFalse();
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(2);
        assertThat(contexts.leftAmong(
                        course.tenant(), course.contextId(), List.of(course.person(inactive), course.person(deleted))))
                .hasSize(2);
    }

    @ParameterizedTest(name = "N18 members without a name or an e-mail address are members, {0}")
    @EnumSource
    void n18(Mode mode) {
        start(mode, Tool::withoutNames);

        refresh();

        assertThat(contexts.earners(course.tenant(), course.contextId()))
                .containsAll(
                        course.course().students().stream().map(course::person).toList());
        assertThat(context().rosterProblem()).isNull();
        long person = course.person(course.course().student(2));
        assertThat(contexts.profiles(course.tenant(), List.of(person))
                        .get(person)
                        .name())
                .isNull();
    }

    @ParameterizedTest(name = "N19 whoever is not listed any more has left, {0}")
    @EnumSource
    void n19(Mode mode) {
        start(mode);
        LmsUser leaver = course.course().student(0);
        refresh();
        course.course().drop(leaver);

        refresh();

        assertThat(member(leaver).active()).isFalse();
        assertThat(contexts.leftAmong(course.tenant(), course.contextId(), List.of(course.person(leaver))))
                .containsExactly(course.person(leaver));
    }

    @Test
    @DisplayName("N20 staff who left earn nothing by late grades")
    void n20() {
        start(Mode.GENERIC);
        LmsUser assistant = course.course().assistant();
        refresh();
        course.course().drop(assistant);

        refresh();

        assertThat(contexts.leftAmong(course.tenant(), course.contextId(), List.of(course.person(assistant))))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "N21 in Canvas an assistant, who is an Instructor too, a designer, an observer and a test student never earn")
    void n21() {
        start(Mode.CANVAS);
        for (LmsRole role : Set.of(LmsRole.DESIGNER, LmsRole.OBSERVER, LmsRole.TEST_STUDENT)) {
            course.course().enrol("Some", role.name(), role);
        }

        refresh();

        assertThat(contexts.earners(course.tenant(), course.contextId()))
                .containsExactlyInAnyOrderElementsOf(
                        course.course().students().stream().map(course::person).toList());
    }

    @Test
    @DisplayName("N22 in Moodle an assistant whom a launch showed never earns although the roster says Learner")
    void n22() {
        start(Mode.MOODLE);
        LmsUser assistant = course.course().assistant();
        course.admit(assistant, Role.INSTRUCTOR);

        refresh();

        assertThat(member(assistant).earns()).isFalse();
    }

    // ---- failures

    @Test
    @DisplayName("N23 a token that is refused is renewed once")
    void n23() {
        start(Mode.GENERIC);
        refresh();
        course.lms().setFault(Service.ROSTER, Fault.status(401).times(1));

        refresh();

        assertThat(context().rosterProblem()).isNull();
        assertThat(course.lms().heard(Service.TOKEN))
                .filteredOn(
                        request -> LtiNames.SCOPE_ROSTER.equals(request.form().get("scope")))
                .hasSize(2);
    }

    @ParameterizedTest(name = "N24 {0} changes nobody and is told in words")
    @ValueSource(ints = {401, 403, 404, 500, 503})
    void n24(int status) {
        start(Mode.GENERIC);
        refresh();
        course.lms().setFault(Service.ROSTER, Fault.status(status));

        refresh();

        assertThat(context().rosterProblem()).contains("" + status);
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(4);
    }

    @Test
    @DisplayName("N25 a roster of which a page fails is no roster, and one that failed once is read whole")
    void n25() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(28).pageSize(10));
        course.lms().setFault(Service.ROSTER, Fault.status(500).after(1));
        refresh();
        assertThat(contexts.members(course.tenant(), course.contextId())).hasSize(1);

        course.lms().setFault(Service.ROSTER, Fault.status(500).after(1).times(2));
        refresh();

        assertThat(contexts.members(course.tenant(), course.contextId())).hasSize(30);
        assertThat(context().rosterProblem()).isNull();
    }

    @Test
    @DisplayName("N26 a platform that is busy is asked again when it said, by 429 with Retry-After or by Canvas's 403")
    void n26() {
        start(Mode.CANVAS);
        course.lms().setFault(Service.ROSTER, Fault.tooManyRequests(Duration.ofMinutes(7)));
        Instant afterRetryAfter = job.run(course.tenant(), Long.toString(course.contextId()));
        course.lms().setFault(Service.ROSTER, Fault.throttled());
        Instant afterThrottle = job.run(course.tenant(), Long.toString(course.contextId()));

        assertThat(afterRetryAfter).isAfter(Instant.now().plus(Duration.ofMinutes(6)));
        assertThat(afterThrottle).isAfter(Instant.now().plus(Duration.ofSeconds(50)));
        assertThat(context().rosterProblem()).contains("slow down");
    }

    @Test
    @DisplayName(
            "N27 a right to read members that was taken away is told in a sentence and not asked for again at once")
    void n27() {
        start(Mode.GENERIC);
        course.lms().register(course.tool().withScopes(Set.of(LtiNames.SCOPE_RESULT_READ)));
        int before = course.lms().heard(Service.ROSTER).size();

        Instant next = job.run(course.tenant(), Long.toString(course.contextId()));

        assertThat(context().rosterProblem())
                .contains("does not let Laurel read who is in the course", "administrator");
        assertThat(next).isAfter(Instant.now().plus(Duration.ofMinutes(14)));
        assertThat(course.lms().heard(Service.ROSTER)).hasSize(before);
    }

    @Test
    @DisplayName("N28 ten thousand members in pages of fifty are a bounded number of statements")
    void n28() {
        course = LmsCourse.start(
                app,
                ReferenceLms.builder().students(10_000).mode(Mode.CANVAS),
                tool -> tool.withCustom("canvas_user_id", "$Canvas.user.id")
                        .withCustom("canvas_section_ids", "$Canvas.course.sectionIds"));
        Instant start = Instant.now();
        long first = statementsOf(this::refresh);
        Instant read = Instant.now();
        long second = statementsOf(this::refresh);
        System.out.printf(
                "roster of 10,000 members: %d statements and %d ms at first, %d statements and %d ms unchanged, %d MB in use%n",
                first,
                Duration.between(start, read).toMillis(),
                second,
                Duration.between(read, Instant.now()).toMillis(),
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);

        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(10_000);
        assertThat(first).isLessThan(40);
        assertThat(second).isLessThan(10);
    }

    // ---- how to say it

    private void launch() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        launched.launch(launched.lms().course().teacher());
    }

    /** The first request for members after an instructor's launch. */
    private Heard asked() {
        launch();
        return await().atMost(PATIENCE)
                .until(() -> launched.lms().heard(Service.ROSTER), heard -> !heard.isEmpty())
                .get(0);
    }

    private void start(Mode mode) {
        start(mode, UnaryOperator.identity());
    }

    private void start(Mode mode, UnaryOperator<Tool> registered) {
        course = LmsCourse.start(app, ReferenceLms.builder().students(4).mode(mode), registered);
    }

    /** As Canvas with the custom parameters that Laurel asks an administrator for. */
    private void startTold() {
        start(
                Mode.CANVAS,
                tool -> tool.withCustom("canvas_user_id", "$Canvas.user.id")
                        .withCustom("canvas_section_ids", "$Canvas.course.sectionIds"));
    }

    private void refresh() {
        contexts.refreshRoster(course.tenant(), course.contextId());
    }

    private CourseContext context() {
        return contexts.find(course.tenant(), course.contextId()).orElseThrow();
    }

    private Member member(LmsUser user) {
        return contexts.member(course.tenant(), course.contextId(), course.person(user))
                .orElseThrow();
    }

    private long statementsOf(Runnable work) {
        return Statements.of(transaction, jdbc, work);
    }
}
