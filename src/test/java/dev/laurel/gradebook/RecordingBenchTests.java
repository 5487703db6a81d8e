package dev.laurel.gradebook;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What recording 2,000 results costs with 10,000 and with 1,000,000 observations stored. Prints, never fails. */
@Tag("bench")
@LaurelTest
class RecordingBenchTests {

    private static final int LEARNERS = 2_000;

    private static final int ROUNDS = 15;

    @Autowired
    ManualGradebook manual;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void recordingWithLittleAndWithMuchStored() {
        TestCourse course = TestCourse.in(jdbc);
        List<Long> learners = course.learners(1_000, LEARNERS);
        Entering by = new Entering(course.tenant, course.id, TestCourse.TEACHER);
        measure("to warm up", by, learners);
        for (int stored : List.of(10_000, 100_000, 1_000_000)) {
            fill(course, stored);
            measure(String.format("%,d stored", stored), by, learners);
        }
    }

    private void measure(String when, Entering by, List<Long> learners) {
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ManualItem item = manual.addConfirmation(by, UUID.randomUUID(), "Task");
            long start = System.nanoTime();
            manual.confirm(by, item.id(), learners, true);
            nanos[round] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: %d results in %d ms (median), %d ms (worst of %d)%n",
                when, learners.size(), millis(nanos[ROUNDS / 2]), millis(nanos[ROUNDS - 1]), ROUNDS);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    /** Half of it in this course: old columns of the same learners; half in others of the institution. */
    private void fill(TestCourse course, int wanted) {
        Integer there = jdbc.queryForObject("SELECT COUNT(*) FROM observation", Integer.class);
        int missing = wanted - (there == null ? 0 : there);
        TestCourse other = TestCourse.another(jdbc, course.tenant);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < missing; i++) {
            // The head of the log is where it is; what is stored before it has numbers below 1.
            TestCourse in = i % 2 == 0 ? course : other;
            rows.add(new Object[] {
                in.tenant.value(),
                in.id,
                -(long) (there == null ? 0 : there) - i,
                1_000L + i % LEARNERS,
                900_000L + i / LEARNERS,
                String.format("B%010d", i)
            });
            if (rows.size() == 10_000 || i == missing - 1) {
                for (String table : List.of("observation", "latest_observation")) {
                    jdbc.batchUpdate("INSERT IGNORE INTO " + table + """
                             (tenant_id, context_id, seq, recorded_at, person_id, line_item_id, score, score_maximum,
                                reference, source, status, visibility, came_about)
                            VALUES (?, ?, ?, '2026-01-01 00:00:00', ?, ?, 1, 1, ?, 'ags', 'GRADED', 'UNKNOWN', 'poll')""", rows);
                }
                rows.clear();
            }
        }
        jdbc.execute("ANALYZE TABLE observation, latest_observation");
    }
}
