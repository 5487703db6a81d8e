package dev.laurel.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.badge.Learners;
import dev.laurel.dashboard.shelf.OnTheWay;
import dev.laurel.dashboard.shelf.Shelf;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What is said of somebody who met the rule before the badge was activated for what comes from then on. */
@LaurelTest
class FromNowOnIntegrationTests {

    private static final long EARLY = 10;

    private static final long LATER = 11;

    @Autowired
    Contexts contexts;

    @Autowired
    Achievements achievements;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    BadgeDesk desk;

    @Autowired
    Learners learners;

    @Autowired
    Shelf shelf;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private CourseContext course;

    private RuleSet badge;

    @BeforeEach
    void aBadgeThatIsActivatedAfterSomebodyMetItsRule() {
        TestCourse rows = TestCourse.in(jdbc);
        course = contexts.find(rows.tenant, rows.id).orElseThrow();
        rows.learners(EARLY, 2);
        long essay = rows.column("Essay", "100");
        transaction.executeWithoutResult(
                status -> events.publishEvent(rows.grade(essay, Map.of(EARLY, "95", LATER, "50"), "100")));
        badge = desk.draft(
                course,
                new AchievementDraft("Essayist", "Writes.", "80 %.", "#1f4e79", null),
                Score.atLeast(essay, BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                TestCourse.TEACHER);
        desk.activate(course, badge, false, 0, TestCourse.TEACHER);
        badge = ruleSets.find(rows.tenant, badge.id()).orElseThrow();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.ofRuleSet(rows.tenant, badge.id()).size() == 2);
    }

    @Test
    void staffSeeThatItWasNotedAndNothingIsOnItsWay() {
        Learners.Groups groups = learners.of(
                course,
                badge,
                achievements
                        .version(course.tenant(), badge.achievementId(), badge.achievementVersion())
                        .orElseThrow());

        assertThat(groups.earlier()).extracting(Learners.Learner::personId).containsExactly(EARLY);
        assertThat(groups.due()).isEmpty();
        assertThat(groups.earned()).isEmpty();
    }

    @Test
    void herShelfPromisesNothingAndEverybodyElsesDoes() {
        assertThat(shelf.toLearner(course, EARLY, List.of()).badges()).isEmpty();
        assertThat(shelf.toLearner(course, LATER, List.of()).badges())
                .extracting(OnTheWay::next)
                .containsExactly("30 more points in Essay and this is yours.");
    }
}
