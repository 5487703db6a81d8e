package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Past;
import dev.laurel.Statements;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where some have the badge already: the number that a teacher confirms is the number of awards that activating makes. */
@LaurelTest
class PromisedAwardsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Awards awards;

    @Autowired
    Issuers issuers;

    @Autowired
    BadgeDesk desk;

    @Autowired
    DryRuns dryRuns;

    @Autowired
    Thresholds thresholds;

    @Autowired
    Curves curves;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private TestCourse rows;

    private CourseContext course;

    private long essay;

    @BeforeEach
    void aCourseWithAnEssay() {
        rows = TestCourse.in(jdbc);
        course = contexts.find(rows.tenant, rows.id).orElseThrow();
        essay = rows.column("Essay", "100");
    }

    @Test
    void whoReachesALevelThatIsAddedOverHerBadgeIsCountedAndToldApart() {
        rows.learners(10, 3);
        RuleSet badge = active(badge(AchievementDraft.Worth.NOTHING));
        grade(Map.of(10L, "96", 11L, "85"));
        awaitAwards(badge, 2);
        RuleSet resting = desk.changeRule(course, badge, levels("80", "95"), TestCourse.TEACHER);
        grade(Map.of(12L, "82"));

        DryRun dryRun = dryRuns.of(course, resting);

        assertThat(dryRun.heads()).isEqualTo(2);
        assertThat(dryRun.holding()).isEqualTo(2);
        assertThat(dryRun.higher()).isEqualTo(1);
        assertThat(dryRun.earning())
                .extracting(DryRun.Learner::next)
                .containsExactlyInAnyOrder("", "has the badge, and reaches “Level 2” of it");
        desk.activate(course, resting, true, dryRun.heads(), TestCourse.TEACHER);
        awaitAwards(resting, 2 + dryRun.heads());
        assertThat(standing(resting)).containsOnly(tuple(10L, 2), tuple(11L, 1), tuple(12L, 1));
        assertThat(dryRuns.of(course, again(resting)).heads()).isZero();
    }

    @Test
    void theBrakeLetsHigherLevelsThroughThatWereConfirmed() {
        int people = 25;
        rows.learners(10, people);
        RuleSet badge = badge(AchievementDraft.Worth.NOTHING);
        Map<Long, String> scores = new HashMap<>();
        for (long person = 10; person < 10 + people; person++) {
            scores.put(person, "96");
        }
        grade(scores);
        desk.activate(course, badge, true, dryRuns.of(course, badge).heads(), TestCourse.TEACHER);
        awaitAwards(badge, people);
        RuleSet resting = desk.changeRule(course, again(badge), levels("80", "95"), TestCourse.TEACHER);

        int told = dryRuns.of(course, resting).heads();
        assertThat(told).isEqualTo(people);
        desk.activate(course, resting, true, told, TestCourse.TEACHER);

        awaitAwards(resting, people + told);
        assertThat(awards.ofRuleSet(rows.tenant, resting.id()))
                .allSatisfy(award -> assertThat(award.waitsFor()).isNull());
    }

    @Test
    void whoHasTheBadgeFromAnotherCourseIsNotCountedAndGetsNoSecondOne() {
        rows.learners(10, 1);
        long faculty = issuers.createForInstitution(rows.tenant, "Faculty", TestCourse.TEACHER)
                .id();
        issuers.grant(rows.tenant, faculty, rows.id, TestCourse.TEACHER);
        RuleSet badge = active(badge(AchievementDraft.Worth.NOTHING));
        grade(Map.of(10L, "90"));
        awaitAwards(badge, 1);
        TestCourse second = TestCourse.another(jdbc, rows.tenant);
        CourseContext secondCourse = contexts.find(rows.tenant, second.id).orElseThrow();
        issuers.grant(rows.tenant, faculty, second.id, TestCourse.TEACHER);
        second.learners(10, 2);
        long exam = second.column("Exam", "100");
        grade(second, exam, Map.of(10L, "90"));
        RuleSet copy = ruleSets.create(
                rows.tenant,
                second.id,
                badge.achievementId(),
                badge.achievementVersion(),
                percent(exam, "80"),
                TestCourse.TEACHER);

        DryRun dryRun = dryRuns.of(secondCourse, copy);

        assertThat(dryRun.heads()).isZero();
        assertThat(dryRun.holding()).isEqualTo(1);
        desk.activate(secondCourse, copy, true, 0, TestCourse.TEACHER);
        // Somebody who is evaluated after her shows that it was her turn.
        grade(second, exam, Map.of(11L, "88"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standing(copy)).containsExactly(tuple(11L, 1)));
    }

    @Test
    void onlyFromNowOnGivesNoLevelThatWasReachedBeforeAndEveryLevelThatIsReachedLater() {
        rows.learners(10, 3);
        RuleSet badge = active(badge(AchievementDraft.Worth.NOTHING));
        grade(Map.of(10L, "92"));
        awaitAwards(badge, 1);
        RuleSet resting = desk.changeRule(course, badge, levels("80", "90", "97"), TestCourse.TEACHER);
        grade(Map.of(11L, "83"));

        desk.activate(course, resting, false, 0, TestCourse.TEACHER);
        grade(Map.of(10L, "93", 11L, "85", 12L, "81"));

        awaitAwards(resting, 2);
        assertThat(standing(resting)).containsOnly(tuple(10L, 1), tuple(12L, 1));
        grade(Map.of(10L, "98", 11L, "91"));
        awaitAwards(resting, 4);
        assertThat(standing(resting)).containsOnly(tuple(10L, 3), tuple(11L, 2), tuple(12L, 1));
    }

    @Test
    void aRenewalThatIsDueIsCountedAndSaid() {
        RuleSet resting = earnedTenMonthsAgoAndEarnedAnewWhileItRests();

        DryRun dryRun = dryRuns.of(course, resting);

        assertThat(dryRun.heads()).isEqualTo(1);
        assertThat(dryRun.renewed()).isEqualTo(1);
        assertThat(dryRun.earning())
                .extracting(DryRun.Learner::next)
                .containsExactly("has the badge, and has it renewed");
        desk.activate(course, resting, true, dryRun.heads(), TestCourse.TEACHER);
        awaitAwards(resting, 2);
        assertThat(standing(resting)).containsExactly(tuple(10L, 1));
    }

    @Test
    void onlyFromNowOnRenewsNothingByAResultFromBeforeAndRenewsByALaterOne() {
        RuleSet resting = earnedTenMonthsAgoAndEarnedAnewWhileItRests();

        desk.activate(course, resting, false, 0, TestCourse.TEACHER);
        rows.learners(11, 1);
        grade(Map.of(11L, "81"));

        awaitAwards(resting, 2);
        assertThat(awards.ofRuleSet(rows.tenant, resting.id()))
                .extracting(Award::personId)
                .containsExactlyInAnyOrder(10L, 11L);
        grade(Map.of(10L, "89"));
        awaitAwards(resting, 3);
        assertThat(standing(resting)).containsOnly(tuple(10L, 1), tuple(11L, 1));
    }

    @Test
    void whoseBadgeIsOverBeforeItIsGivenIsNotCounted() {
        rows.learners(10, 1);
        grade(Map.of(10L, "90"));
        RuleSet badge = badge(new AchievementDraft.Worth(
                null, Validity.until(LocalDate.now(ZoneOffset.UTC).minusDays(2), 1)));

        DryRun dryRun = dryRuns.of(course, badge);

        assertThat(dryRun.heads()).isZero();
        assertThat(dryRun.excluded())
                .extracting(DryRun.Excluded::why)
                .contains("Meets the rule, but the badge is valid until a day that is over");
    }

    @Test
    void inATestCopyWhoHasTheSampleIsNotCountedAgainAndLookingMakesNone() {
        rows.learners(10, 2);
        grade(Map.of(10L, "90"));
        RuleSet badge = badge(AchievementDraft.Worth.NOTHING);
        jdbc.update("UPDATE context SET sample = TRUE WHERE tenant_id = ? AND id = ?", rows.tenant.value(), rows.id);
        course = contexts.find(rows.tenant, rows.id).orElseThrow();
        assertThat(dryRuns.of(course, badge).heads()).isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM achievement WHERE tenant_id = ? AND sample_of IS NOT NULL",
                        Integer.class,
                        rows.tenant.value()))
                .isZero();
        active(badge);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(awards.ofPerson(rows.tenant, 10)).hasSize(1));
        ruleSets.pause(rows.tenant, badge.id(), TestCourse.TEACHER);

        DryRun dryRun = dryRuns.of(course, again(badge));

        assertThat(dryRun.heads()).isZero();
        assertThat(dryRun.holding()).isEqualTo(1);
    }

    @Test
    void theSliderSaysTheSameNumberAsTheDryRun() {
        rows.learners(10, 4);
        RuleSet badge = active(badge(AchievementDraft.Worth.NOTHING));
        grade(Map.of(10L, "96"));
        awaitAwards(badge, 1);
        ruleSets.pause(rows.tenant, badge.id(), TestCourse.TEACHER);
        grade(Map.of(11L, "85", 12L, "76"));
        RuleSet resting = again(badge);
        Threshold threshold = thresholds.of(course, resting.rule()).get(0);

        Curve asItStands = curves.of(course, resting, threshold, threshold.at());
        Curve lower = curves.of(course, resting, threshold, BigDecimal.valueOf(76));

        assertThat(asItStands.asked().heads())
                .isEqualTo(dryRuns.of(course, resting).heads())
                .isEqualTo(1);
        assertThat(lower.asked().heads()).isEqualTo(2);
        assertThat(lower.asked().change()).isEqualTo(1);
    }

    @Test
    void lookingTakesNoMoreStatementsForMorePeople() {
        RuleSet resting = earnedTenMonthsAgoAndEarnedAnewWhileItRests();
        Threshold threshold = thresholds.of(course, resting.rule()).get(0);
        Runnable look = () -> {
            dryRuns.of(course, resting);
            curves.of(course, resting, threshold, threshold.at());
        };
        long forOne = Statements.of(transaction, app.getBean(JdbcClient.class), look);
        rows.learners(1000, 300);
        Map<Long, String> scores = new HashMap<>();
        for (long person = 1000; person < 1300; person++) {
            scores.put(person, "85");
        }
        grade(scores);

        assertThat(dryRuns.of(course, resting).heads()).isEqualTo(301);
        assertThat(Statements.of(transaction, app.getBean(JdbcClient.class), look))
                .isLessThanOrEqualTo(forOne + 2);
    }

    private RuleSet earnedTenMonthsAgoAndEarnedAnewWhileItRests() {
        rows.learners(10, 1);
        RuleSet badge = active(badge(new AchievementDraft.Worth(null, Validity.days(360, 60))));
        grade(Map.of(10L, "85"));
        awaitAwards(badge, 1);
        ruleSets.pause(rows.tenant, badge.id(), TestCourse.TEACHER);
        Past.goBy(app, rows.tenant, Duration.ofDays(310));
        grade(Map.of(10L, "88"));
        return again(badge);
    }

    private RuleSet badge(AchievementDraft.Worth worth) {
        AchievementDraft words = new AchievementDraft("Essayist", "Writes.", "80 %.", "#1f4e79", null, worth);
        return desk.draft(course, words, percent(essay, "80"), TestCourse.TEACHER);
    }

    private RuleSet active(RuleSet badge) {
        desk.activate(course, badge, true, 0, TestCourse.TEACHER);
        return again(badge);
    }

    private RuleSet again(RuleSet badge) {
        return ruleSets.find(rows.tenant, badge.id()).orElseThrow();
    }

    private static Rule percent(long column, String percent) {
        return Score.atLeast(column, new BigDecimal(percent), Rule.Unit.PERCENT);
    }

    private Rule levels(String... percents) {
        List<Rule.Levels.Level> levels = new ArrayList<>();
        for (String percent : percents) {
            levels.add(new Rule.Levels.Level("Level " + (levels.size() + 1), percent(essay, percent)));
        }
        return new Rule.Levels(levels);
    }

    /** So many were ever made, and stand or were replaced. */
    private void awaitAwards(RuleSet badge, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(awards.ofRuleSet(rows.tenant, badge.id()))
                        .hasSize(count)
                        .allSatisfy(award -> assertThat(award.releasedAt()).isNotNull()));
    }

    private List<org.assertj.core.groups.Tuple> standing(RuleSet badge) {
        return awards.ofRuleSet(rows.tenant, badge.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .map(award -> tuple(award.personId(), award.rank()))
                .toList();
    }

    private void grade(Map<Long, String> scores) {
        grade(rows, essay, scores);
    }

    private void grade(TestCourse where, long column, Map<Long, String> scores) {
        transaction.executeWithoutResult(status -> events.publishEvent(where.grade(column, scores, "100")));
    }
}
