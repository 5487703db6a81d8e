package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.explain.RuleChange;
import dev.laurel.dashboard.explain.RuleChanges;
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

/** What a teacher is told before she activates a badge, and that it is what happens then. */
@LaurelTest
class DryRunIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    Contexts contexts;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Awards awards;

    @Autowired
    BadgeDesk desk;

    @Autowired
    DryRuns dryRuns;

    @Autowired
    Thresholds thresholds;

    @Autowired
    Curves curves;

    @Autowired
    RuleChanges changes;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private TestCourse rows;

    private CourseContext course;

    private long essay;

    private RuleSet badge;

    @BeforeEach
    void aDraftForEightyPercentOfTheEssay() {
        rows = TestCourse.in(jdbc);
        course = contexts.find(rows.tenant, rows.id).orElseThrow();
        essay = rows.column("Essay", "100");
        rows.learners(10, 5);
        rows.member(TestCourse.TEACHER, "INSTRUCTOR", false);
        jdbc.update("UPDATE membership SET roster_roles = roles WHERE tenant_id = ?", rows.tenant.value());
        AchievementDraft words = new AchievementDraft("Essayist", "Writes.", "80 %.", "#1f4e79", null);
        badge = desk.draft(
                course, words, Score.atLeast(essay, BigDecimal.valueOf(80), Rule.Unit.PERCENT), TestCourse.TEACHER);
        grade(Map.of(10L, "95", 11L, "80", 12L, "76", 13L, "60"));
    }

    @Test
    void itSaysWhoWouldEarnItWhoNearlyAndWhoIsNotCountedAndWhy() {
        DryRun dryRun = dryRuns.of(course, badge);

        assertThat(dryRun.heads()).isEqualTo(2);
        assertThat(dryRun.near()).extracting(DryRun.Learner::next).containsExactly("4 more points in Essay");
        assertThat(dryRun.excluded()).extracting(DryRun.Excluded::why).containsExactly("Teaches the course");
        assertThat(dryRun.learners()).isEqualTo(5);
        assertThat(awards.ofRuleSet(rows.tenant, badge.id())).isEmpty();
    }

    @Test
    void theNumberChangesWithTheThresholdAndTheRuleFollowsOnlyWhenAsked() {
        Threshold threshold = thresholds.of(course, badge.rule()).get(0);
        Curve curve = curves.of(course, badge, threshold, BigDecimal.valueOf(76));

        assertThat(curve.asked().heads()).isEqualTo(3);
        assertThat(curve.asked().change()).isEqualTo(1);
        assertThat(curve.points()).extracting(Curve.Point::heads).isSortedAccordingTo((a, b) -> b - a);
        assertThat(curve.points())
                .filteredOn(Curve.Point::stands)
                .singleElement()
                .satisfies(point -> assertThat(point.at()).isEqualByComparingTo("80"));
        assertThat(curve.points())
                .filteredOn(point -> point.at().intValue() == 100)
                .extracting(Curve.Point::heads)
                .containsExactly(0);

        RuleSet after = desk.changeRule(
                course, badge, thresholds.with(badge.rule(), threshold, BigDecimal.valueOf(76)), TestCourse.TEACHER);

        assertThat(dryRuns.of(course, after).heads()).isEqualTo(3);
    }

    @Test
    void activatedForWhatIsEarnedAlreadyItReachesExactlyThoseHeads() {
        int told = dryRuns.of(course, badge).heads();

        desk.activate(course, badge, true, told, TestCourse.TEACHER);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(holders()).containsExactlyInAnyOrder(10L, 11L));
        assertThat(told).isEqualTo(2);
        assertThat(dryRuns.of(course, badge).heads()).isZero();
        assertThat(dryRuns.of(course, badge).holding()).isEqualTo(2);
    }

    @Test
    void anotherRuleForAnActiveBadgeSaysFirstWhoItWouldReachAndWhoNoLonger() {
        Rule lower = Score.atLeast(essay, BigDecimal.valueOf(76), Rule.Unit.PERCENT);
        assertThat(changes.since(course, badge, lower))
                .as("a draft awarded nobody yet")
                .isEmpty();
        desk.activate(course, badge, true, 2, TestCourse.TEACHER);

        RuleChange wider = changes.since(course, badge, lower).orElseThrow();
        RuleChange narrower = changes.since(
                        course, badge, Score.atLeast(essay, BigDecimal.valueOf(90), Rule.Unit.PERCENT))
                .orElseThrow();

        assertThat(wider.before()).isEqualTo(2);
        assertThat(wider.after()).isEqualTo(3);
        assertThat(wider.gaining()).hasSize(1);
        assertThat(wider.losing()).isEmpty();
        assertThat(narrower.after()).isEqualTo(1);
        assertThat(narrower.gaining()).isEmpty();
        assertThat(narrower.losing()).hasSize(1);
    }

    @Test
    void whileAChangedBadgeRestsItIsComparedWithTheRuleByWhichItLastAwarded() {
        desk.activate(course, badge, true, 2, TestCourse.TEACHER);
        RuleSet resting = desk.changeRule(
                course, badge, Score.atLeast(essay, BigDecimal.valueOf(50), Rule.Unit.PERCENT), TestCourse.TEACHER);
        RuleSet again = desk.changeRule(
                course, resting, Score.atLeast(essay, BigDecimal.valueOf(76), Rule.Unit.PERCENT), TestCourse.TEACHER);

        assertThat(changes.since(course, again, again.rule()).orElseThrow().before())
                .isEqualTo(2);
        assertThat(changes.since(course, again, badge.rule()))
                .as("back to what it was")
                .isEmpty();
    }

    @Test
    void activatedFromNowOnItReachesOnlyWhoMeetsTheRuleLater() {
        desk.activate(course, badge, false, 0, TestCourse.TEACHER);
        grade(Map.of(12L, "81", 10L, "97"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(holders()).containsExactly(12L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(verdicts.ofRuleSet(rows.tenant, badge.id()))
                        .extracting(PersonEvaluation::personId)
                        .contains(10L, 11L, 12L));
        assertThat(holders()).containsExactly(12L);

        // Going on with everything that was earned brings them back in.
        ruleSets.pause(rows.tenant, badge.id(), TestCourse.TEACHER);
        desk.activate(course, ruleSets.find(rows.tenant, badge.id()).orElseThrow(), true, 1, TestCourse.TEACHER);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(holders()).containsExactlyInAnyOrder(10L, 11L, 12L));
    }

    private List<Long> holders() {
        return awards.ofRuleSet(rows.tenant, badge.id()).stream()
                .map(Award::personId)
                .toList();
    }

    private void grade(Map<Long, String> scores) {
        transaction.executeWithoutResult(status -> events.publishEvent(rows.grade(essay, scores, "100")));
    }
}
