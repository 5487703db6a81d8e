package dev.laurel.gradebook.moodle;

import static dev.laurel.gradebook.moodle.MoodleStub.calling;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.laurel.LaurelTest;
import dev.laurel.SteppingClock;
import dev.laurel.WireMocks;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.ags.AgsWriter;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** How looks at a Moodle follow each other where it has another clock, takes its time, or is broken in a part. */
@LaurelTest
class MoodlePaceIntegrationTests {

    private static final int STUDENTS = 12;

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Autowired
    ApplicationContext app;

    private LmsCourse course;

    @RegisterExtension
    final WireMockExtension server = WireMocks.onLoopback();

    private MoodleStub moodle;

    @BeforeEach
    void aCourseWithAnAssignmentAndAnActivity() {
        moodle = new MoodleStub(server);
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(STUDENTS));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        app.getBean(ReadingKeys.class)
                .save(
                        course.tenant(),
                        course.registrationId(),
                        "moodle",
                        TestReadingKeys.of(
                                moodle.address().toString(),
                                TOKEN,
                                MoodleCapability.GRADES,
                                MoodleCapability.NEW_GRADES,
                                MoodleCapability.COMPLETIONS,
                                MoodleCapability.COMPETENCIES));
        moodle.on(MoodleFunction.ITEMS, """
                {"gradeItems":[{"id":"2","itemname":"Report","category":"Course"}],"warnings":[]}""");
        moodle.on(MoodleFunction.GRADES, report(students()));
        moodle.on(MoodleFunction.CONTENTS, """
                [{"id":1,"name":"Week 1","modules":[{"id":30,"name":"Read","modname":"page","completion":1}]}]""");
        moodle.on(MoodleFunction.COMPLETIONS, """
                {"statuses":[{"cmid":30,"state":1,"timecompleted":1795394142}],"warnings":[]}""");
        moodle.on(MoodleFunction.COMPETENCIES, "[]");
        graded(List.of());
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whatWasGradedSinceIsAskedForByMoodlesClock() {
        Instant behind = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        moodle.on(
                MoodleFunction.ITEMS,
                WireMocks.json("{\"gradeItems\":[{\"id\":\"2\",\"itemname\":\"Report\",\"category\":\"Course\"}]}")
                        .withHeader(
                                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(behind.atOffset(ZoneOffset.UTC))));
        String before = read(Clock.systemUTC(), null).bookmark();

        read(Clock.systemUTC(), before);

        assertThat(since(before)).isEqualTo(behind.getEpochSecond() - 120);
        assertThat(moodle.asked(MoodleFunction.ASSIGNMENT_GRADES))
                .last()
                .satisfies(asked ->
                        assertThat(asked.getBodyAsString()).contains("since=" + (behind.getEpochSecond() - 120)));
    }

    @Test
    void aMoodleThatTakesItsTimeIsLeftAfterFiveMinutesAndTheNextLookGoesOn() {
        Set<String> read = new TreeSet<>();
        String bookmark = null;
        int looks = 0;
        do {
            Reading reading = read(new SteppingClock(Duration.ofMinutes(1)), bookmark);
            assertThat(reading.problem()).isNull();
            assertThat(complete(reading)).hasSizeBetween(1, 6);
            assertThat(read).doesNotContainAnyElementsOf(complete(reading));
            read.addAll(complete(reading));
            bookmark = reading.bookmark();
            looks++;
        } while (app.getBean(MoodleSource.class).isBehind(bookmark) && looks < STUDENTS);

        assertThat(read).hasSize(STUDENTS);
        assertThat(looks).isGreaterThan(1);
    }

    @Test
    void whoWasGradedAndCouldNotBeReadInTimeIsReadByTheNextLooks() {
        String bookmark = read(Clock.systemUTC(), null).bookmark();
        graded(students().map(LmsUser::id).toList());
        Set<String> read = new TreeSet<>();
        Reading reading = read(new SteppingClock(Duration.ofMinutes(1)), bookmark);
        assertThat(complete(reading)).hasSizeBetween(1, STUDENTS - 1);
        read.addAll(complete(reading));
        graded(List.of());

        for (int looks = 0; looks < STUDENTS && isBehind(reading); looks++) {
            reading = read(new SteppingClock(Duration.ofMinutes(1)), reading.bookmark());
            read.addAll(complete(reading));
        }

        assertThat(read).hasSize(STUDENTS);
        assertThat(isBehind(reading)).isFalse();
    }

