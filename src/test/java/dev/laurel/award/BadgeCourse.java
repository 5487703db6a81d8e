package dev.laurel.award;

import static org.awaitility.Awaitility.await;

import dev.laurel.Past;
import dev.laurel.Statements;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A course of an institution of its own with one badge: 80 % in its one column. Grades are seen as the gradebook sees them. */
public final class BadgeCourse {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    public static final long TEACHER = TestCourse.TEACHER;

    private final ApplicationContext app;

    private final JdbcTemplate jdbc;

    private final TestCourse course;

    private final long essay;

    private final RuleSet ruleSet;

    private BadgeCourse(
            ApplicationContext app, boolean institution, AchievementDraft.Worth worth, LongFunction<Rule> rule) {
        this.app = app;
        this.jdbc = app.getBean(JdbcTemplate.class);
        this.course = TestCourse.in(jdbc);
        this.essay = course.column("Essay 1", "100");
        Achievements achievements = app.getBean(Achievements.class);
        Issuers issuers = app.getBean(Issuers.class);
        if (institution) {
            Issuer faculty = issuers.createForInstitution(course.tenant, "Faculty", TEACHER);
            issuers.grant(course.tenant, faculty.id(), course.id, TEACHER);
        }
        Issuer issuer = issuers.of(course.tenant, course.id, "Biology 101");
        AchievementVersion badge = achievements.create(
                course.tenant,
                issuer.id(),
                new AchievementDraft("Essay writer", "Writes essays", "80 % in the essay", "#1f5f8b", null, worth),
                TEACHER);
        this.ruleSet = app.getBean(RuleSets.class)
                .create(course.tenant, course.id, badge.achievementId(), 1, rule.apply(essay), TEACHER);
    }

    static BadgeCourse in(ApplicationContext app) {
        return new BadgeCourse(app, false, AchievementDraft.Worth.NOTHING, percent("80"));
    }

    /** With a badge that the institution speaks for. */
    static BadgeCourse ofTheInstitution(ApplicationContext app) {
        return new BadgeCourse(app, true, AchievementDraft.Worth.NOTHING, percent("80"));
    }

    /** Worth something, or for a time. */
    static BadgeCourse worth(ApplicationContext app, AchievementDraft.Worth worth) {
        return new BadgeCourse(app, false, worth, percent("80"));
    }

    /** With two tiers: 80 % and 95 %. */
    static BadgeCourse withLevels(ApplicationContext app, AchievementDraft.Worth worth) {
        return new BadgeCourse(app, false, worth, BadgeCourse::proficientAndMastered);
    }

