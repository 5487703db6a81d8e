package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Rows of {@code canvas_part}: parts of courses that do not work, each with a pause of its own before it is tried again.
 * What works has no row.
 */
@Repository
class CanvasParts {

    /** Whether the course has ended, and how it grades. Where only this works, nothing does. */
    static final String COURSE = "COURSE";

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int MOST_DOUBLINGS = 5;

    private static final int LONGEST_WORDS = 1_000;

    /** Too slow, too large, or a web page. */
    private static final int NO_ANSWER = 0;

    private final JdbcClient jdbc;

    CanvasParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether others have a chance all the same: it is refused, Canvas failed over it, or its answer was none. */
    static boolean isOfOnePart(ServiceProblem problem) {
        return problem.retryAfter() == null
                && (problem.isFinal() || problem.status() >= 500 || problem.status() == NO_ANSWER);
    }

    private record Pause(int failures, boolean refused, Instant until, String problem) {}

    /** One statement. */
    Turns turns(CourseContext course, Instant now) {
        Map<String, Pause> pauses = new HashMap<>();
        jdbc.sql("SELECT * FROM canvas_part WHERE tenant_id = ? AND context_id = ?")
                .params(course.tenant().value(), course.id())
                .query(row -> {
                    pauses.put(
                            row.getString("part"),
                            new Pause(
                                    row.getInt("failures"),
                                    row.getBoolean("refused"),
                                    Utc.read(row, "next_try_at"),
                                    row.getString("problem")));
                });
        return new Turns(course, now, pauses);
    }

    /** Somebody gave a key or a permission anew: everything is tried at once. */
    void forget(TenantId tenant) {
        jdbc.sql("DELETE FROM canvas_part WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    private void remove(CourseContext course, String part) {
        jdbc.sql("DELETE FROM canvas_part WHERE tenant_id = ? AND context_id = ? AND part = ?")
                .params(course.tenant().value(), course.id(), part)
                .update();
    }

    private void save(CourseContext course, String part, Pause pause) {
        jdbc.sql("""
                INSERT INTO canvas_part (tenant_id, context_id, part, failures, refused, next_try_at, problem)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE failures = VALUES(failures), refused = VALUES(refused), next_try_at = VALUES(next_try_at),
                    problem = VALUES(problem)""")
                .params(
                        course.tenant().value(),
                        course.id(),
                        part,
                        pause.failures(),
                        pause.refused(),
                        Utc.of(pause.until()),
                        Varchar.fit(pause.problem(), LONGEST_WORDS))
                .update();
    }

    /** Which parts have their turn in one look, and what becomes of them. */
    final class Turns {

        private final CourseContext course;

        private final Instant now;

        private final Map<String, Pause> pauses;

        private final Map<String, ServiceProblem> failed = new LinkedHashMap<>();

        private boolean anyWorked;

        private boolean anyOwed;

        private int asked;

        private Turns(CourseContext course, Instant now, Map<String, Pause> pauses) {
            this.course = course;
            this.now = now;
            this.pauses = pauses;
        }

        int asked() {
            return asked;
        }

        /** Whether it is to be read now; where it is not, why it did not work is said again. */
        boolean take(String part, Consumer<String> why) {
            asked++;
            Pause pause = pauses.get(part);
            if (pause == null || !pause.until().isAfter(now)) {
                return true;
            }
            why.accept(pause.problem());
            anyOwed |= !pause.refused();
            return false;
        }

        /** Whether it did not work the last time: what changed meanwhile is not known. */
        boolean isBack(String part) {
            return pauses.containsKey(part);
        }

        void worked(String part) {
            anyWorked |= !part.equals(COURSE);
            if (pauses.containsKey(part)) {
                remove(course, part);
            }
        }

        void failed(String part, ServiceProblem problem) {
            failed.put(part, problem);
            anyOwed |= !problem.isFinal();
        }

        /** Whether something may be told later that this look should have told. */
        boolean owes() {
            return anyOwed;
        }

        /** Remembers what did not work. Where nothing did, it is the pause of the whole source that counts: answers why. */
        Optional<ServiceProblem> end() {
            if (anyWorked) {
                failed.forEach((part, problem) -> save(course, part, pause(pauses.get(part), problem)));
                return Optional.empty();
            }
            return failed.values().stream()
                    .filter(problem -> !problem.isFinal())
                    .findFirst()
                    .or(() -> failed.values().stream().findFirst());
        }

        private Pause pause(@Nullable Pause before, ServiceProblem problem) {
            int failures = before == null ? 1 : before.failures() + 1;
            Duration again = SHORTEST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
            Duration pause = problem.isFinal() || again.compareTo(LONGEST) > 0 ? LONGEST : again;
            return new Pause(failures, problem.isFinal(), now.plus(pause), String.valueOf(problem.getMessage()));
        }
    }
}
