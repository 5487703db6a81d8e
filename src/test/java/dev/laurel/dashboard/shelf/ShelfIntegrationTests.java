package dev.laurel.dashboard.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.shelf.OnTheWay.State;
import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.ExtendedModelMap;

/** What stands on a shelf, and what it costs. */
@LaurelTest
class ShelfIntegrationTests {

    private static final long ADA = 10;

    @Autowired
    ShelfController controller;

    @Autowired
    Shelf shelf;

    @Autowired
    Contexts contexts;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Reviews reviews;

    @Autowired
    BadgeDesk desk;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate template;

    @Autowired
    JdbcClient jdbc;

    private TestCourse rows;

    private TenantId tenant;

    private CourseContext course;

    private long essay;

    @BeforeEach
    void aCourseInWhichAdaHasNinety() {
        rows = TestCourse.in(template);
        tenant = rows.tenant;
        course = contexts.find(tenant, rows.id).orElseThrow();
        essay = graded(rows);
    }

    @Test
    void aHundredBadgesCostNoMoreStatementsThanTwo() {
        badges(course, essay, 1);
        long few = Statements.of(transaction, jdbc, () -> open(false, 0, 0));
        long fewEverywhere = Statements.of(transaction, jdbc, () -> open(true, 0, 0));

        badges(course, essay, 20);
        for (int i = 0; i < 8; i++) {
            TestCourse another = TestCourse.another(template, tenant);
            long column = graded(another);
            badges(contexts.find(tenant, another.id).orElseThrow(), column, 4);
        }

        assertThat(earned(open(true, 0, 0)).all()).isEqualTo(1 + 20 + 8 * 4 - 1);
        assertThat(Statements.of(transaction, jdbc, () -> open(false, 0, 0))).isLessThanOrEqualTo(few);
        // The courses of badges from elsewhere are one statement more.
        assertThat(Statements.of(transaction, jdbc, () -> open(true, 0, 0))).isLessThanOrEqualTo(fewEverywhere + 1);
        assertThat(fewEverywhere).isLessThan(25);
    }

    /** Of each badge it takes to know whether it is a sample. */
    @Test
    void nineBadgesCostNoMoreStatementsThanTwoInATestCopy() {
        SignedIn there = ada(new Acting(null, true));
        badges(course, essay, 2);
        long few = Statements.of(transaction, jdbc, () -> controller.shelf(there, false, 0, 0, new ExtendedModelMap()));
        long fewRead = Statements.of(transaction, jdbc, () -> controller.read(there, Instant.now()));

        badges(course, essay, 7);

        assertThat(Statements.of(transaction, jdbc, () -> controller.shelf(there, false, 0, 0, new ExtendedModelMap())))
                .isLessThanOrEqualTo(few);
        assertThat(Statements.of(transaction, jdbc, () -> controller.read(there, Instant.now())))
                .as("the news are read")
                .isLessThanOrEqualTo(fewRead);
    }

    @Test
    void everythingIsShownInPages() {
        badges(course, essay, 26);
        for (int i = 0; i < 7; i++) {
            TestCourse another = TestCourse.another(template, tenant);
            badges(contexts.find(tenant, another.id).orElseThrow(), graded(another), 1);
        }

        ExtendedModelMap first = open(true, 0, 0);
        assertThat(earned(first).shown()).hasSize(ShelfController.BADGES);
        assertThat(earned(first).next()).isEqualTo(ShelfController.BADGES);
        assertThat(sections(first)).hasSize(ShelfController.COURSES);
        ExtendedModelMap second = open(true, 24, 6);
        assertThat(earned(second).shown()).hasSize(33 - 1 - 24);
        assertThat(earned(second).previous()).isZero();
        assertThat(sections(second)).hasSize(2);
        List<Long> all = new ArrayList<>();
        sections(first).forEach(section -> all.add(section.course().id()));
        sections(second).forEach(section -> all.add(section.course().id()));
        assertThat(all).doesNotHaveDuplicates().hasSize(8).startsWith(course.id());
        assertThat(earned(open(true, -5, 99)).from())
                .as("beyond the list is its beginning")
                .isZero();
    }

