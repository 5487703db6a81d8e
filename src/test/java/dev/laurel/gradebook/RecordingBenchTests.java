package dev.laurel.gradebook;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import java.time.Duration;
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
            StoredObservations.fillUpTo(jdbc, course, stored, 1_000, LEARNERS);
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
}
