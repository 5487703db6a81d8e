package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is the latest of changes that were just read, without reading it again. */
@LaurelTest
class LatestOfChangesTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    @Autowired
    ObservationRepository observations;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void anEarlierAttemptThatIsReadLateIsNotTheLatest() {
        assertThat(latestOf(attempt(1, "50", 2), attempt(2, "90", 1)).score()).isEqualByComparingTo("50");
    }

    @Test
    void ofOneAttemptAndOfAttemptsThatNobodyCountsTheLastWordIsTheLatest() {
        assertThat(latestOf(attempt(1, "50", 2), attempt(2, "55", 2)).score()).isEqualByComparingTo("55");
        assertThat(latestOf(attempt(1, "50", 2), attempt(2, "90", 3)).score()).isEqualByComparingTo("90");
        assertThat(latestOf(attempt(1, "50", null), attempt(2, "20", null)).score())
                .isEqualByComparingTo("20");
    }

    private Observation latestOf(Observation... changes) {
        TestCourse course = TestCourse.in(jdbc);
        List<Observation> latest =
                observations.latest(course.tenant, course.id, List.of(1L), List.of(7L), List.of(changes));
        assertThat(latest).hasSize(1);
        return latest.get(0);
    }

    private static Observation attempt(long seq, String score, @Nullable Integer attempt) {
        return new Observation(
                seq,
                1,
                7,
                1,
                "canvas",
                Observation.Status.GRADED,
                new BigDecimal(score),
                new BigDecimal("100"),
                null,
                Observation.Visibility.POSTED,
                false,
                "poll",
                NOW,
                NOW,
                Reference.next(),
                new Observation.Work(attempt, null, null));
    }
}