    @Test
    void aPartOfMoodleThatIsBrokenKeepsNoOtherFromBeingRead() {
        moodle.on(MoodleFunction.COMPETENCIES, WireMocks.html(502));
        moodle.on(MoodleFunction.COMPLETIONS, WireMocks.html(503));

        Reading reading = read(Clock.systemUTC(), null);

        assertThat(reading.problem()).isNull();
        assertThat(accounts(reading, "item-2")).hasSize(STUDENTS);
        assertThat(complete(reading)).isEmpty();
        assertThat(moodle.asked(MoodleFunction.COMPLETIONS))
                .as("of five in a row, and three others, not of each of them")
                .hasSize(8);
        assertThat(Objects.requireNonNull(Bookmark.read(reading.bookmark())).cursor())
                .as("nobody was read")
                .isZero();
        assertThat(reading.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("answer 502"))
                .anySatisfy(warning -> assertThat(warning).contains("answer 503"));
    }

    @Test
    void aLearnerAtWhoseReportMoodleBreaksKeepsNobodyElsesFromBeingRead() {
        LmsUser broken = inOrder().get(4);
        breakAtReportOf(broken);

        assertThat(readInLooks("item-2", null)).hasSize(STUDENTS - 1).doesNotContain(broken.id());
        assertThat(readInLooks("item-2", bookmarkBehind(inOrder().get(3))))
                .as("where a look begins with her")
                .contains(inOrder().get(5).id());
    }

    @Test
    void whoWasGradedAndAtWhoseReportMoodleBreaksIsPassedOver() {
        LmsUser broken = inOrder().get(4);
        breakAtReportOf(broken);
        String bookmark = new Bookmark(1_700_000_000, 0, false, 0, 0, 1_700_000_000).write();
        graded(students().map(LmsUser::id).toList());

        Reading reading = read(Clock.systemUTC(), bookmark);

        assertThat(reading.problem()).isNull();
        assertThat(since(reading.bookmark())).isGreaterThan(1_700_000_000);
        graded(List.of());
        assertThat(readInLooks("item-2", reading.bookmark()))
                .contains(inOrder().get(5).id(), inOrder().get(STUDENTS - 1).id());
    }

    /** Moodle tells that something broke as success, too. */
    @Test
    void aLearnerBecauseOfWhomTheReportOfEverybodyBreaksKeepsNobodyElsesFromBeingRead() {
        LmsUser broken = inOrder().get(0);
        moodle.on(MoodleFunction.GRADES, MoodleStub.error("dmlreadexception"));
        students()
                .filter(student -> !student.equals(broken))
                .forEach(student -> moodle.on(
                        calling(MoodleFunction.GRADES).withFormParam("userid", WireMock.equalTo(student.id())),
                        WireMocks.json(report(Stream.of(student)))));

        assertThat(readInLooks("item-2", null)).hasSize(STUDENTS - 1).doesNotContain(broken.id());
    }

    @Test
    void manyInARowAtWhoseReportsMoodleBreaksKeepNobodyElsesFromBeingRead() {
        List<LmsUser> broken = inOrder().subList(0, 7);
        moodle.on(MoodleFunction.GRADES, WireMocks.html(500));
        students()
                .filter(student -> !broken.contains(student))
                .forEach(student -> moodle.on(
                        calling(MoodleFunction.GRADES).withFormParam("userid", WireMock.equalTo(student.id())),
                        WireMocks.json(report(Stream.of(student)))));

        assertThat(readInLooks("item-2", null)).hasSize(STUDENTS - 7);
    }

    @Test
    void manyInARowAtWhoseCompletionsMoodleBreaksKeepNobodyElsesFromBeingReadEvenIfTheyComeFirst() {
        List<LmsUser> broken = inOrder().subList(2, 9);
        broken.forEach(student -> moodle.on(
                calling(MoodleFunction.COMPLETIONS).withFormParam("userid", WireMock.equalTo(student.id())),
                WireMocks.html(500)));

        assertThat(readInLooks("completion-30", null)).hasSize(STUDENTS - 7);

        graded(broken.stream().map(LmsUser::id).toList());
        assertThat(readInLooks("completion-30", bookmarkBehind(inOrder().get(0))))
                .contains(inOrder().get(1).id(), inOrder().get(9).id());
    }

