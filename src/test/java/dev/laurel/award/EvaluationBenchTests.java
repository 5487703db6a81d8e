package dev.laurel.award;

import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.StoredObservations;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What recording, evaluating and deciding cost, where much is stored, many are graded, or one. Prints, never fails. */
@Tag("bench")
@LaurelTest
class EvaluationBenchTests {

    private static final long FIRST = 1_000;

    private static final int PEOPLE = 10_000;

    private static final int BADGES = 20;

    private static final int ROUNDS = 7;

    private static final int SINGLE_GRADES = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Looking costs the processor time that is measured. */
    private static final Duration A_BLINK = Duration.ofMillis(50);

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    AwardPolicies policies;

    @Autowired
    ManualGradebook manual;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    /** As docs/operations.md says of a database of its own; and what is committed is on the disk, which tests do without. */
    @BeforeEach
    void runTheDatabaseAsAnInstallationDoes() {
        jdbc.execute("SET GLOBAL innodb_buffer_pool_size = 1073741824");
        jdbc.execute("SET GLOBAL innodb_log_file_size = 1073741824");
        jdbc.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    }

    @Test
    void aPassWithTenThousandChangesWhereLittleAndWhereMuchIsStored() {
        TestCourse course = TestCourse.in(jdbc);
        List<Long> learners = course.learners(FIRST, PEOPLE);
        Entering by = new Entering(course.tenant, course.id, TestCourse.TEACHER);
        pass("to warm up", course, by, learners);
        for (int stored : List.of(10_000, 1_000_000)) {
            StoredObservations.fillUpTo(jdbc, course, stored, FIRST, PEOPLE);
            pass("%,d stored at least".formatted(stored), course, by, learners);
        }
    }

    /** A rule that looks at what is recorded and its history, and that nobody meets: no award is part of the figures. */
    private void pass(String when, TestCourse course, Entering by, List<Long> learners) {
        long task = manual.addConfirmation(by, UUID.randomUUID(), "Task").id();
        long never = manual.addConfirmation(by, UUID.randomUUID(), "Never").id();
        Period lately = new Period(LocalDate.of(2020, 1, 1), null);
        RuleSet ruleSet = activate(
                course,
                new Rule.AllOf(List.of(
                        new Done(Done.What.CONFIRMATION, task, lately, Terms.STANDARD),
                        new Done(Done.What.CONFIRMATION, never, Period.ALWAYS, Terms.STANDARD))));
        awaitEvaluated(course);
        long[] recorded = new long[ROUNDS];
        long[] evaluated = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            manual.confirm(by, task, learners, round % 2 == 0);
            recorded[round] = System.nanoTime() - start;
            awaitEvaluated(course);
            evaluated[round] = System.nanoTime() - start - recorded[round];
        }
        ruleSets.pause(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        print(
                "%s: %,d results recorded in %d ms, evaluated %d ms later (medians of %d)",
                when, learners.size(), median(recorded), median(evaluated), ROUNDS);
    }

    @Test
    void aCohortOfTenThousandAndTwentyBadges() {
        for (int round = 1; round <= 3; round++) {
            TestCourse course = TestCourse.in(jdbc);
            course.learners(FIRST, PEOPLE);
            List<Long> columns = new ArrayList<>();
            for (int badge = 0; badge < BADGES; badge++) {
                columns.add(course.column("Quiz " + badge, "100"));
                activate(course, Score.atLeast(columns.get(badge), new BigDecimal("80"), Rule.Unit.PERCENT));
            }
            awaitEvaluated(course);
            long before = statements();
            // Nobody reads the log before the last of it is there.
            transaction.executeWithoutResult(status -> {
                for (int badge = 0; badge < BADGES; badge++) {
                    events.publishEvent(course.grade(columns.get(badge), scores(badge), "100"));
                }
            });
            long recorded = statements() - before;
            Duration laurel = processorTime(Stream.of(ProcessHandle.current()));
            Duration database = processorTime(ProcessHandle.current().descendants());
            long start = System.nanoTime();
            looks = 0;
            awaitEvaluated(course);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            int awards = count("SELECT COUNT(*) FROM award WHERE tenant_id = ?", course);
            print(
                    "round %d: %,d people and %d badges evaluated in %d ms (processor time: Laurel %d ms, database %d ms),"
                            + " %,d awards decided, %.4f statements per award",
                    round,
                    PEOPLE,
                    BADGES,
                    took.toMillis(),
                    processorTime(Stream.of(ProcessHandle.current()))
                            .minus(laurel)
                            .toMillis(),
                    processorTime(ProcessHandle.current().descendants())
                            .minus(database)
                            .toMillis(),
                    awards,
                    (double) (statements() - before - recorded - looks) / awards);
        }
    }

