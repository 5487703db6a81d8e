package dev.laurel.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.DueRepository.What;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What waits to be evaluated is, whatever became of the job that was asked for, and as of when it was. */
@LaurelTest
class DueEvaluationsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long ADA = 10;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    DueRepository due;

    @Autowired
    EvaluationQueue queue;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void aBadgeThatHasEndedByTheClockOfWhoeverAsksHasEndedForWhoeverEvaluates() {
        TestCourse course = courseWithAda();
        RuleSet needed =
                active(course, Score.atLeast(course.column("Essay", "100"), BigDecimal.TEN, Rule.Unit.PERCENT));
        RuleSet asking = active(course, new HeldBadge(needed.achievementId()));
        Instant until = Instant.now().plusSeconds(3600);
        ruleSets.recordHeld(
                course.tenant,
                List.of(new HeldAchievement(
                        ADA,
                        needed.achievementId(),
                        1,
                        null,
                        Instant.now().minusSeconds(3600),
                        until,
                        HeldAchievement.Standing.HELD)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(verdict(course, asking)).isEqualTo(Verdict.MET));

        transaction.executeWithoutResult(status -> {
            due.ask(course.tenant, course.id, What.PERSON, List.of(ADA), until.plusSeconds(1));
            queue.everythingOf(course.tenant, course.id, List.of(ADA));
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(verdict(course, asking)).isEqualTo(Verdict.NOT_MET));
    }

    @Test
    void whatNoJobKnowsOfAnyMoreIsAskedForAgain() {
        TestCourse course = courseWithAda();
        due.ask(
                course.tenant,
                course.id,
                What.PERSON,
                List.of(ADA),
                Instant.now().minus(Duration.ofMinutes(3)));

        queue.sweep();

        await().atMost(PATIENCE).until(() -> due.count(course.tenant, course.id) == 0);
    }

    private TestCourse courseWithAda() {
        TestCourse course = TestCourse.in(jdbc);
        course.learners(ADA, 1);
        return course;
    }

    private Verdict verdict(TestCourse course, RuleSet ruleSet) {
        return verdicts.ofRuleSet(course.tenant, ruleSet.id()).stream()
                .map(each -> each.evaluation().verdict())
                .findFirst()
                .orElse(Verdict.UNDECIDED);
    }

    private RuleSet active(TestCourse course, Rule rule) {
        long badge = achievements
                .create(
                        course.tenant,
                        issuers.of(course.tenant, course.id, "Biology 101").id(),
                        new AchievementDraft("Essay writer", "Writes essays", "As the rule says", "#1f5f8b", null),
                        TestCourse.TEACHER)
                .achievementId();
        RuleSet ruleSet = ruleSets.create(course.tenant, course.id, badge, 1, rule, TestCourse.TEACHER);
        ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        return ruleSet;
    }
}
