package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import dev.laurel.gradebook.source.GradebookSource;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lms.Column;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What it costs to read a very large course for the first time over each platform's own interface, and once more after a
 * few changes. Prints times; asserts only how much was asked and told, which does not depend on the machine.
 */
@Tag("bench")
@LaurelTest
class FirstSyncBenchTests {

    private static final int STUDENTS = Integer.getInteger("bench.students", 5_000);

    private static final int ITEMS = Integer.getInteger("bench.items", 60);

    private static final int CHANGES = 50;

    @Autowired
    ApplicationContext app;

    @Autowired
    SourceLookRepository rows;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void canvas() {
        try (LmsCourse course = LmsCourse.start(
                app, ReferenceLms.builder().students(STUDENTS).pageSize(500).clock(lmsTime), CanvasConnection::tool)) {
            List<Column> items = fill(course);
            back = Duration.ZERO;
            CanvasConnection.connect(app, course);

            Cost first = measure(course, "canvas", Service.CANVAS_API, "Canvas, first");
            assertThat(observed(course)).isGreaterThanOrEqualTo(STUDENTS * ITEMS);
            assertThat(first.looks()).isEqualTo(1);

            long before = observed(course);
            change(course, items);
            Cost next = measure(course, "canvas", Service.CANVAS_API, "Canvas, " + CHANGES + " changes");
            assertThat(observed(course) - before).isGreaterThanOrEqualTo(CHANGES);
            assertThat(next.requests()).as("not the whole course").isLessThan(CHANGES * 2L);
            assertThat(next.results()).as("not the whole course").isLessThan(CHANGES * 40L);
            assertThat(next.statements()).isLessThan(150);
            assertThat(course.lms().canvas().throttled()).isZero();
        }
    }

    @Test
    void moodle() {
        try (LmsCourse course = LmsCourse.start(
                app,
                ReferenceLms.builder()
                        .mode(Mode.MOODLE)
                        .students(STUDENTS)
                        .pageSize(500)
                        .clock(lmsTime))) {
            List<Column> items = fill(course);
            back = Duration.ZERO;
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            TestReadingKeys.forMoodle(app, course);

            measure(course, "moodle", Service.READING, "Moodle, first");
            assertThat(observed(course)).isGreaterThanOrEqualTo(STUDENTS * ITEMS);

            long before = observed(course);
            // Of those Moodle tells who was graded since; see Pass.
            change(
                    course,
                    items.stream()
                            .filter(item -> item.label().startsWith("Report"))
                            .toList());
            Cost next = measure(course, "moodle", Service.READING, "Moodle, " + CHANGES + " changes");
            assertThat(observed(course) - before).isGreaterThanOrEqualTo(CHANGES);
            assertThat(next.looks()).isEqualTo(1);
            assertThat(next.requests()).as("not the whole course").isLessThan(CHANGES * 4L + 40);
            assertThat(next.results()).as("not the whole course").isLessThan((CHANGES + 40L) * (ITEMS + 10));
            assertThat(next.statements()).isLessThan(150);
        }
    }

    private static List<Column> fill(LmsCourse course) {
        List<Column> items = new ArrayList<>();
        for (int i = 1; i <= ITEMS; i++) {
            items.add(course.course().addOwnColumn((i % 2 == 0 ? "Report " : "Quiz ") + i, 100));
        }
        int number = 0;
        for (LmsUser student : course.course().students()) {
            for (Column item : items) {
                course.course().typeGrade(student, item, Integer.toString(40 + number++ % 60));
            }
        }
        return items;
    }

    private static void change(LmsCourse course, List<Column> items) {
        List<LmsUser> students = course.course().students();
        for (int i = 0; i < CHANGES; i++) {
            course.course().typeGrade(students.get(i * (STUDENTS / CHANGES)), items.get(i % items.size()), "99.5");
        }
    }

    /** Grades of the last weeks are nothing that the second look would find again. */
    private volatile Duration back = Duration.ofDays(1);

    private final Clock lmsTime = ((InstantSource) () -> Instant.now().minus(back)).withZone(ZoneOffset.UTC);

    private record Cost(int looks, long requests, long results, long statements) {}

    /** Looks until the source has nothing left that it had to put off. */
    private Cost measure(LmsCourse course, String name, Service service, String what) {
        GradebookSource source = app.getBeansOfType(GradebookSource.class).values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        System.gc();
        oldPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long held =
                oldPools().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
        long requests = course.lms().calls(service);
        long questions = questions();
        long began = System.nanoTime();
        long results = 0;
        int looks = 0;
        SourceLookRepository.Row row;
        do {
            Looking.at(app, course.tenant(), course.contextId());
            row = Objects.requireNonNull(
                    rows.ofCourse(course.tenant(), course.contextId()).get(name));
            assertThat(row.failures()).as(row.problem()).isZero();
            results += row.results();
            looks++;
        } while (source.isBehind(row.bookmark()));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Cost cost = new Cost(looks, course.lms().calls(service) - requests, results, questions() - questions);
        long peak = oldPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "BENCH %s: %d looks, %.1f s with the LMS in the same process, %d requests, %d results told, %d statements,"
                        + " old generation from %d to at most %d MiB%n",
                what,
                looks,
                took.toMillis() / 1000.0,
                cost.requests(),
                results,
                cost.statements(),
                held >> 20,
                peak >> 20);
        return cost;
    }

    private static List<MemoryPoolMXBean> oldPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getType() == MemoryType.HEAP && pool.getName().matches(".*(Old|Tenured).*"))
                .toList();
    }

    private long observed(LmsCourse course) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT COUNT(*) FROM observation WHERE tenant_id = ? AND context_id = ?",
                Long.class,
                course.tenant().value(),
                course.contextId()));
    }

    private long questions() {
        return jdbc.query("SHOW GLOBAL STATUS LIKE 'Questions'", (row, n) -> row.getLong(2))
                .get(0);
    }
}
