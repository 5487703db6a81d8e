package dev.laurel.award;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Releases;
import dev.laurel.context.PersonErased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A job has a badge before its awards, and these before what is known of their fall; so has whoever decides about them. */
@LaurelTest
class AwardLocksIntegrationTests {

    private static final String WHY = "It was graded twice.";

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void whoeverConfirmsAPassOrUndoesItHasTheBadgeBeforeItsAwards() {
        Passes passes = app.getBean(Passes.class);
        BadgeCourse course = BadgeCourse.in(app).learners(20).activate();
        course.gradeAll(13, "85");
        long held = passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();

        waits(course, "award", badge -> passes.confirm(course.tenant(), badge, held, BadgeCourse.TEACHER));
        waits(course, "award", badge -> passes.undo(course.tenant(), badge, held, WHY, BadgeCourse.TEACHER));
    }

    @Test
    void whoeverReviewsHasTheBadgeBeforeItsAwards() {
        Reviews reviews = app.getBean(Reviews.class);
        BadgeCourse course = decided(policy -> policy.withReview(true));

        waits(course, "award", badge -> reviews.accept(course.tenant(), badge, all(course), WHY, BadgeCourse.TEACHER));
        BadgeCourse another = decided(policy -> policy.withReview(true));
        waits(
                another,
                "award",
                badge -> reviews.decline(another.tenant(), badge, all(another), WHY, BadgeCourse.TEACHER));
    }

    @Test
    void whoeverReleasesOrTakesBackHasTheBadgeBeforeItsAwards() {
        BadgeCourse course = decided(AwardPolicy::releasedByInstructor);

        waits(course, "award", badge -> app.getBean(Releases.class).release(course.tenant(), badge, all(course)));
        waits(
                course,
                "award",
                badge -> app.getBean(Grants.class)
                        .takeBack(course.tenant(), badge, all(course).get(0), WHY, BadgeCourse.TEACHER, false));
    }

    @Test
    void whoeverChangesHowABadgeIsReleasedHasItBeforeItsAwards() {
        BadgeCourse course = decided(AwardPolicy::releasedByInstructor);
        AwardPolicies policies = app.getBean(AwardPolicies.class);
        AwardPolicy atOnce = policies.of(course.tenant(), course.badge()).settlingFor(Duration.ZERO);

        waits(course, "award", badge -> policies.put(course.tenant(), badge, atOnce, BadgeCourse.TEACHER));
    }

    @Test
    void whoeverDecidesAboutAFallHasTheBadgeAndTheAwardBeforeIt() {
        FallDecisions decisions = app.getBean(FallDecisions.class);
        BadgeCourse course = fallen();
        long fall = fall(course);

        waits(
                course,
                "award_fall",
                badge -> decisions.keep(course.tenant(), badge, fall, WHY, BadgeCourse.TEACHER, false));
        BadgeCourse another = fallen();
        long other = fall(another);
        hasNothingOf(
                "award_fall",
                another,
                "SELECT id FROM award WHERE tenant_id = ? FOR UPDATE",
                () -> decisions.keep(another.tenant(), another.badge(), other, WHY, BadgeCourse.TEACHER, false));
    }

    @Test
    void whatFollowsFromAFallBeginsWithTheAward() {
        BadgeCourse course = fallen();

        transactions.executeWithoutResult(status -> {
            jdbc.queryForList(
                    "SELECT id FROM award WHERE tenant_id = ? FOR UPDATE",
                    course.tenant().value());
            assertThat(CompletableFuture.runAsync(() -> {
                        jdbc.update(
                                "UPDATE award_fall SET act_at = act_at - INTERVAL 60 DAY WHERE tenant_id = ?",
                                course.tenant().value());
                        app.getBean(Falls.class).run(course.tenant(), "due");
                    }))
                    .as("what somebody else has is left for the next time")
                    .succeedsWithin(30, SECONDS);
            assertThat(course.awards().get(0).suspendedAt()).isNull();
        });

        course.after(Duration.ZERO);
        assertThat(course.awards().get(0).suspendedAt()).isNotNull();
    }

    @Test
    void whoeverErasesSomebodyHasTheEvaluationsBeforeTheAwardsAndKeepsNobodyFromTheBadge() {
        BadgeCourse course = BadgeCourse.in(app).learners(2).activate();
        course.gradeAll(2, "85");
        String evaluations = "SELECT person_id FROM evaluation WHERE tenant_id = ? FOR UPDATE";

        hasNothingOf("award", course, evaluations, () -> erase(course, 10));
        hasNothingOf("rule_set", course, evaluations, () -> erase(course, 11));
        assertThat(course.awards()).extracting(Award::revokedAt).doesNotContainNull();
        assertThat(course.count("SELECT COUNT(*) FROM evaluation WHERE tenant_id = ?"))
                .isZero();
    }

    @Test
    void whoeverAnswersHasTheBadgeBeforeTheQuestion() {
        Questions questions = app.getBean(Questions.class);
        BadgeCourse course = decided(policy -> policy);
        questions.ask(course.tenant(), course.ruleSet(), 10, "Why is it blue?");
        Question asked = questions.open(course.tenant(), course.badge()).get(0);

        waits(
                course,
                "award_question",
                badge -> assertThat(questions.answer(
                                course.tenant(),
                                badge,
                                asked.id(),
                                asked.askedAt(),
                                "We like blue.",
                                BadgeCourse.TEACHER))
                        .isTrue());
    }

    private BadgeCourse decided(UnaryOperator<AwardPolicy> policy) {
        BadgeCourse course = BadgeCourse.in(app).learners(1).policy(policy).activate();
        course.grade(10, "85");
        assertThat(course.awards()).hasSize(1);
        return course;
    }

    private BadgeCourse fallen() {
        BadgeCourse course = decided(policy -> policy.onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(7)));
        course.grade(10, "40");
        return course;
    }

    private long fall(BadgeCourse course) {
        return app.getBean(Falls.class)
                .open(course.tenant(), course.badge())
                .get(0)
                .id();
    }

    private void erase(BadgeCourse course, long person) {
        transactions.executeWithoutResult(status -> app.publishEvent(
                new PersonErased(course.tenant(), person, Set.of("account-" + person), Instant.now())));
    }

    private static List<Long> all(BadgeCourse course) {
        return course.awards().stream().map(Award::id).toList();
    }

    /** While somebody else has the badge, of the rows that follow it nothing is locked. */
    private void waits(BadgeCourse course, String table, Consumer<Long> act) {
        hasNothingOf(
                table,
                course,
                "SELECT id FROM rule_set WHERE tenant_id = ? FOR UPDATE",
                () -> act.accept(course.badge()));
    }

    private void hasNothingOf(String table, BadgeCourse course, String before, Runnable act) {
        CompletableFuture<Void> acting = transactions.execute(status -> {
            jdbc.queryForList(before, course.tenant().value());
            CompletableFuture<Void> somebody = CompletableFuture.runAsync(act);
            assertThatThrownBy(() -> somebody.get(500, MILLISECONDS))
                    .as("whoever comes second waits")
                    .isInstanceOf(TimeoutException.class);
            assertThatCode(() -> jdbc.queryForList(
                            "SELECT id FROM " + table + " WHERE tenant_id = ? FOR UPDATE NOWAIT",
                            course.tenant().value()))
                    .as("and has no " + table)
                    .doesNotThrowAnyException();
            return somebody;
        });
        assertThat(acting).succeedsWithin(30, SECONDS);
    }
}
