package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lms.Column;
import lms.Fault;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Columns, results and scores over AGS with a real platform over HTTP. */
@LaurelTest
class GradebookIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    SyncJob sync;

    @Autowired
    SyncRepository syncs;

    @Autowired
    @Qualifier("agsSource")
    GradebookSource ags;

    @Autowired
    Recorder recorder;

    @Autowired
    Contexts contexts;

    @Autowired
    GradebookTrail trail;

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
    void aLookThatTakesLongSaysHowManyColumnsAreRead() {
        start(ReferenceLms.builder().students(2));
        course.addColumn("Oral", 20);
        course.addColumn("Essay", 20);
        look();
        CourseContext read = contexts.find(tenant(), course.contextId()).orElseThrow();
        Instant since = Instant.parse("2026-11-26T10:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(since);
        InstantSource watch = now::get;
        ReadingProgress progress = new ReadingProgress(syncs, read, watch.withZone(ZoneOffset.UTC));
        List<LongWork> told = new ArrayList<>();

        ags.read(read, Look.atEverything(column -> true), (done, of) -> {
            progress.columns(done, of);
            told.add(gradebook.status(tenant(), course.contextId()).reading());
            now.updateAndGet(before -> before.plus(ReadingProgress.EVERY));
        });

        assertThat(told)
                .as("a short look writes nothing")
                .containsExactly(null, new LongWork(1, 3, since), new LongWork(2, 3, since));
        progress.end();
        assertThat(gradebook.status(tenant(), course.contextId()).reading()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void gradesAreSeenOnceAndTheQuizOfTheLmsNever(Mode mode) {
        start(ReferenceLms.builder().students(5).mode(mode));
        Column essay = course.addColumn("Oral", 20);
        Column quiz = course.course().addOwnColumn("Own quiz of the LMS", 10);
        type(0, essay, "17.5");
        type(1, essay, "0");
        type(2, quiz, "9");
        look();
        assertThat(labels()).contains("Oral").doesNotContain("Own quiz of the LMS");
        assertThat(log()).hasSize(2);
        Observation first = latest(0, essay).orElseThrow();
        assertThat(first.score()).isEqualByComparingTo("17.5");
        assertThat(first.scoreMaximum()).isEqualByComparingTo("20");
        assertThat(first.status()).isEqualTo(Observation.Status.GRADED);
        assertThat(first.visibility()).isEqualTo(Observation.Visibility.UNKNOWN);
        assertThat(latest(1, essay).orElseThrow().score()).isZero();
        assertThat(latest(2, essay)).isEmpty();

        look();
        assertThat(log()).hasSize(2);
        type(1, essay, "20");
        type(0, essay, "");
        look();
        assertThat(log()).extracting(Observation::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(latest(0, essay).orElseThrow().status()).isEqualTo(Observation.Status.NONE);
        assertThat(latest(1, essay).orElseThrow().score()).isEqualByComparingTo("20");
        assertThat(gradebook.gradedCounts(tenant(), course.contextId())).containsValue(1);
        assertThat(log()).extracting(Observation::reference).doesNotHaveDuplicates();
        assertThat(gradebook.changesAfter(tenant(), course.contextId(), 2, 1))
                .extracting(Observation::seq)
                .containsExactly(3L);
    }

    @Test
    void whateverOfTheLogIsReadAlreadyTheLatestAreTheSame() {
        start(ReferenceLms.builder().students(2));
        Column essay = course.addColumn("Essay", 100);
        Column quiz = course.addColumn("Quiz", 10);
        type(0, essay, "10");
        type(1, quiz, "5");
        look();
        type(0, essay, "20");
        type(0, quiz, "6");
        look();
        type(0, essay, "");
        look();
        List<Observation> log = log();
        List<Long> columns = List.of(item("Essay").id(), item("Quiz").id());
        List<Long> people = log.stream().map(Observation::personId).distinct().toList();

        assertThat(log).hasSize(5);
        for (int from = 0; from <= log.size(); from++) {
            for (int to = from; to <= log.size(); to++) {
                List<Observation> read = log.subList(from, to);
                assertSameLatest(columns, null, read);
                assertSameLatest(columns, people.subList(0, 1), read);
                assertSameLatest(columns.subList(0, 1), people, read);
            }
        }
    }

    private void assertSameLatest(List<Long> columns, @Nullable List<Long> people, List<Observation> read) {
        assertThat(gradebook.latest(tenant(), course.contextId(), columns, people, read))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(gradebook.latest(tenant(), course.contextId(), columns, people));
    }

    @ParameterizedTest
    @EnumSource
    void manyColumnsAndResultsComeInPages(Mode mode) {
        start(ReferenceLms.builder().students(25).pageSize(4).mode(mode));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            columns.add(course.addColumn("Column " + i, 100));
        }
        for (int i = 0; i < 25; i++) {
            type(i, columns.get(8), "" + i);
        }
        look();
        assertThat(labels()).contains("Column 0", "Column 8");
        assertThat(log()).hasSize(25);
        assertThat(gradebook.status(tenant(), course.contextId()).problem()).isNull();
    }

    @Test
    void whoIsOnTwoPagesThatShiftWhileTheyAreReadCountsOnceAndWhoIsOnNoneIsSeenByTheNextLook() {
        start(ReferenceLms.builder().students(5).pageSize(2));
        Column essay = course.addColumn("Essay", 100);
        for (int i = 1; i < 5; i++) {
            type(i, essay, "" + i);
        }
        CourseContext context = contexts.find(tenant(), course.contextId()).orElseThrow();
        int[] pages = {-1};
        Reading shifted = ags.read(context, Look.atEverything(column -> true), new GradebookSource.Progress() {
            @Override
            public void columns(int done, int of) {
                pages[0] = 0;
            }

            @Override
            public void request() {
                if (pages[0] >= 0 && ++pages[0] == 2) {
                    type(0, essay, "0");
                }
            }
        });

        recorder.record(context, "ags", shifted, "poll", Instant.now());
        assertThat(scores()).containsExactlyInAnyOrder(1, 2, 3, 4);

        look();
        assertThat(scores()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void aGradeThatIsGoneIsGoneThoughNothingElseIsSaidOfAnybody() {
        start(ReferenceLms.builder().students(1));
        Column essay = course.addColumn("Essay", 100);
        type(0, essay, "5");
        look();
        CourseContext context = contexts.find(tenant(), course.contextId()).orElseThrow();
        Reading read = ags.read(context, Look.atEverything(column -> true), (done, of) -> {});
        ColumnResults graded = read.results().stream()
                .filter(column -> !column.results().isEmpty())
                .findFirst()
                .orElseThrow();
        Set<String> account = Set.of(graded.results().get(0).account());
        Reading withoutGrade = new Reading(
                read.naming(),
                read.columns(),
                List.of(new ColumnResults(graded.externalId(), List.of(), Set.of(), account, false)),
                List.of(),
                null,
                null,
                null);

        recorder.record(context, "ags", withoutGrade, "poll", Instant.now());

        assertThat(latest(0, essay)).map(Observation::status).contains(Observation.Status.NONE);
    }

    private List<Integer> scores() {
        return log().stream().map(seen -> seen.score().intValueExact()).toList();
    }

    @Test
    void aColumnThatIsAddedWhileTheGradebookIsBeingReadIsNotTakenForDeleted() {
        start(ReferenceLms.builder().students(1));
        look();
        Instant began = Instant.now();
        LineItem oral =
                gradebook.createColumn(tenant(), course.contextId(), "Oral", new BigDecimal("30"), false, "oral");
        CourseContext context = contexts.find(tenant(), course.contextId()).orElseThrow();
        Reading withoutIt = TestReadings.of();

        recorder.record(context, "ags", withoutIt, "poll", began);
        assertThat(gradebook.lineItem(tenant(), oral.id()).orElseThrow().deleted())
                .isFalse();

        recorder.record(context, "ags", withoutIt, "poll", Instant.now());
        assertThat(gradebook.lineItem(tenant(), oral.id()).orElseThrow().deleted())
                .isTrue();
    }

    static Stream<Arguments> faults() {
        List<Arguments> rows = new ArrayList<>();
        for (Service service : List.of(Service.LINE_ITEMS, Service.RESULTS)) {
            rows.add(Arguments.of(service, "401", Fault.status(401), "401"));
            rows.add(Arguments.of(service, "403", Fault.status(403), "403"));
            rows.add(Arguments.of(service, "404", Fault.status(404), "not there"));
            rows.add(Arguments.of(service, "429", Fault.tooManyRequests(Duration.ofSeconds(90)), "slow down"));
            rows.add(Arguments.of(service, "500", Fault.status(500), "fault of its own"));
            rows.add(Arguments.of(service, "HTML", Fault.html(), "web page"));
            rows.add(Arguments.of(service, "nothing", Fault.closesConnection(), "could not be reached"));
            rows.add(Arguments.of(service, "cut off", Fault.cutOff(), "could not be reached"));
            rows.add(Arguments.of(service, "half a body", Fault.halfBody(), "breaks off"));
            rows.add(Arguments.of(service, "half of page 2", Fault.halfBody().after(1), "breaks off"));
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void aPlatformThatFailsLosesNothingAndSaysSo(Service service, String name, Fault fault, String words) {
        start(ReferenceLms.builder().students(6).pageSize(2));
        Column essay = course.addColumn("Oral", 100);
        course.addColumn("More", 100);
        for (int i = 0; i < 5; i++) {
            type(i, essay, "50");
        }
        look();
        type(0, essay, "85");
        type(1, essay, "");
        course.lms().setFault(service, fault);
        Instant next = look();
        assertThat(log()).hasSize(5);
        assertThat(gradebook.lineItems(tenant(), course.contextId()))
                .isNotEmpty()
                .noneMatch(LineItem::deleted);
        SyncStatus status = gradebook.status(tenant(), course.contextId());
        assertThat(status.problem()).contains(words);
        assertThat(status.problemSince()).isNotNull();
        assertThat(status.nextCheckAt()).isNotNull();
        if (name.equals("429")) {
            assertThat(next).isAfter(Instant.now().plusSeconds(80));
        }
        Instant since = status.problemSince();
        look();
        assertThat(gradebook.status(tenant(), course.contextId()).problemSince())
                .isEqualTo(since);

        course.lms().clearFaults();
        if (name.equals("429")) {
            look();
            assertThat(log())
                    .as("whoever asks, the platform is not asked before its time")
                    .hasSize(5);
            theTimeThatThePlatformAskedForIsOver();
        }
        look();
        assertThat(log()).hasSize(7);
        assertThat(latest(0, essay).orElseThrow().score()).isEqualByComparingTo("85");
        assertThat(latest(1, essay).orElseThrow().status()).isEqualTo(Observation.Status.NONE);
        assertThat(gradebook.status(tenant(), course.contextId()).problem()).isNull();
        assertThat(gradebook.status(tenant(), course.contextId()).problemSince())
                .isNull();
    }

    @Test
    void aColumnThatCannotBeReadDoesNotHoldUpTheOthers() {
        start(ReferenceLms.builder().students(2));
        Column first = course.addColumn("First", 100);
        Column second = course.addColumn("Second", 100);
        type(0, first, "10");
        type(0, second, "20");
        // Three columns: the assignment that every course begins with comes first.
        course.lms().setFault(Service.RESULTS, Fault.status(500).after(1).times(1));
        look();
        assertThat(log()).hasSize(1);
        assertThat(gradebook.status(tenant(), course.contextId()).problem()).contains("fault of its own");
        look();
        assertThat(log()).hasSize(2);
    }

    @Test
    void oddGradesAreKeptAsTheyAreOrReportedAndNeverGuessed() {
        start(ReferenceLms.builder().students(6));
        Column essay = course.addColumn("Oral", 100);
        force(0, essay, "\"resultScore\":120,\"resultMaximum\":100");
        force(1, essay, "\"resultScore\":null");
        force(2, essay, "\"resultScore\":\"85,5\",\"resultMaximum\":100");
        force(3, essay, "\"resultScore\":\"85.5\",\"resultMaximum\":100");
        force(4, essay, "\"resultScore\":90");
        look();
        assertThat(latest(0, essay).orElseThrow().score()).isEqualByComparingTo("120");
        assertThat(latest(1, essay)).isEmpty();
        assertThat(latest(2, essay).orElseThrow().status()).isEqualTo(Observation.Status.UNREADABLE);
        assertThat(latest(2, essay).orElseThrow().score()).isNull();
        assertThat(latest(3, essay).orElseThrow().score()).isEqualByComparingTo("85.5");
        assertThat(latest(4, essay).orElseThrow().scoreMaximum()).isEqualByComparingTo("100");
        assertThat(gradebook.status(tenant(), course.contextId()).problem())
                .contains("1 result is no number", "Oral", "85,5");

        // A grade that becomes unreadable is not taken for one that was withdrawn, nor for one that still holds.
        force(0, essay, "\"resultScore\":\"12,0\",\"resultMaximum\":100");
        type(2, essay, "85.5");
        look();
        assertThat(latest(0, essay).orElseThrow().status()).isEqualTo(Observation.Status.UNREADABLE);
        assertThat(latest(0, essay).orElseThrow().score()).as("read last").isEqualByComparingTo("120");
        assertThat(latest(2, essay).orElseThrow().score()).isEqualByComparingTo("85.5");
        int before = log().size();
        look();
        assertThat(log()).as("said once").hasSize(before);
        type(0, essay, "12");
        look();
        assertThat(gradebook.status(tenant(), course.contextId()).problem()).isNull();
        assertThat(latest(0, essay).orElseThrow().score()).isEqualByComparingTo("12");
    }

    @Test
    void aResultOfSomebodyUnknownIsRecordedOnceTheyAreKnown() {
        start(ReferenceLms.builder().students(2));
        Column essay = course.addColumn("Oral", 100);
        LmsUser newcomer = course.course().enrol("New", "Comer", LmsRole.LEARNER);
        course.course().typeGrade(newcomer, essay, "91");
        type(0, essay, "50");
        jdbc.sql("UPDATE context SET roster_tried_at = roster_tried_at - INTERVAL 2 MINUTE WHERE tenant_id = ?")
                .param(tenant().value())
                .update();
        look();
        assertThat(log()).hasSize(1);
        // The look asked for a roster; people who are then known start another look by themselves.
        await().atMost(Duration.ofSeconds(20)).until(() -> log().size() == 2);
        assertThat(latest(course.person(newcomer), essay).orElseThrow().score()).isEqualByComparingTo("91");
    }

    @Test
    void whoGaveAGradeIsKnownWhereThePlatformSaysSo() {
        start(ReferenceLms.builder().students(3).mode(Mode.GENERIC));
        Column essay = course.addColumn("Oral", 100);
        LmsUser ada = course.course().student(0);
        type(0, essay, "91");
        force(1, essay, "\"resultScore\":91,\"resultMaximum\":100");
        force(2, essay, "\"resultScore\":91,\"resultMaximum\":100,\"scoringUserId\":\"%s\"".formatted(ada.id()));

        look();

        assertThat(saidOf(0, essay).origin()).isEqualTo(ResultTrail.Origin.HUMAN);
        assertThat(saidOf(0, essay).byPerson())
                .isEqualTo(course.person(course.course().teacher()));
        assertThat(saidOf(1, essay).origin()).isEqualTo(ResultTrail.Origin.AUTOMATIC);
        assertThat(saidOf(1, essay).byPerson()).isNull();
        assertThat(saidOf(2, essay).byPerson()).isEqualTo(course.person(ada));
    }

    private ResultTrail.Entry saidOf(int student, Column column) {
        long person = course.person(course.course().student(student));
        long item = item(column.label()).id();
        return gradebook
                .trailsOf(tenant(), course.contextId(), List.of(person), List.of(item))
                .get(person)
                .get(0)
                .entries()
                .get(0);
    }

    @Test
    void aDeletedColumnIsMarkedAndItsObservationsStay() {
        start(ReferenceLms.builder().students(2));
        Column essay = course.addColumn("Oral", 100);
        type(0, essay, "50");
        look();
        course.course().delete(essay);
        look();
        assertThat(item("Oral").deleted()).isTrue();
        assertThat(log()).hasSize(1);
        assertThat(latest(0, essay).orElseThrow().status()).isEqualTo(Observation.Status.GRADED);
    }

    @Test
    void aColumnThatIsListedAgainIsNoLongerDeleted() {
        start(ReferenceLms.builder().students(1));
        course.addColumn("Oral", 100);
        look();
        jdbc.sql("UPDATE line_item SET deleted_at = created_at WHERE tenant_id = ?")
                .param(tenant().value())
                .update();
        look();
        assertThat(item("Oral").deleted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aColumnGradedByTheInstructorIsAnInputAndOneThatLaurelWritesNever(Mode mode) {
        start(ReferenceLms.builder().students(3).mode(mode));
        LineItem oral = create("Oral presentation, graded by you", "30", false, "oral-1");
        assertThat(create("Oral presentation, graded by you", "30", false, "oral-1")
                        .id())
                .isEqualTo(oral.id());
        LineItem badges = create("Badges", "1", true, "rule-set-1");
        assertThat(badges.output()).isTrue();
        assertThat(oral.createdHere()).isTrue();

        LmsUser student = course.course().student(0);
        course.course().typeGrade(student, course.course().columnCalled("Oral presentation, graded by you"), "30");
        gradebook.sendScore(tenant(), badges.id(), oneOfOne(course.person(student)));
        gradebook.sendScore(tenant(), badges.id(), oneOfOne(course.person(student)));
        assertThat(course.course().columnCalled("Badges").grade(student)).isPresent();
        look();
        assertThat(log())
                .hasSize(1)
                .allSatisfy(seen -> assertThat(seen.lineItemId()).isEqualTo(oral.id()));
        assertThat(gradebook.lineItem(tenant(), badges.id()).orElseThrow().output())
                .isTrue();

        // Even where the table forgot it, the column itself says whose it is.
        jdbc.sql("DELETE FROM line_item WHERE tenant_id = ? AND id = ?")
                .params(tenant().value(), badges.id())
                .update();
        look();
        assertThat(item("Badges").output()).isTrue();
        assertThat(log()).hasSize(1);
    }

    @Test
    void scoresThatCannotBeTakenSayWhetherToTryAgain() {
        start(ReferenceLms.builder().students(1));
        LineItem badges = create("Badges", "1", true, "rule-set-1");
        long student = course.person(course.course().student(0));
        long teacher = course.person(course.course().teacher());
        assertThat(refused(badges, teacher).isFinal()).isTrue();
        for (int status : new int[] {400, 403, 404, 422}) {
            course.lms().setFault(Service.SCORES, Fault.status(status));
            assertThat(refused(badges, student).isFinal()).as("" + status).isTrue();
        }
        for (int status : new int[] {429, 500, 503}) {
            course.lms().setFault(Service.SCORES, Fault.status(status));
            assertThat(refused(badges, student).isFinal()).as("" + status).isFalse();
        }
        course.lms().setFault(Service.SCORES, Fault.status(409));
        assertThat(refused(badges, student).isFinal()).isFalse();
        course.lms().clearFaults();
        LineItem oral = create("Oral", "30", false, "oral-1");
        assertThat(refused(oral, student).isFinal()).isTrue();
    }

    @Test
    void aColumnThatTheLmsRefusesIsExplained() {
        start(ReferenceLms.builder().students(1));
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(403));
        assertThatThrownBy(() -> create("Oral", "30", false, "oral-1"))
                .isInstanceOf(GradebookException.class)
                .hasMessageContaining("does not allow");
    }

    @Test
    void aCohortOfTwoThousandIsAHandfulOfStatements() {
        start(ReferenceLms.builder().students(2_000).pageSize(2_500));
        Column essay = course.addColumn("Oral", 100);
        for (LmsUser student : course.course().students()) {
            course.course().typeGrade(student, essay, "85");
        }
        Instant started = Instant.now();
        assertThat(statementsOf(this::look)).isLessThan(80);
        System.out.printf(
                "MEASURED 2,000 changed results read and recorded in %d ms%n",
                Duration.between(started, Instant.now()).toMillis());
        assertThat(log()).hasSize(2_000);
        started = Instant.now();
        assertThat(statementsOf(this::look)).isLessThan(20);
        System.out.printf(
                "MEASURED 2,000 unchanged results in %d ms%n",
                Duration.between(started, Instant.now()).toMillis());
        assertThat(log()).hasSize(2_000);
    }

    @Test
    void theLogHasNoGapsHoweverManyLookAtOnce() throws Exception {
        start(ReferenceLms.builder().students(20));
        Column essay = course.addColumn("Oral", 100);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 1; round <= 5; round++) {
                for (int i = 0; i < 20; i++) {
                    type(i, essay, "" + round);
                }
                List<Callable<Instant>> looks = List.of(this::look, this::look, this::look, this::look);
                for (Future<Instant> each : threads.invokeAll(looks)) {
                    each.get();
                }
            }
        } finally {
            threads.shutdown();
        }
        assertThat(log())
                .extracting(Observation::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void aLaunchDoesNotHurryAPlatformThatAskedToWait() {
        start(ReferenceLms.builder().students(2));
        course.lms().setFault(Service.RESULTS, Fault.tooManyRequests(Duration.ofSeconds(90)));
        look();

        course.admit(course.course().student(0), Role.LEARNER);

        assertThat(gradebook.status(tenant(), course.contextId()).nextCheckAt())
                .isAfter(Instant.now().plusSeconds(80));
    }

    @Test
    void aGradeIsSeenWithinSecondsWhileStaffIsThere() {
        course = LmsCourse.startWithJobs(app, ReferenceLms.builder().students(3));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gradebook.status(tenant(), course.contextId()).lastCheckedAt() != null
                        && contexts.earners(tenant(), course.contextId()).size() == 3);
        Column essay = course.addColumn("Oral", 100);
        type(0, essay, "85");
        await().atMost(Duration.ofSeconds(20)).until(() -> log().size() == 1);
        SyncStatus status = gradebook.status(tenant(), course.contextId());
        assertThat(status.problem()).isNull();
        assertThat(status.nextCheckAt()).isNotNull();
    }

    @Test
    void oneReferenceTellsTheRoadOfAGrade() {
        start(ReferenceLms.builder().students(1));
        Column essay = course.addColumn("Oral", 100);
        type(0, essay, "85");
        look();
        List<Footprint> road = trail.follow(tenant(), log().get(0).reference());
        assertThat(road).extracting(Footprint::step).containsExactly(Step.LAUNCH, Step.CONTEXT, Step.GRADEBOOK);
        assertThat(road.get(2).outcome()).startsWith("a score").doesNotContain("85");
        assertThat(trail.follow(new TenantId(tenant().value() + 1), log().get(0).reference()))
                .isEmpty();
    }

    @Test
    void anotherTenantSeesNothing() {
        start(ReferenceLms.builder().students(1));
        Column essay = course.addColumn("Oral", 100);
        type(0, essay, "85");
        look();
        TenantId foreign = new TenantId(tenant().value() + 1_000);
        long item = item("Oral").id();
        assertThat(gradebook.lineItems(foreign, course.contextId())).isEmpty();
        assertThat(gradebook.lineItem(foreign, item)).isEmpty();
        assertThat(gradebook.changesAfter(foreign, course.contextId(), 0, 10)).isEmpty();
        assertThat(gradebook.latest(foreign, course.contextId(), List.of(item), null))
                .isEmpty();
        assertThat(gradebook.status(foreign, course.contextId()).lastCheckedAt())
                .isNull();
        assertThatThrownBy(() -> gradebook.sendScore(foreign, item, oneOfOne(1)))
                .isInstanceOf(GradebookException.class);
    }

    @Test
    void whatALmsWritesInPlaceOfANumberIsNotRepeated() {
        start(ReferenceLms.builder().students(2));
        Column essay = course.addColumn("Essay", 100);
        force(0, essay, "\"resultScore\":\"see mail of ada@example.org\",\"resultMaximum\":100");

        look();

        assertThat(gradebook.status(tenant(), course.contextId()).problem())
                .contains("Essay", "no number")
                .doesNotContain("ada", "mail");
    }

    private void start(ReferenceLms.Builder lms) {
        course = LmsCourse.start(app, lms);
        contexts.refreshRoster(tenant(), course.contextId());
    }

    private void theTimeThatThePlatformAskedForIsOver() {
        jdbc.sql("UPDATE source_look SET not_before = NULL WHERE tenant_id = ?")
                .param(tenant().value())
                .update();
    }

    private TenantId tenant() {
        return course.tenant();
    }

    private Instant look() {
        syncs.ask(tenant(), course.contextId(), Instant.now(), null);
        return sync.run(tenant(), Long.toString(course.contextId()));
    }

    private void type(int student, Column column, String grade) {
        course.course().typeGrade(course.course().student(student), column, grade);
    }

    private void force(int student, Column column, String members) {
        course.course().forceResult(course.course().student(student), column, members);
    }

    private LineItem create(String label, String maximum, boolean output, String resourceId) {
        return gradebook.createColumn(tenant(), course.contextId(), label, new BigDecimal(maximum), output, resourceId);
    }

    private GradebookException refused(LineItem item, long person) {
        return catchThrowableOfType(
                GradebookException.class, () -> gradebook.sendScore(tenant(), item.id(), oneOfOne(person)));
    }

    private static OutgoingScore oneOfOne(long person) {
        Instant now = Instant.now();
        return new OutgoingScore(person, BigDecimal.ONE, BigDecimal.ONE, now, now);
    }

    private List<Observation> log() {
        return gradebook.changesAfter(tenant(), course.contextId(), 0, 10_000);
    }

    private List<String> labels() {
        return gradebook.lineItems(tenant(), course.contextId()).stream()
                .map(LineItem::label)
                .toList();
    }

    private LineItem item(String label) {
        return gradebook.lineItems(tenant(), course.contextId()).stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Observation> latest(int student, Column column) {
        return latest(course.person(course.course().student(student)), column);
    }

    private Optional<Observation> latest(long person, Column column) {
        return gradebook
                .latest(
                        tenant(),
                        course.contextId(),
                        List.of(item(column.label()).id()),
                        List.of(person))
                .stream()
                .findFirst();
    }

    private long statementsOf(Runnable work) {
        return Statements.of(transaction, jdbc, work);
    }
}