    /** Half of them reach it, each badge another half. */
    private static Map<Long, String> scores(int badge) {
        Map<Long, String> scores = new HashMap<>();
        for (long person = FIRST; person < FIRST + PEOPLE; person++) {
            scores.put(person, (person + badge) % 2 == 0 ? "85" : "75");
        }
        return scores;
    }

    @Test
    void oneGradeWhereFiveThousandBadgesAreActive() {
        TestCourse course = TestCourse.in(jdbc);
        course.learners(FIRST, PEOPLE);
        List<Long> columns = new ArrayList<>();
        for (int badge = 0; badge < BADGES; badge++) {
            columns.add(course.column("Quiz " + badge, "100"));
            activate(course, Score.atLeast(columns.get(badge), new BigDecimal("80"), Rule.Unit.PERCENT));
        }
        activateElsewhere(course, 5_000 - BADGES);
        awaitEvaluated(course);
        long[] decided = new long[SINGLE_GRADES];
        for (int i = -20; i < SINGLE_GRADES; i++) {
            long column = columns.get(Math.floorMod(i, BADGES));
            Map<Long, String> grade = Map.of(FIRST + Math.floorMod(i * 37, PEOPLE), "85");
            int before = count("SELECT COUNT(*) FROM award WHERE tenant_id = ?", course);
            transaction.executeWithoutResult(status -> events.publishEvent(course.grade(column, grade, "100")));
            long start = System.nanoTime();
            until(Duration.ofMillis(5), () -> count("SELECT COUNT(*) FROM award WHERE tenant_id = ?", course) > before);
            if (i >= 0) {
                decided[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(decided);
        print(
                "one grade, %,d rule sets active: decided after %d ms (median), %d ms (p95), %d ms (worst of %d)",
                count("SELECT COUNT(*) FROM rule_set WHERE tenant_id = ? AND status = 'ACTIVE'", course),
                median(decided),
                millis(decided[SINGLE_GRADES * 95 / 100]),
                millis(decided[SINGLE_GRADES - 1]),
                SINGLE_GRADES);
    }

    /** Twenty in each of as many courses as that takes, with ten people each. */
    private void activateElsewhere(TestCourse beside, int many) {
        for (int made = 0; made < many; made += BADGES) {
            TestCourse course = TestCourse.another(jdbc, beside.tenant);
            long column = course.column("Quiz", "100");
            course.learners(1_000_000 + made, 10);
            for (int badge = 0; badge < BADGES && made + badge < many; badge++) {
                activate(course, Score.atLeast(column, new BigDecimal("80"), Rule.Unit.PERCENT));
            }
        }
    }

    /** Decided, and released when it has settled: signing is measured elsewhere. */
    private RuleSet activate(TestCourse course, Rule rule) {
        AchievementVersion badge = achievements.create(
                course.tenant,
                issuers.of(course.tenant, course.id, "Biology 101").id(),
                new AchievementDraft("Badge", "Does it", "80 %", "#1f5f8b", null),
                TestCourse.TEACHER);
        RuleSet ruleSet = ruleSets.create(course.tenant, course.id, badge.achievementId(), 1, rule, 1);
        policies.put(
                course.tenant,
                ruleSet.id(),
                policies.of(course.tenant, ruleSet.id())
                        .settlingFor(Duration.ofHours(1))
                        .withBrakeShare(100),
                1);
        ruleSets.activate(course.tenant, ruleSet.id(), 1);
        return ruleSet;
    }

    private int looks;

    private void awaitEvaluated(TestCourse course) {
        until(A_BLINK, () -> {
            looks++;
            return count("SELECT COUNT(*) FROM criteria_due WHERE tenant_id = ?", course) == 0;
        });
        until(A_BLINK, () -> {
            looks++;
            return count("""
                    SELECT COUNT(*) FROM gradebook g LEFT JOIN criteria_cursor c USING (tenant_id, context_id)
                    WHERE g.tenant_id = ? AND g.last_seq > COALESCE(c.seq, 0)""", course) == 0;
        });
    }

    private static void until(Duration often, Callable<Boolean> done) {
        await().pollDelay(Duration.ZERO).pollInterval(often).atMost(PATIENCE).until(done);
    }

    private int count(String sql, TestCourse course) {
        Integer count = jdbc.queryForObject(sql, Integer.class, course.tenant.value());
        return count == null ? 0 : count;
    }

    private long statements() {
        return jdbc
                .query(
                        "SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_select', 'Com_insert', 'Com_update', 'Com_delete')",
                        (row, n) -> row.getLong(2))
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Duration processorTime(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return millis(sorted[sorted.length / 2]);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static void print(String line, Object... figures) {
        System.out.printf(
                "BENCH " + line + "; load %.1f%n",
                with(figures, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    private static Object[] with(Object[] figures, double load) {
        Object[] all = Arrays.copyOf(figures, figures.length + 1);
        all[figures.length] = load;
        return all;
    }
}