    @Test
    void whatIsBegunStandsBeforeWhatIsNotAndWhatCannotBeAnyMoreIsNoStep() {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        long other = rows.column("Project", "100");
        RuleSet begun = badge(course, "Begun", score(essay, 95));
        RuleSet possible = badge(course, "Possible", score(other, 80));
        badge(
                course,
                "Over",
                new Score(
                        other,
                        new BigDecimal(80),
                        Rule.Unit.PERCENT,
                        Score.Take.LATEST,
                        new Period(null, yesterday),
                        Terms.STANDARD));
        badge(course, "For others", new Rule.AllOf(List.of(new InGroup(List.of("17")), score(essay, 95))));
        badge(course, "After it", new Rule.AllOf(List.of(new HeldBadge(possible.achievementId()), score(other, 90))));
        evaluated(5);

        InCourse section = shelf.toLearner(course, ADA, List.of());

        assertThat(section.onTheWay()).extracting(OnTheWay::ruleSetId).containsExactly(begun.id());
        assertThat(section.possible())
                .extracting(badge -> badge.version().name(), OnTheWay::next)
                .containsExactly(
                        tuple("After it", "Still to go: the badge “Possible” first and 90 % or more in Project."),
                        tuple("Possible", "80 % or more in Project and this is yours."));
        assertThat(section.over()).extracting(badge -> badge.version().name()).containsExactly("For others", "Over");
        assertThat(section.over()).extracting(OnTheWay::next).noneMatch(words -> words.contains("this is yours"));
    }

    @Test
    void aTierAboveTheOneReachedIsTheNextStepOfWhoHasTheBadge() {
        RuleSet writer = badge(course, "Writer", tiers());
        awarded(1);

        InCourse section = shelf.toLearner(course, ADA, shelf.earned(tenant, ADA));

        assertThat(section.badges()).isEmpty();
        assertThat(section.nextTiers().get(writer.id())).isEqualTo("For “Mastered”: 5 more points in Essay.");
        assertThat(shelf.nextTier(course, proficient())).contains("For “Mastered”: 5 more points in Essay.");
    }

    @Test
    void aHigherTierThatIsDecidedAndNotReleasedShowsInNothing() {
        RuleSet writer = badge(course, "Writer", tiers());
        awarded(1);
        policies.put(tenant, writer.id(), policies.of(tenant, writer.id()).releasedByInstructor(), TestCourse.TEACHER);

        grade(rows, essay, "96");
        decided(2);

        assertThat(shelf.nextTier(course, proficient())).isEmpty();
        assertThat(shelf.toLearner(course, ADA, shelf.earned(tenant, ADA)).nextTiers())
                .isEmpty();
    }

    @Test
    void aResultThatHasNotSettledShowsInNoTier() {
        RuleSet writer = badge(course, "Writer", tiers());
        awarded(1);
        policies.put(
                tenant,
                writer.id(),
                policies.of(tenant, writer.id()).settlingFor(Duration.ofMinutes(10)),
                TestCourse.TEACHER);

        grade(rows, essay, "91");
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(writer).contains("91"));