    static Rule proficientAndMastered(long column) {
        return new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", percent("80").apply(column)),
                new Rule.Levels.Level("Mastered", percent("95").apply(column))));
    }

    static LongFunction<Rule> percent(String percent) {
        return column -> Score.atLeast(column, new BigDecimal(percent), Rule.Unit.PERCENT);
    }

    BadgeCourse learners(int count) {
        course.learners(10, count);
        return this;
    }

    BadgeCourse policy(UnaryOperator<AwardPolicy> change) {
        AwardPolicies policies = app.getBean(AwardPolicies.class);
        policies.put(tenant(), badge(), change.apply(policies.of(tenant(), badge())), TEACHER);
        return this;
    }

    BadgeCourse activate() {
        app.getBean(RuleSets.class).activate(tenant(), badge(), TEACHER);
        return this;
    }

    BadgeCourse pause() {
        app.getBean(RuleSets.class).pause(tenant(), badge(), TEACHER);
        return this;
    }

    /** In place of the usual one. */
    BadgeCourse rule(Rule rule) {
        app.getBean(RuleSets.class).edit(tenant(), badge(), 1, rule, TEACHER);
        return this;
    }

    /** The badge under another name, with another rule, in force at once. */
    void newVersion(String name, LongFunction<Rule> rule) {
        newVersion(name, AchievementDraft.Worth.NOTHING, rule);
    }

    void newVersion(String name, AchievementDraft.Worth worth, LongFunction<Rule> rule) {
        RuleSets ruleSets = app.getBean(RuleSets.class);
        RuleSet before = ruleSets.find(tenant(), badge()).orElseThrow();
        AchievementVersion version = app.getBean(Achievements.class)
                .edit(
                        tenant(),
                        before.badge(),
                        new AchievementDraft(name, "Writes essays", "80 % in the essay", "#1f5f8b", null, worth),
                        TEACHER);
        ruleSets.edit(tenant(), badge(), version.version(), rule.apply(essay), TEACHER);
        evaluateEverythingAgain();
    }

    /** Another column, out of 100. */
    long columnIn(String group, String kind) {
        long column = course.column(kind, "100");
        jdbc.update("UPDATE line_item SET group_name = ?, kind = ? WHERE id = ?", group, kind, column);
        return column;
    }

    TenantId tenant() {
        return course.tenant;
    }

    long badge() {
        return ruleSet.id();
    }

    RuleSet ruleSet() {
        return ruleSet;
    }

    long column() {
        return essay;
    }

    TestCourse course() {
        return course;
    }

    /** Everybody numbered from 10 on gets the same score, and all that follows has happened. */
    void gradeAll(int count, String score) {
        recordAll(count, score);
        awaitEvaluation();
    }

    void grade(long person, String score) {
        grade(Map.of(person, score));
    }

    void grade(Map<Long, String> scores) {
        record(essay, scores);
        awaitEvaluation();
    }

    void grade(long column, long person, String score) {
        record(column, Map.of(person, score));
        awaitEvaluation();
    }

    /** Seen, and evaluated when it is its turn. */
    void record(long person, String score) {
        record(essay, Map.of(person, score));
    }

    void recordAll(int count, String score) {
        Map<Long, String> scores = new HashMap<>();
        for (long person = 10; person < 10 + count; person++) {
            scores.put(person, score);
        }
        record(essay, scores);
    }

    private void record(long column, Map<Long, String> scores) {
        TransactionTemplate ofItsOwn = new TransactionTemplate(app.getBean(PlatformTransactionManager.class));
        ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        ofItsOwn.executeWithoutResult(status -> app.publishEvent(course.grade(column, scores, "100")));
    }

    /** Whatever was recorded so far is known to be posted. */
    void posted() {
        jdbc.update("UPDATE latest_observation SET visibility = 'POSTED' WHERE tenant_id = ?", tenant().value());
    }

    /** Asks for everybody once more, as an upgrade or a restart would. */
    void evaluateEverythingAgain() {
        app.getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> app.publishEvent(new ColumnsChanged(tenant(), course.id, Set.of(essay))));
        awaitEvaluation();
    }

    void awaitEvaluation() {
        await().atMost(PATIENCE)
                .until(() -> count("SELECT COUNT(*) FROM criteria_due WHERE tenant_id = ?") == 0
                        && count(
                                        "SELECT last_seq - seq FROM gradebook JOIN criteria_cursor USING (tenant_id, context_id)"
                                                + " WHERE tenant_id = ?")
                                == 0);
    }

    /** The teacher accepts everything that waits for a review. */
    void acceptAll() {
        Reviews reviews = app.getBean(Reviews.class);
        List<Long> waiting =
                reviews.waiting(tenant(), badge()).stream().map(Award::id).toList();
        reviews.accept(tenant(), badge(), waiting, "", TEACHER);
    }

    /** What staff sees, whoever it is. */
    List<Award> awards() {
        return app.getBean(Awards.class).ofRuleSet(tenant(), badge());
    }

    /** What a person decided about somebody. */
    HumanDecision decision(long person) {
        return app.getBean(HumanDecisions.class).find(tenant(), badge(), person).orElseThrow();
    }

    /** What the student sees. */
    List<Award> awardsSeenBy(long person) {
        return app.getBean(Awards.class).ofPerson(tenant(), person);
    }

    /** Somebody opens Laurel, and is shown what fell. */
    void comes(long person) {
        app.getBean(Falls.class)
                .told(tenant(), awardsSeenBy(person).stream().map(Award::id).toList());
    }

    int count(String sql) {
        Integer count = jdbc.queryForObject(sql, Integer.class, tenant().value());
        return count == null ? 0 : count;
    }

    long statements(Runnable work) {
        return Statements.of(app.getBean(TransactionTemplate.class), app.getBean(JdbcClient.class), work);
    }

    /** Everything in this institution happened so much earlier. */
    void isPast(Duration time) {
        Past.goBy(app, tenant(), time);
    }

    /** Whatever runs when the time of a badge that somebody holds is over. */
    void heldEnds() {
        jdbc.query(
                "SELECT DISTINCT achievement_id, until FROM held_achievement WHERE tenant_id = ? AND until <= UTC_TIMESTAMP(6)",
                row -> {
                    Instant end = Utc.read(row, "until");
                    app.getBean(Jobs.class)
                            .scheduleAt(
                                    "criteria-held-ends",
                                    tenant(),
                                    row.getLong("achievement_id") + "@" + end,
                                    end.toEpochMilli(),
                                    Instant.now());
                },
                tenant().value());
    }

    /** So much time is over, for everything that waits in this institution. */
    void after(Duration time) {
        jdbc.update(
                "UPDATE award SET release_at = release_at - INTERVAL ? SECOND WHERE tenant_id = ?",
                time.toSeconds(),
                tenant().value());
        jdbc.update(
                "UPDATE award_fall SET act_at = act_at - INTERVAL ? SECOND WHERE tenant_id = ?",
                time.toSeconds(),
                tenant().value());
        app.getBean(Releases.class).run(tenant(), "due");
        app.getBean(Falls.class).run(tenant(), "due");
    }
}
