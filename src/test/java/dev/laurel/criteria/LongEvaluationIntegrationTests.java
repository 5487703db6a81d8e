package dev.laurel.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.RosterChanged;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.LongWork;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.StepMetrics;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** An evaluation that takes many transactions says how far it is. */
@LaurelTest
@TestPropertySource(properties = "laurel.criteria.chunk=40")
class LongEvaluationIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PEOPLE = 100;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

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

    @Autowired
    EvaluationRepository evaluations;

    @Autowired
    DueRepository due;

    @Autowired
    Jobs jobs;

    @Autowired
    StepMetrics metrics;

    @Test
    void itSaysHowManyResultsOfHowManyAndNothingWhenItIsOver() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(100, PEOPLE);
        RuleSet ruleSet = active(course, essay);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).size() == PEOPLE);
        await().atMost(PATIENCE)
                .until(() -> verdicts.progress(course.tenant, course.id).isEmpty());

        // Somebody of the third transaction is not to be had for a while.
        transaction.executeWithoutResult(held -> {
            jdbc.queryForList(
                    "SELECT version FROM evaluation WHERE tenant_id = ? AND person_id = ? FOR UPDATE",
                    course.tenant.value(),
                    people.get(90));
            CompletableFuture.runAsync(() -> grade(course, essay, people)).join();
            await().atMost(PATIENCE)
                    .until(() -> verdicts.progress(course.tenant, course.id)
                            .filter(work -> work.done() == 80)
                            .isPresent());
        });

        await().atMost(PATIENCE).until(() -> verdicts.progress(course.tenant, course.id), Optional<LongWork>::isEmpty);
        assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                .hasSize(PEOPLE)
                .allSatisfy(each -> assertThat(each.evaluation().verdict()).isEqualTo(Verdict.NOT_MET));
    }

    @Test
    void aBadgeThatIsActivatedCountsThePeopleWhoAreLeft() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(100, PEOPLE);
        CompletableFuture.runAsync(() -> grade(course, essay, people)).join();
        RuleSet ruleSet = active(course, essay);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).size() == PEOPLE);

        transaction.executeWithoutResult(held -> {
            jdbc.queryForList(
                    "SELECT version FROM evaluation WHERE tenant_id = ? AND person_id = ? FOR UPDATE",
                    course.tenant.value(),
                    people.get(60));
            CompletableFuture.runAsync(() ->
                            ruleSets.edit(course.tenant, ruleSet.id(), 1, atLeast(essay, "70"), TestCourse.TEACHER))
                    .join();
            await().atMost(PATIENCE)
                    .until(() -> verdicts.progress(course.tenant, course.id)
                            .filter(work -> work.done() == 40 && work.of() == PEOPLE)
                            .isPresent());
        });
        await().atMost(PATIENCE).until(() -> verdicts.progress(course.tenant, course.id), Optional<LongWork>::isEmpty);
    }

    @Test
    void whatIsGradedWhileTheNextAreWorkedOutCounts() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(100, PEOPLE);
        RuleSet ruleSet = active(course, essay);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).size() == PEOPLE);

        whileTheSecondAreWorkedOut(course, essay, people, () -> grade(course, essay, Map.of(people.get(60), "90")));

        await().atMost(PATIENCE).until(() -> verdicts.progress(course.tenant, course.id), Optional<LongWork>::isEmpty);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                        .hasSize(PEOPLE)
                        .allSatisfy(each -> assertThat(each.evaluation().verdict())
                                .isEqualTo(each.personId() == people.get(60) ? Verdict.MET : Verdict.NOT_MET)));
    }

    @Test
    void whoLeavesWhileTheNextAreWorkedOutIsKeptInNoList() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(100, PEOPLE);
        long leaving = people.get(60);
        RuleSet ruleSet = active(course, essay);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).size() == PEOPLE);

        whileTheSecondAreWorkedOut(
                course,
                essay,
                people,
                () -> transaction.executeWithoutResult(status -> {
                    course.member(leaving, "LEARNER", false);
                    events.publishEvent(new RosterChanged(course.tenant, course.id, Set.of(leaving)));
                }));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                        .hasSize(PEOPLE - 1)
                        .noneMatch(each -> each.personId() == leaving)
                        .allSatisfy(
                                each -> assertThat(each.evaluation().verdict()).isEqualTo(Verdict.NOT_MET)));
    }

    @Test
    void whatIsReadAheadKnowsWhatTheTransactionBeforeItStored() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(100, 2);
        RuleSet ruleSet = active(course, essay);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).size() == 2);
        Map<EvaluationRepository.Key, EvaluationRepository.Stored> tooEarly =
                evaluations.stored(course.tenant, List.of(ruleSet.id()), people);
        grade(course, essay, Map.of(people.get(0), "90"));
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).stream()
                        .anyMatch(each -> each.evaluation().verdict() == Verdict.MET));

        Workings.Ahead ahead = new Workings.Ahead(
                        0, List.of(), new Touched(List.of(), CourseFacts.ofColumns(Map.of())), Map.of(), tooEarly)
                .after(verdicts.ofRuleSet(course.tenant, ruleSet.id()).stream()
                        .map(EvaluationRepository.Explained::of)
                        .toList());

        assertThat(ahead.stored()).isEqualTo(evaluations.stored(course.tenant, List.of(ruleSet.id()), people));
        assertThat(ahead.stored()).isNotEqualTo(tooEarly);
    }

    @Test
    void jobsThatFindTheCourseBusyWithinOnePauseLookAgainOnceForAllOfThem() {
        TestCourse course = TestCourse.in(jdbc);
        // Nobody runs what is due in years.
        Instant someday = Instant.parse("2037-01-01T00:00:00.010Z");
        for (int later = 0; later < 190; later += 10) {
            Clock clock = Clock.fixed(someday.plusMillis(later), ZoneOffset.UTC);
            new EvaluationQueue(due, jobs, clock, metrics).again(course.tenant, course.id);
        }

        List<Timestamp> waiting = jdbc.queryForList(
                "SELECT execution_time FROM scheduled_tasks WHERE task_name = ? AND task_instance LIKE CONCAT(?, ':%')",
                Timestamp.class, EvaluationQueue.JOB, course.tenant.value());
        jdbc.update(
                "DELETE FROM scheduled_tasks WHERE task_name = ? AND task_instance LIKE CONCAT(?, ':%')",
                EvaluationQueue.JOB, course.tenant.value());

        assertThat(waiting)
                .as("not before the last of them may look again")
                .singleElement()
                .satisfies(at -> assertThat(at.toInstant()).isEqualTo(someday.plusMillis(390)));
    }

    /** Grades all; the first transaction has to wait when it writes, and beside it those of the second are worked out. */
    private void whileTheSecondAreWorkedOut(TestCourse course, long essay, List<Long> people, Runnable meanwhile) {
        transaction.executeWithoutResult(held -> {
            jdbc.queryForList(
                    "SELECT version FROM evaluation WHERE tenant_id = ? AND person_id = ? FOR UPDATE",
                    course.tenant.value(),
                    people.get(10));
            CompletableFuture.runAsync(() -> grade(course, essay, people)).join();
            await().atMost(PATIENCE).until(() -> lockWaits() > 0);
            CompletableFuture.runAsync(meanwhile).join();
        });
    }

    private int lockWaits() {
        Integer waits = jdbc.queryForObject(
                "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", Integer.class);
        return waits == null ? 0 : waits;
    }

    private void grade(TestCourse course, long essay, List<Long> people) {
        Map<Long, String> scores = new LinkedHashMap<>();
        people.forEach(person -> scores.put(person, "50"));
        grade(course, essay, scores);
    }

    private void grade(TestCourse course, long essay, Map<Long, String> scores) {
        transaction.executeWithoutResult(status -> events.publishEvent(course.grade(essay, scores, "100")));
    }

    private RuleSet active(TestCourse course, long essay) {
        AchievementVersion badge = achievements.create(
                course.tenant,
                issuers.of(course.tenant, course.id, "Biology 101").id(),
                new AchievementDraft("Essay writer", "Writes essays", "80 % in the essay", "#1f5f8b", null),
                TestCourse.TEACHER);
        RuleSet ruleSet = ruleSets.create(
                course.tenant, course.id, badge.achievementId(), 1, atLeast(essay, "80"), TestCourse.TEACHER);
        ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        return ruleSet;
    }

    private static Rule atLeast(long column, String percent) {
        return Score.atLeast(column, new BigDecimal(percent), Rule.Unit.PERCENT);
    }
}