    @Test
    void atWhomMoodleBreaksOnlyOnceIsReadInTheSameLook() {
        LmsUser slipped = inOrder().get(4);
        moodle.on(
                calling(MoodleFunction.COMPLETIONS)
                        .withFormParam("userid", WireMock.equalTo(slipped.id()))
                        .inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("well"),
                WireMocks.html(500));

        Reading reading = read(Clock.systemUTC(), null);

        assertThat(complete(reading)).hasSize(STUDENTS).contains(slipped.id());
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void aLearnerAtWhoseCompletionsMoodleBreaksKeepsNobodyElsesFromBeingRead() {
        LmsUser broken = inOrder().get(4);
        moodle.on(
                calling(MoodleFunction.COMPLETIONS).withFormParam("userid", WireMock.equalTo(broken.id())),
                WireMocks.html(500));

        assertThat(readInLooks("completion-30", null)).hasSize(STUDENTS - 1).doesNotContain(broken.id());
    }

    private void breakAtReportOf(LmsUser broken) {
        moodle.on(MoodleFunction.GRADES, WireMocks.html(500));
        students()
                .forEach(student -> moodle.on(
                        calling(MoodleFunction.GRADES).withFormParam("userid", WireMock.equalTo(student.id())),
                        student.equals(broken) ? WireMocks.html(504) : WireMocks.json(report(Stream.of(student)))));
    }

    private List<LmsUser> inOrder() {
        return students().sorted(Comparator.comparing(course::person)).toList();
    }

    private String bookmarkBehind(LmsUser last) {
        return new Bookmark(1_700_000_000, course.person(last), true, 0, 0, 1_700_000_000).write();
    }

    /** Looks until nothing is owed. */
    private Set<String> readInLooks(String externalId, String from) {
        Set<String> read = new TreeSet<>();
        String bookmark = from;
        int looks = 0;
        do {
            Reading reading = read(Clock.systemUTC(), bookmark);
            assertThat(reading.problem()).isNull();
            read.addAll(accounts(reading, externalId));
            bookmark = reading.bookmark();
            assertThat(++looks).isLessThan(5);
        } while (app.getBean(MoodleSource.class).isBehind(bookmark));
        return read;
    }

    @Test
    void aPartThatBreaksInTheMiddleIsAskedAgainFromThereOn() {
        LmsUser last = students().max(Comparator.comparing(course::person)).orElseThrow();
        moodle.on(
                calling(MoodleFunction.COMPLETIONS).withFormParam("userid", WireMock.equalTo(last.id())),
                WireMocks.html(500));
        Reading reading = read(Clock.systemUTC(), null);
        assertThat(complete(reading)).hasSize(STUDENTS - 1).doesNotContain(last.id());

        moodle.on(MoodleFunction.COMPLETIONS, """
                {"statuses":[{"cmid":30,"state":1,"timecompleted":1795394142}],"warnings":[]}""");
        assertThat(complete(read(Clock.systemUTC(), reading.bookmark()))).containsExactly(last.id());
    }

    @Test
    void whatWasGradedSinceIsAskedForAgainWhereMoodleDidNotTellIt() {
        String before = read(Clock.systemUTC(), null).bookmark();
        String longAgo = before.replace(";" + since(before) + ";", ";1700000000;");
        for (String code : List.of("", "dmlreadexception")) {
            moodle.on(
                    MoodleFunction.ASSIGNMENT_GRADES,
                    code.isEmpty() ? WireMocks.html(500) : WireMocks.json(MoodleStub.error(code)));
            assertThat(since(read(Clock.systemUTC(), longAgo).bookmark())).isEqualTo(1_700_000_000);
        }

        graded(List.of());
        assertThat(since(read(Clock.systemUTC(), longAgo).bookmark())).isGreaterThan(1_700_000_000);
    }

    private Stream<LmsUser> students() {
        return course.course().students().stream();
    }

    private static String report(Stream<LmsUser> of) {
        return """
                {"usergrades":[%s],"warnings":[]}""".formatted(of.map(student -> """
                        {"userid":%s,"gradeitems":[{"id":2,"itemname":"Report","itemtype":"mod","itemmodule":"assign","iteminstance":1,
                         "weightraw":1,"graderaw":7,"grademin":0,"grademax":20}]}""".formatted(student.id())).collect(Collectors.joining(",")));
    }

    private void graded(List<String> accounts) {
        moodle.on(MoodleFunction.ASSIGNMENT_GRADES, """
                {"assignments":[{"assignmentid":1,"grades":[%s]}],"warnings":[]}""".formatted(
                        accounts.stream().map(account -> """
                        {"userid":%s,"attemptnumber":0,"timemodified":1795394142,"grader":-1,"grade":"7.00000"}""".formatted(account)).collect(Collectors.joining(","))));
    }

    private static long since(String bookmark) {
        return Objects.requireNonNull(Bookmark.read(bookmark)).since();
    }

    private boolean isBehind(Reading reading) {
        return app.getBean(MoodleSource.class).isBehind(reading.bookmark());
    }

    private List<String> complete(Reading reading) {
        return accounts(reading, "completion-30");
    }

    /** Of the students; the assistant is one by the roster of a Moodle. */
    private List<String> accounts(Reading reading, String externalId) {
        return reading.results().stream()
                .filter(column -> column.externalId().equals(externalId))
                .flatMap(column -> column.results().stream())
                .map(Result::account)
                .filter(account -> students().anyMatch(student -> student.id().equals(account)))
                .toList();
    }

    private Reading read(Clock clock, String bookmark) {
        CourseContext context = app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow();
        MoodleSource source = new MoodleSource(
                app.getBean(ReadingKeys.class),
                app.getBean(ServiceReader.class),
                app.getBean(Contexts.class),
                app.getBean(CourseSections.class),
                app.getBean(KnownColumns.class),
                app.getBean(AgsWriter.class),
                clock);
        return source.read(context, new Look(column -> true, bookmark, Set.of()), (done, of) -> {});
    }
}
