package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.WoundClock;
import dev.laurel.context.Contexts;
import dev.laurel.context.CoursesInUse;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.StepMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import lms.Course;
import lms.Fault;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A platform with many courses, read over AGS and over its own interface (one that is played, Moodle's web services, and
 * Canvas's REST interface), is away for a day, by a clock that is wound to whenever the next course is due.
 */
@Tag("once")
@LaurelTest
class OutageIntegrationTests {

    private static final int COURSES = 12;

    private static final int SOURCES = 2 * COURSES;

    /**
     * Half an hour and up to a quarter longer, some forty times in a day: by then the lots have spread the looks over
     * the whole pause, so that 0.7 of the 24 fall into a minute. That nine or more do has a chance of some millionths;
     * without lots all 24 would.
     */
    private static final int MOST_IN_A_MINUTE = SOURCES / 3;

    /** Lots of a tenth of today's would gather them within a few minutes; with today's the chance is below a millionth. */
    private static final long LEAST_MINUTES_APART = 15;

    private static final List<Service> SERVICES =
            List.of(Service.LINE_ITEMS, Service.RESULTS, Service.READING, Service.CANVAS_API);

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    SourceLookRepository rows;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final WoundClock clock = new WoundClock(Instant.now().truncatedTo(ChronoUnit.MICROS));

    /** By our number of the course. */
    private final Map<Long, Course> courses = new HashMap<>();

    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));

    private LmsCourse laurel;

    private SyncJob sync;

    private record Due(Instant at, long course) {}

    private void readManyCourses(Mode mode) {
        laurel = LmsCourse.start(
                app,
                ReferenceLms.builder().mode(mode).students(2),
                tool -> mode == Mode.CANVAS ? CanvasConnection.tool(tool) : tool);
        courses.put(laurel.contextId(), laurel.course());
        for (int i = 1; i < COURSES; i++) {
            Course course = laurel.lms().addCourse("Course " + i, "C-" + i, 2, laurel.tool());
            courses.put(
                    Objects.requireNonNull(laurel.admit(course, course.teacher(), Role.INSTRUCTOR)
                            .contextId()),
                    course);
        }
        courses.keySet().forEach(id -> contexts.refreshRoster(laurel.tenant(), id));
        String source = source(mode);
        sync = byThisClock(source);
        // What was asked for so far, by the clock of the others, lies behind this one: else it would be asked for for
        // ever.
        clock.windTo(Instant.now().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofMinutes(2)));
        courses.keySet().forEach(id -> look(new Due(clock.instant(), id)));
        assertThat(courses.keySet())
                .allSatisfy(id -> assertThat(rows.ofCourse(laurel.tenant(), id))
                        .containsOnlyKeys("ags", source)
                        .allSatisfy((name, row) -> assertThat(row.failures()).isZero()));
    }

    @AfterEach
    void close() {
        laurel.close();
    }

    /** What reads the LMS's own columns, once it may. */
    private String source(Mode mode) {
        if (mode == Mode.MOODLE) {
            TestReadingKeys.forMoodle(app, laurel);
            return "moodle";
        }
        if (mode == Mode.CANVAS) {
            CanvasConnection.key(app, laurel, CanvasCapability.GRADES, CanvasCapability.TOTALS);
            courses.forEach(
                    (id, course) -> CanvasConnection.allow(app, laurel, course.teacher(), course.teacher(), id));
            return "canvas";
        }
        app.getBean(PlayedSource.class).readAlso(laurel.lms());
        return "played";
    }

    @ParameterizedTest
    @EnumSource(names = {"GENERIC", "MOODLE", "CANVAS"})
    void afterADayAwayNothingIsLostAndNobodyIsStormed(Mode mode) {
        readManyCourses(mode);
        SERVICES.forEach(service -> laurel.lms().setFault(service, Fault.unavailable(Duration.ofSeconds(20))));
        Instant back = clock.instant().plus(Duration.ofHours(24));
        long before = requests();
        windTo(back.minus(Duration.ofHours(12)));
        courses.values().forEach(course -> {
            course.typeGrade(course.student(0), course.columnCalled("Essay 1"), "85");
            course.typeGrade(course.student(1), course.columnCalled("Final quiz"), "42");
        });
        windTo(back);
        long asked = requests() - before;
        assertThat(asked / COURSES)
                .as("requests for a course that cannot be read for a day")
                .isLessThan(200);
        assertThat(problems()).hasSize(COURSES);

        laurel.lms().clearFaults();
        TreeMap<Long, Long> backByMinute = new TreeMap<>();
        List<Due> readAgain = new ArrayList<>();
        while (!queue.isEmpty()) {
            Due next = queue.remove();
            clock.windTo(next.at());
            long minute = ChronoUnit.MINUTES.between(back, clock.instant());
            assertThat(minute).as("minutes until the last course is read").isLessThan(45);
            int gone = away(next.course()).size();
            Instant after = sync.run(laurel.tenant(), Long.toString(next.course()));
            List<Instant> away = away(next.course());
            if (gone > away.size()) {
                backByMinute.merge(minute, (long) gone - away.size(), Long::sum);
            }
            // The source that is back already would be read every second: only when the other comes is of interest.
            if (away.isEmpty()) {
                readAgain.add(new Due(after, next.course()));
            } else {
                queue.add(new Due(Collections.min(away), next.course()));
            }
        }

        assertThat(backByMinute.values())
                .as("sources of courses that come back together: %s", backByMinute)
                .allSatisfy(together -> assertThat(together).isLessThanOrEqualTo(MOST_IN_A_MINUTE));
        assertThat(backByMinute.lastKey() - backByMinute.firstKey())
                .as("minutes from the first to the last: %s", backByMinute)
                .isGreaterThanOrEqualTo(LEAST_MINUTES_APART);
        assertThat(courses.keySet()).as("nothing is lost").allMatch(this::isThere);
        assertThat(problems()).isEmpty();
        assertThat(jdbc.sql("SELECT COUNT(*) FROM set_aside_job WHERE tenant_id = ?")
                        .param(laurel.tenant().value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(readAgain)
                .as("everybody is looked at again")
                .hasSize(COURSES)
                .allSatisfy(due -> assertThat(due.at()).isBefore(clock.instant().plus(Duration.ofHours(1))));
    }

    private void windTo(Instant end) {
        while (queue.element().at().isBefore(end)) {
            Due next = queue.remove();
            clock.windTo(next.at());
            look(next);
        }
        clock.windTo(end);
    }

    private void look(Due due) {
        queue.add(new Due(sync.run(laurel.tenant(), Long.toString(due.course())), due.course()));
    }

    /** When those sources of a course are looked at next that do not work. */
    private List<Instant> away(long course) {
        return rows.ofCourse(laurel.tenant(), course).values().stream()
                .filter(row -> row.failures() > 0)
                .map(SourceLookRepository.Row::nextLookAt)
                .toList();
    }

    private long requests() {
        return SERVICES.stream().mapToLong(laurel.lms()::calls).sum();
    }

    private List<String> problems() {
        return courses.keySet().stream()
                .map(id -> gradebook.status(laurel.tenant(), id).problem())
                .filter(Objects::nonNull)
                .toList();
    }

    private boolean isThere(long course) {
        List<BigDecimal> scores = new ArrayList<>();
        for (LineItem item : gradebook.lineItems(laurel.tenant(), course)) {
            if (item.kind() == LineItem.Kind.SCORE) {
                gradebook.latest(laurel.tenant(), course, List.of(item.id()), null).stream()
                        .map(Observation::score)
                        .filter(Objects::nonNull)
                        .forEach(scores::add);
            }
        }
        return scores.stream().anyMatch(score -> score.compareTo(new BigDecimal(85)) == 0)
                && scores.stream().anyMatch(score -> score.compareTo(new BigDecimal(42)) == 0);
    }

    private SyncJob byThisClock(String also) {
        LineItemRepository lineItems = app.getBean(LineItemRepository.class);
        SyncRepository syncs = app.getBean(SyncRepository.class);
        Recorder recorder = new Recorder(
                contexts,
                lineItems,
                app.getBean(ObservationRepository.class),
                app.getBean(GradingSchemeRepository.class),
                syncs,
                new Absences(contexts, lineItems, clock),
                app,
                transaction,
                clock);
        Newcomers newcomers = app.getBean(Newcomers.class);
        SourceReader reader = new SourceReader(
                app.getBean(Platforms.class),
                lineItems,
                syncs,
                rows,
                newcomers,
                recorder,
                app.getBean(CoursesInUse.class),
                app.getBean(StepMetrics.class),
                clock);
        List<GradebookSource> sources = app.getBeansOfType(GradebookSource.class).values().stream()
                .filter(source -> Set.of("ags", also).contains(source.name()))
                .toList();
        return new SyncJob(
                contexts,
                sources,
                new SourceLooks(syncs, rows, app.getBean(ReadingHints.class), reader, clock),
                syncs,
                newcomers,
                app.getBean(CoursesInUse.class),
                app.getBean(Jobs.class),
                clock);
    }
}
