package dev.laurel.gradebook;

import dev.laurel.TestCourse;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a course and its institution gathered over the years, for measuring what that costs. */
public final class StoredObservations {

    private StoredObservations() {}

    /**
     * Fills the log up to so many: old columns of the same learners, half of them in this course and half in another one of
     * the institution. The head of the log stays where it is; what is stored before it has numbers below 1.
     *
     * @param first the number of the first learner
     */
    public static void fillUpTo(JdbcTemplate jdbc, TestCourse course, int wanted, long first, int learners) {
        Integer there = jdbc.queryForObject("SELECT COUNT(*) FROM observation", Integer.class);
        int stored = there == null ? 0 : there;
        if (stored < wanted) {
            long other = TestCourse.another(jdbc, course.tenant).id;
            for (String table : new String[] {"observation", "latest_observation"}) {
                jdbc.update(
                        "INSERT IGNORE INTO " + table + """
                         (tenant_id, context_id, seq, recorded_at, person_id, line_item_id, score, score_maximum, reference,
                            source, status, visibility, came_about)
                        SELECT ?, IF(FLOOR(seq / ?) %% 2 = 0, ?, ?), -CAST(seq AS SIGNED), '2026-01-01', ? + seq %% ?,
                            900000 + FLOOR(seq / ?), 1, 1, CONCAT('B', LPAD(seq, 10, '0')), 'ags', 'GRADED', 'UNKNOWN', 'poll'
                        FROM seq_%d_to_%d""".formatted(stored + 1, wanted),
                        course.tenant.value(),
                        learners,
                        course.id,
                        other,
                        first,
                        learners,
                        learners);
            }
        }
        jdbc.execute("ANALYZE TABLE observation, latest_observation");
    }
}
