package dev.laurel.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.CourseZones;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What counts by a day is decided by the days of the course, and again when they become other days. */
@LaurelTest
class CourseZoneIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long ADA = 100;

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    CourseZones zones;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private TestCourse course;

    private long essay;

    @BeforeEach
    void start() {
        course = TestCourse.in(jdbc);
        essay = course.column("Essay", "100");
        course.learners(ADA, 1);
    }

    /** New York is five hours behind UTC, and four from 8 March 2026 on. */
    @ParameterizedTest(name = "{0} in New York, until {1}: {2}")
    @CsvSource({
        "2026-03-03T20:00, 2026-03-03, MET",
        "2026-03-03T23:59, 2026-03-03, MET",
        "2026-03-04T00:00, 2026-03-03, UNDECIDED",
        "2026-03-08T23:59, 2026-03-08, MET",
        "2026-03-09T00:00, 2026-03-08, UNDECIDED"
    })
    void theEveningOfTheLastDayCountsWhereTheCourseIs(LocalDateTime local, LocalDate until, Verdict verdict) {
        zones.choose(course.tenant, course.id, NEW_YORK, TestCourse.TEACHER);
        graded(local.atZone(NEW_YORK).toInstant());

        RuleSet badge = active(until(until));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdict(badge)).containsExactly(verdict));
    }

    @Test
    void anotherZoneDecidesAgainWhatAsksForDaysAndNothingElse() {
        graded(Instant.parse("2026-03-04T01:00:00Z"));
        RuleSet dated = active(until(LocalDate.parse("2026-03-03")));
        RuleSet other = active(Score.atLeast(essay, new BigDecimal(80), Rule.Unit.PERCENT));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(verdict(dated)).as("1:00 on 4 March UTC").containsExactly(Verdict.UNDECIDED));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdict(other)).containsExactly(Verdict.MET));
        Instant before = evaluatedAt(other);

        zones.choose(course.tenant, course.id, NEW_YORK, TestCourse.TEACHER);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(verdict(dated)).as("20:00 on 3 March").containsExactly(Verdict.MET));

        zones.told(course.tenant, course.id, "Europe/Berlin");
        zones.choose(course.tenant, course.id, ZoneId.of("Asia/Tokyo"), TestCourse.TEACHER);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdict(dated)).containsExactly(Verdict.UNDECIDED));
        assertThat(evaluatedAt(other)).isEqualTo(before);
    }

    private Rule until(LocalDate day) {
        return new Score(
                essay, new BigDecimal(80), Rule.Unit.PERCENT, Score.Take.LATEST, new Period(null, day), Terms.STANDARD);
    }

    private void graded(Instant at) {
        transaction.executeWithoutResult(status -> {
            var recorded = course.grade(essay, Map.of(ADA, "90"), "100");
            for (String table : List.of("observation", "latest_observation")) {
                jdbc.update(
                        "UPDATE " + table + " SET occurred_at = ? WHERE tenant_id = ? AND context_id = ?",
                        at.atOffset(ZoneOffset.UTC).toLocalDateTime(),
                        course.tenant.value(),
                        course.id);
            }
            events.publishEvent(recorded);
        });
    }

    private RuleSet active(Rule rule) {
        AchievementVersion version = achievements.create(
                course.tenant,
                issuers.of(course.tenant, course.id, "Biology 101").id(),
                new AchievementDraft("Punctual", "In time.", "In time", "#1f4e79", null),
                TestCourse.TEACHER);
        RuleSet badge = ruleSets.create(course.tenant, course.id, version.achievementId(), 1, rule, TestCourse.TEACHER);
        ruleSets.activate(course.tenant, badge.id(), TestCourse.TEACHER);
        return badge;
    }

    private List<Verdict> verdict(RuleSet badge) {
        return verdicts.ofRuleSet(course.tenant, badge.id()).stream()
                .map(each -> each.evaluation().verdict())
                .toList();
    }

    private Instant evaluatedAt(RuleSet badge) {
        return verdicts.ofRuleSet(course.tenant, badge.id()).get(0).evaluatedAt();
    }
}
