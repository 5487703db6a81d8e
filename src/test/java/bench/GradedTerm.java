package bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import lms.Column;
import lms.Course;
import lms.LmsUser;

/**
 * Grades that were set in the LMS, each at its moment, and what became of them in Laurel's database. Each score is given
 * once in its course, so it shows whose it is without reading who anybody is.
 */
final class GradedTerm {

    /** What {@link #give} can tell apart in one course. */
    static final int MOST_PER_COURSE = 1_999;

    /** Of so many, one falls short of the badge. */
    private static final int ONE_FALLS_SHORT_OF = 5;

    private record Key(String institution, String course, BigDecimal score) {}

    private record Given(Key key, boolean passes, long at) {}

    /** In microseconds since 1970; 0: not yet. */
    private record Known(Key key, long seenAt, long awardedAt, long refusedAt) {}

    /** What a passing grade led to, in microseconds since 1970. */
    private record Road(String course, long setAt, long seenAt, long decidedAt) {}

    private final DatabaseProbe database;

    private final List<Given> given = new ArrayList<>();

    GradedTerm(DatabaseProbe database) {
        this.database = database;
    }

    /** Sets one grade of every student, round the courses, evenly over this time. */
    void give(List<TermInstitution> institutions, Duration time) {
        record Cell(TermInstitution institution, Course course, Column quiz, LmsUser student, int place) {}
        List<Cell> cells = new ArrayList<>();
        for (TermInstitution institution : institutions) {
            for (Course course : institution.courses()) {
                List<LmsUser> students = course.students();
                Column quiz = course.columnCalled(TermInstitution.QUIZ);
                for (int place = 0; place < students.size(); place++) {
                    cells.add(new Cell(institution, course, quiz, students.get(place), place));
                }
            }
        }
        cells.sort(Comparator.comparingInt(Cell::place));
        long start = System.nanoTime();
        for (int i = 0; i < cells.size(); i++) {
            long due = start + (long) (time.toNanos() * (i / (double) cells.size()));
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Cell cell = cells.get(i);
            boolean passes = cell.place() % ONE_FALLS_SHORT_OF != 0;
            BigDecimal score = BigDecimal.valueOf((passes ? 8_000 : 2_000) + cell.place(), 2);
            given.add(new Given(
                    new Key(cell.institution().name(), cell.course().title(), score.stripTrailingZeros()),
                    passes,
                    micros(Instant.now())));
            cell.course().typeGrade(cell.student(), cell.quiz(), score.toPlainString());
        }
    }

    int size() {
        return given.size();
    }

    long passing() {
        return given.stream().filter(Given::passes).count();
    }

    /** Grades that led to nothing yet, or to what they should not. */
    List<String> undecided() {
        Map<Key, Known> known = known();
        return given.stream()
                .filter(each -> !isDecided(each, known.get(each.key())))
                .map(each -> each.key().toString())
                .toList();
    }

    private static boolean isDecided(Given grade, Known known) {
        if (known == null) {
            return false;
        }
        return grade.passes() ? known.awardedAt() != 0 : known.awardedAt() == 0 && known.refusedAt() >= known.seenAt();
    }

    /** How long the passing ones took, once all are decided. */
    Figures figures() {
        Map<Key, Known> known = known();
        List<Road> roads = given.stream()
                .filter(Given::passes)
                .map(each -> {
                    Known after = known.get(each.key());
                    String course = each.key().institution() + ", " + each.key().course();
                    return new Road(course, each.at(), after.seenAt(), after.awardedAt());
                })
                .toList();
        Map<String, Duration> medians = new HashMap<>();
        roads.stream()
                .collect(Collectors.groupingBy(Road::course))
                .forEach((course, own) -> medians.put(
                        course, latencies(own, GradedTerm::setToDecided).percentile(0.5)));
        return new Figures(
                latencies(roads, road -> road.seenAt() - road.setAt()),
                latencies(roads, road -> road.decidedAt() - road.seenAt()),
                latencies(roads, GradedTerm::setToDecided),
                medians.values().stream().sorted().toList());
    }

    private static long setToDecided(Road road) {
        return road.decidedAt() - road.setAt();
    }

    private static Latencies latencies(List<Road> roads, ToLongFunction<Road> micros) {
        return Latencies.of(
                roads.stream().map(road -> micros.applyAsLong(road) * 1_000).toList());
    }

    /** @param medians from set to decided, of each course, shortest first */
    record Figures(Latencies setToSeen, Latencies seenToDecided, Latencies setToDecided, List<Duration> medians) {

        Duration fastestCourse() {
            return medians.get(0);
        }

        Duration medianCourse() {
            return medians.get(medians.size() / 2);
        }

        Duration slowestCourse() {
            return medians.get(medians.size() - 1);
        }

        double slowestToMedian() {
            return slowestCourse().toNanos() / (double) medianCourse().toNanos();
        }
    }

    private Map<Key, Known> known() {
        return database
                .rows(
                        """
                        SELECT t.name, c.title, o.score, MIN(%s), MIN(%s), MIN(IF(e.verdict = 'NOT_MET', %s, NULL))
                        FROM observation o
                        JOIN tenant t ON t.id = o.tenant_id
                        JOIN context c ON c.tenant_id = o.tenant_id AND c.id = o.context_id
                        JOIN rule_set r ON r.tenant_id = o.tenant_id AND r.context_id = o.context_id
                        LEFT JOIN award a ON a.tenant_id = o.tenant_id AND a.person_id = o.person_id
                            AND a.achievement_id = r.achievement_id
                        LEFT JOIN evaluation e ON e.tenant_id = o.tenant_id AND e.rule_set_id = r.id
                            AND e.person_id = o.person_id
                        WHERE o.score IS NOT NULL
                        GROUP BY t.name, c.title, o.score""".formatted(micros("o.recorded_at"), micros("a.decided_at"), micros("e.evaluated_at")),
                        row -> new Known(
                                new Key(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getBigDecimal(3).stripTrailingZeros()),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)))
                .stream()
                .collect(Collectors.toMap(Known::key, known -> known));
    }

    private static String micros(String moment) {
        return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + moment + ")";
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
    }
}
