package dev.laurel.award;

import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How long a cohort that qualifies at once waits for its awards, and what that costs the database. Prints, never fails. */
@Tag("bench")
@LaurelTest
class CohortBenchTests {

    private static final int LEARNERS = 2000;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    AwardPolicies policies;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void aCohortThatQualifiesAtOnce() {
        for (int round = 1; round <= 6; round++) {
            cohort(round);
        }
    }

    private void cohort(int round) {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        course.learners(1000, LEARNERS);
        Issuer issuer = issuers.of(course.tenant, course.id, "Biology 101");
        AchievementVersion badge = achievements.create(
                course.tenant, issuer.id(), new AchievementDraft("Essay", "Writes", "80 %", "#1f5f8b", null), 1);
        RuleSet ruleSet = ruleSets.create(
                course.tenant,
                course.id,
                badge.achievementId(),
                1,
                Score.atLeast(essay, new BigDecimal("80"), Rule.Unit.PERCENT),
                1);
        policies.put(
                course.tenant,
                ruleSet.id(),
                policies.of(course.tenant, ruleSet.id()).withBrakeShare(100),
                1);
        ruleSets.activate(course.tenant, ruleSet.id(), 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> count("criteria_due", course) == 0);
        Map<Long, String> scores = new HashMap<>();
        for (long person = 1000; person < 1000 + LEARNERS; person++) {
            scores.put(person, "85");
        }
        long committed = transaction.execute(status -> {
            events.publishEvent(course.grade(essay, scores, "100"));
            return questions();
        });
        long start = System.nanoTime();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    looks++;
                    return count("award", course) == LEARNERS;
                });
        Duration decided = Duration.ofNanos(System.nanoTime() - start);
        long asked = questions() - committed - looks;
        System.out.printf(
                "round %d: %d decided in %d ms, %.4f statements per award (signing may be among them)%n",
                round, LEARNERS, decided.toMillis(), (double) asked / LEARNERS);
        looks = 0;
        // The next round is not to share the processors with the signing of this one.
        await().atMost(Duration.ofMinutes(2)).until(() -> jdbc.queryForObject("""
                        SELECT COUNT(*) FROM scheduled_tasks
                        WHERE task_name IN ('credential-sign', 'credential-jwt')""", Integer.class) == 0);
    }

    private long looks;

    private int count(String table, TestCourse course) {
        Integer count = jdbc.queryForObject(
                "SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?", Integer.class, course.tenant.value());
        return count == null ? 0 : count;
    }

    private long questions() {
        return jdbc.query("SHOW GLOBAL STATUS LIKE 'Questions'", (row, n) -> row.getLong(2))
                .get(0);
    }
}
