package dev.laurel.criteria;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** People who change a badge and jobs that evaluate it wait for each other, but never both at once. */
@LaurelTest
class RuleSetLocksIntegrationTests {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    RuleSetRepository ruleSets;

    @Autowired
    RuleSets badges;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void anEvaluationThatWaitsForABadgeHasNothingYetThatWhoeverChangesTheBadgeNeedsNext() {
        TestCourse course = TestCourse.in(jdbc);
        List<Long> badges = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            badges.add(active(course, i));
        }
        for (int i = 4; i < 400; i++) {
            ruleSets.insert(course.tenant, course.id, i, TestCourse.TEACHER, Instant.now());
        }
        // With so few versions an optimiser that may choose begins with them.
        jdbc.execute("ANALYZE TABLE rule_set, rule_set_version");
        long changed = badges.get(2);

        CompletableFuture<List<RuleSet>> evaluation = transactions.execute(status -> {
            jdbc.queryForList(
                    "SELECT id FROM rule_set WHERE tenant_id = ? AND id = ? FOR UPDATE",
                    course.tenant.value(),
                    changed);
            CompletableFuture<List<RuleSet>> evaluating = CompletableFuture.supplyAsync(
                    () -> transactions.execute(inner -> ruleSets.lockActive(course.tenant, course.id)));
            assertThatThrownBy(() -> evaluating.get(1, SECONDS))
                    .as("it waits for the one who came first")
                    .isInstanceOf(TimeoutException.class);
            assertThatCode(() -> jdbc.queryForList(
                            "SELECT version FROM rule_set_version WHERE tenant_id = ? AND rule_set_id = ? FOR UPDATE NOWAIT",
                            course.tenant.value(),
                            changed))
                    .doesNotThrowAnyException();
            return evaluating;
        });

        assertThat(evaluation)
                .succeedsWithin(30, SECONDS)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(badges.size());
    }

    @Test
    void whoLosesADeadlockGetsWhatSheAskedForAllTheSame() {
        TestCourse course = TestCourse.in(jdbc);
        long badge = active(course, 1);

        CompletableFuture<Void> pausing = transactions.execute(status -> {
            // Of two that wait for each other the database gives up the one that wrote less.
            course.learners(10, 50);
            jdbc.queryForList(
                    "SELECT version FROM rule_set_version WHERE tenant_id = ? AND rule_set_id = ? FOR UPDATE",
                    course.tenant.value(),
                    badge);
            CompletableFuture<Void> her =
                    CompletableFuture.runAsync(() -> badges.pause(course.tenant, badge, TestCourse.TEACHER));
            assertThatThrownBy(() -> her.get(1, SECONDS))
                    .as("she has the badge and waits for its version")
                    .isInstanceOf(TimeoutException.class);
            jdbc.queryForList(
                    "SELECT id FROM rule_set WHERE tenant_id = ? AND id = ? FOR UPDATE", course.tenant.value(), badge);
            return her;
        });

        assertThat(pausing).succeedsWithin(30, SECONDS);
        assertThat(ruleSets.find(course.tenant, badge).orElseThrow().status()).isEqualTo(RuleSet.Status.PAUSED);
    }

    private long active(TestCourse course, long achievement) {
        Instant now = Instant.now();
        Rule rule = Score.atLeast(1, new BigDecimal(80), Rule.Unit.PERCENT);
        long id = ruleSets.insert(course.tenant, course.id, achievement, TestCourse.TEACHER, now);
        ruleSets.insertVersion(course.tenant, id, 1, 1, rule, TestCourse.TEACHER, now);
        ruleSets.setStatus(course.tenant, id, RuleSet.Status.ACTIVE, now);
        return id;
    }
}
