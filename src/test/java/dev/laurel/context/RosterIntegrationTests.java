package dev.laurel.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.launch.session.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lms.Fault;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Rosters over NRPS from a real platform over HTTP. */
@LaurelTest
class RosterIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private LmsCourse course;

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void ofVeryManyWhoShareOneStudentNumberNobodyIsTakenForSomebodyElse() {
        start(ReferenceLms.builder().students(90));
        refresh();
        jdbc.sql("UPDATE account SET sis_hash = ? WHERE tenant_id = ?")
                .params(new byte[32], course.tenant().value())
                .update();
        assertThat(contexts.sisIdsInCommon(course.tenant()))
                .singleElement()
                .satisfies(same -> assertThat(same)
                        .hasSize(40)
                        .isSubsetOf(contexts.members(course.tenant(), course.contextId()).stream()
                                .map(Member::personId)
                                .toList()));
    }

    @Test
    void everyPageIsReadAndOnlyLearnersEarn() {
        start(ReferenceLms.builder().students(30).pageSize(7));
        course.course().enrol("Olga", "Server", LmsRole.OBSERVER);
        course.course().enrol("Des", "Igner", LmsRole.DESIGNER);
        course.course().enrol("Test", "Student", LmsRole.TEST_STUDENT);
        refresh();
        assertThat(contexts.earners(course.tenant(), course.contextId()))
                .containsExactlyInAnyOrderElementsOf(
                        course.course().students().stream().map(course::person).toList());
        assertThat(contexts.members(course.tenant(), course.contextId()))
                .hasSize(course.course().people().size());
        long person = course.person(course.course().student(3));
        assertThat(contexts.profiles(course.tenant(), List.of(person))
                        .get(person)
                        .name())
                .isEqualTo(course.course().student(3).name());
        assertThat(context().rosterCheckedAt()).isNotNull();
        assertThat(context().rosterProblem()).isNull();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("401", Fault.status(401), "does not accept"),
                Arguments.of("403", Fault.status(403), "does not allow"),
                Arguments.of("404", Fault.status(404), "not there"),
                Arguments.of("429", Fault.tooManyRequests(Duration.ofSeconds(30)), "slow down"),
                Arguments.of("500", Fault.status(500), "fault of its own"),
                Arguments.of("HTML", Fault.html(), "web page"),
                Arguments.of("nothing", Fault.closesConnection(), "could not be reached"),
                Arguments.of("cut off", Fault.cutOff(), "could not be reached"),
                Arguments.of("half a page", Fault.halfBody(), "breaks off"),
                Arguments.of("500 on the third page", Fault.status(500).after(2), "fault of its own"),
                Arguments.of("half of the second page", Fault.halfBody().after(1), "breaks off"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aRosterThatFailsAnywhereChangesNothingAndSaysSo(String name, Fault fault, String words) {
        start(ReferenceLms.builder().students(12).pageSize(5));
        refresh();
        Set<Long> before = contexts.earners(course.tenant(), course.contextId());
        LmsUser leaver = course.course().student(0);
        course.course().drop(leaver);
        course.course().enrol("New", "Comer", LmsRole.LEARNER);
        course.lms().setFault(Service.ROSTER, fault);
        refresh();
        assertThat(contexts.earners(course.tenant(), course.contextId())).isEqualTo(before);
        assertThat(context().rosterProblem()).contains(words);
        course.lms().clearFaults();
        refresh();
        assertThat(context().rosterProblem()).isNull();
        assertThat(contexts.earners(course.tenant(), course.contextId()))
                .hasSize(12)
                .doesNotContain(course.person(leaver));
    }

    @Test
    void ofAQuietCourseTheRosterIsReadDailyWhereBadgesAreGiven() {
        start(ReferenceLms.builder().students(2));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(200));

        assertThat(pause((tenant, contextId) -> true, later)).isEqualTo(1);
        assertThat(pause((tenant, contextId) -> false, later)).isEqualTo(30);
    }

    /** In days. */
    private long pause(CoursesInUse inUse, Clock clock) {
        RosterJob job = new RosterJob(app.getBean(Rosters.class), app.getBean(ContextRepository.class), inUse, clock);
        Instant next = job.run(course.tenant(), Long.toString(course.contextId()));
        return Math.round(Duration.between(clock.instant(), next).toHours() / 24.0);
    }

    @Test
    void aRosterThatHasBecomeEmptyIsNotBelieved() {
        start(ReferenceLms.builder().students(2));
        refresh();
        List.copyOf(course.course().people()).forEach(course.course()::drop);
        refresh();
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(2);
        assertThat(context().rosterProblem()).contains("nobody is in this course");
    }

    @Test
    void theInactiveAndTheAbsentStopEarningAndMayComeBack() {
        start(ReferenceLms.builder().students(3));
        LmsUser suspended = course.course().student(0);
        LmsUser absent = course.course().student(1);
        refresh();
        course.course().suspend(suspended);
        course.course().drop(absent);
        refresh();
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(1);
        assertThat(member(absent).active()).isFalse();
        assertThat(member(suspended).active()).isFalse();
        course.course().enrol(absent);
        refresh();
        assertThat(member(absent).earns()).isTrue();
    }

    @Test
    void whoLaunchesWhileTheRosterIsReadStays() {
        start(ReferenceLms.builder().students(3));
        refresh();
        LmsUser late = course.course().enrol("Late", "Comer", LmsRole.LEARNER);
        course.course().drop(late);
        course.admit(late, Role.LEARNER);
        jdbc.sql("UPDATE membership SET seen_at = seen_at + INTERVAL 1 HOUR WHERE tenant_id = ? AND person_id = ?")
                .params(course.tenant().value(), course.person(late))
                .update();
        refresh();
        assertThat(member(late).earns()).isTrue();
    }

    @Test
    void inMoodleAnAssistantWhomALaunchShowedNeverEarnsAlthoughTheRosterSaysLearner() {
        start(ReferenceLms.builder().students(3).mode(Mode.MOODLE));
        LmsUser assistant = course.course().assistant();
        refresh();
        assertThat(member(assistant).roles()).containsExactly(Role.LEARNER);
        course.admit(assistant, Role.INSTRUCTOR);
        refresh();
        assertThat(member(assistant).earns()).isFalse();
        assertThat(context().tellsAssistants()).isFalse();
    }

    @Test
    void idsThatDifferOnlyInCaseAccentOrBlankAreDifferentMembers() {
        start(ReferenceLms.builder().students(0));
        for (String id : List.of("ab", "AB", "\u00e0b", "a\u0300b", "ab ")) {
            course.course().enrol(new LmsUser(id, "Id", "<" + id + ">", id.strip() + "@example.org", LmsRole.LEARNER));
        }
        refresh();
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(5);
    }

    @Test
    void twoThousandMembersAreAFewStatementsAndUnchangedOnesFewerStill() {
        start(ReferenceLms.builder().students(2_000).pageSize(2_500));
        assertThat(statementsOf(this::refresh)).isLessThan(20);
        assertThat(contexts.earners(course.tenant(), course.contextId())).hasSize(2_000);
        assertThat(statementsOf(this::refresh)).isLessThan(8);
        List<Long> people = new ArrayList<>(contexts.earners(course.tenant(), course.contextId()));
        assertThat(contexts.profiles(course.tenant(), people)).hasSize(2_000);
        Map<Long, String> subs = contexts.subs(course.tenant(), course.registrationId(), people);
        assertThat(subs).hasSize(2_000);
        assertThat(contexts.personsBySub(course.tenant(), course.registrationId(), subs.values()))
                .hasSize(2_000);
    }

    @Test
    void aRosterThatDidNotChangeWritesNoMembership() {
        start(ReferenceLms.builder().students(5));
        refresh();
        List<String> before = references();
        refresh();
        assertThat(references()).isEqualTo(before);
    }

    private List<String> references() {
        return jdbc.sql("SELECT CONCAT(person_id, reference) FROM membership WHERE tenant_id = ? ORDER BY person_id")
                .param(course.tenant().value())
                .query(String.class)
                .list();
    }

    private long statementsOf(Runnable work) {
        return Statements.of(transaction, jdbc, work);
    }

    private void start(ReferenceLms.Builder lms) {
        course = LmsCourse.start(app, lms);
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
}