        assertThat(shelf.nextTier(course, proficient())).isEmpty();
        assertThat(shelf.toLearner(course, ADA, shelf.earned(tenant, ADA)).nextTiers())
                .isEmpty();
    }

    @Test
    void whoIsDeclinedTheHigherTierIsNeitherSaidToHaveReachedItNorLedTowardsIt() {
        RuleSet writer = badge(course, "Writer", tiers());
        awarded(1);
        policies.put(tenant, writer.id(), policies.of(tenant, writer.id()).withReview(true), TestCourse.TEACHER);
        grade(rows, essay, "96");
        decided(2);

        reviews.decline(
                tenant,
                writer.id(),
                reviews.waiting(tenant, writer.id()).stream().map(Award::id).toList(),
                "The essay is copied.",
                TestCourse.TEACHER);

        assertThat(shelf.nextTier(course, proficient())).isEmpty();
    }

    @Test
    void whatABadgeThatSheKeepsTakesAboveItIsNotWhatItTakesItself() {
        RuleSet writer = badge(course, "Writer", tiers());
        awarded(1);
        grade(rows, essay, "70");
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(writer).contains("70"));

        assertThat(shelf.nextTier(course, proficient())).contains("For “Mastered”: 25 more points in Essay.");
    }

    @Test
    void whatFellAndWasTakenBackCanBeEarnedAgain() {
        RuleSet writer = badge(course, "Writer", score(essay, 80));
        awarded(1);
        grade(rows, essay, "70");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.stored(tenant, ADA, List.of(writer))
                                .get(0)
                                .evaluation()
                                .verdict()
                        == Verdict.NOT_MET);
        template.update("UPDATE award SET revoked_at = decided_at WHERE tenant_id = ?", tenant.value());

        InCourse section = shelf.toLearner(course, ADA, shelf.earned(tenant, ADA));

        assertThat(section.badges()).extracting(OnTheWay::state).containsExactly(State.BEGUN);
        assertThat(section.badges().get(0).next()).isEqualTo("10 more points in Essay and this is yours.");
    }

    private Rule tiers() {
        return new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", score(essay, 80)),
                new Rule.Levels.Level("Mastered", score(essay, 95))));
    }

    private Award proficient() {
        Award award = shelf.earned(tenant, ADA).get(0).award();
        assertThat(award.level()).isEqualTo(new Award.Level(1, List.of("Proficient", "Mastered")));
        return award;
    }

    /** Which values are looked at. */
    private List<String> stored(RuleSet ruleSet) {
        return verdicts.stored(tenant, ADA, List.of(ruleSet)).stream()
                .flatMap(each -> each.evaluation().lines().stream())
                .map(line -> String.valueOf(line.value()))
                .toList();
    }

    private void decided(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> count("SELECT COUNT(*) FROM award WHERE tenant_id = ?") == count);
    }

    @Test
    void aPausedBadgeStaysInSightAndADraftIsForWhoeverMakesIt() {
        RuleSet paused = badge(course, "Paused", score(essay, 95));
        evaluated(1);
        ruleSets.pause(tenant, paused.id(), TestCourse.TEACHER);
        desk.draft(
                course,
                new AchievementDraft("Draft", "Writes.", "80 %.", "#1f4e79", null),
                score(essay, 80),
                TestCourse.TEACHER);

        InCourse section = shelf.toLearner(course, ADA, List.of());

        assertThat(section.possible())
                .extracting(badge -> badge.version().name(), OnTheWay::state)
                .containsExactly(tuple("Paused", State.PAUSED));
        assertThat(section.badges()).hasSize(1).noneMatch(OnTheWay::isOpen);
    }

    private ExtendedModelMap open(boolean everywhere, int badges, int fromCourse) {
        ExtendedModelMap model = new ExtendedModelMap();
        assertThat(controller.shelf(ada(Acting.ONESELF), everywhere, badges, fromCourse, model))
                .isEqualTo("dashboard/shelf");
        return model;
    }

    private SignedIn ada(Acting acting) {
        return new SignedIn(1, tenant, ADA, course.id(), null, Set.of(Role.LEARNER), null, Reference.next(), acting);
    }

    @SuppressWarnings("unchecked")
    private static Slice<Shelf.Earned> earned(ExtendedModelMap model) {
        return (Slice<Shelf.Earned>) model.getAttribute("earned");
    }

    @SuppressWarnings("unchecked")
    private static List<InCourse> sections(ExtendedModelMap model) {
        return (List<InCourse>) model.getAttribute("sections");
    }

    private long graded(TestCourse there) {
        there.learners(ADA, 1);
        long column = there.column("Essay", "100");
        grade(there, column, "90");
        return column;
    }

    private void grade(TestCourse there, long column, String score) {
        transaction.executeWithoutResult(status -> events.publishEvent(there.grade(column, Map.of(ADA, score), "100")));
    }

    /** So many that she earns, and as many that she does not. */
    private void badges(CourseContext there, long column, int count) {
        int before = count("SELECT COUNT(*) FROM award WHERE tenant_id = ? AND released_at IS NOT NULL");
        int states = count("SELECT COUNT(*) FROM evaluation WHERE tenant_id = ?");
        for (int i = 0; i < count; i++) {
            badge(there, "Earned " + i, score(column, 80));
            badge(there, "Open " + i, score(column, 95));
        }
        awarded(before + count);
        evaluated(states + 2 * count);
    }

    private RuleSet badge(CourseContext there, String name, Rule rule) {
        RuleSet draft = desk.draft(
                there, new AchievementDraft(name, "Writes.", "80 %.", "#1f4e79", null), rule, TestCourse.TEACHER);
        desk.activate(there, draft, true, 1, TestCourse.TEACHER);
        return ruleSets.find(tenant, draft.id()).orElseThrow();
    }

    private void awarded(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        count("SELECT COUNT(*) FROM award WHERE tenant_id = ? AND released_at IS NOT NULL") == count);
    }

    private void evaluated(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> count("SELECT COUNT(*) FROM evaluation WHERE tenant_id = ?") == count);
    }

    private int count(String sql) {
        Integer count = template.queryForObject(sql, Integer.class, tenant.value());
        return count == null ? 0 : count;
    }

    private static Score score(long column, int percent) {
        return Score.atLeast(column, new BigDecimal(percent), Rule.Unit.PERCENT);
    }
}
