package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.release.Releases;
import dev.laurel.award.release.Unreleased;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.rule.CountInGroup;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Observation;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Passback;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Decided at once, told when it is released. */
@LaurelTest
class ReleaseIntegrationTests {

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Autowired
    Releases releases;

    @Autowired
    Unreleased unreleased;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Credentials credentials;

    @Autowired
    Passback passback;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void whereTheSourceCannotSayWhetherAGradeIsPostedItSettlesFirst() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        passback.enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);

        course.grade(10, "85");

        Award decided = course.awards().get(0);
        assertThat(decided.releasedAt()).isNull();
        assertThat(decided.releaseAt())
                .isBetween(
                        Instant.now().plus(TEN_MINUTES).minusSeconds(60),
                        Instant.now().plus(TEN_MINUTES));
        nothingIsKnown(course);

        course.after(TEN_MINUTES);

        Award released = course.awardsSeenBy(10).get(0);
        assertThat(released.id()).isEqualTo(decided.id());
        assertThat(released.decidedAt()).isEqualTo(decided.decidedAt());
        assertThat(course.count("SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ? AND standing = 'HELD'"))
                .isEqualTo(1);
        assertThat(course.count("SELECT COUNT(*) FROM score_outbox WHERE tenant_id = ?"))
                .isEqualTo(1);
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> credentials.find(course.tenant(), decided.id()).isPresent());
    }

    private void nothingIsKnown(BadgeCourse course) {
        assertThat(course.awardsSeenBy(10)).isEmpty();
        for (String table : new String[] {"held_achievement", "credential", "score_outbox", "award_message"}) {
            assertThat(course.count("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?"))
                    .as(table)
                    .isZero();
        }
        assertThat(unreleased.notFinal(course.tenant(), 10, List.of())).containsExactly(course.badge());
        assertThat(awards.counts(course.tenant(), List.of(course.badge())))
                .as("what the institution reads as awarded")
                .isEmpty();
    }

    @Test
    void aGradeThatIsKnownToBePostedIsToldAtOnce() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "79");
        jdbc.update(
                "UPDATE latest_observation SET score = 85, visibility = 'POSTED' WHERE tenant_id = ?",
                course.tenant().value());

        course.evaluateEverythingAgain();

        assertThat(course.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void aResultThatHasStoodForLongDoesNotSettleOnceMoreWhenTheBadgeIsActivated() {
        BadgeCourse course = BadgeCourse.in(app).learners(1).policy(policy -> policy.settlingFor(TEN_MINUTES));
        course.grade(10, "85");
        jdbc.update(
                "UPDATE latest_observation SET recorded_at = recorded_at - INTERVAL 1 DAY WHERE tenant_id = ?",
                course.tenant().value());

        course.activate();

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awardsSeenBy(10)).hasSize(1));
    }

    @Test
    void aGradeThatIsCorrectedMeanwhileLeavesNoTraceAndTheBadgeCanStillBeEarned() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");
        course.grade(10, "58");
        course.after(TEN_MINUTES);

        assertThat(course.awards()).isEmpty();
        nothingIsLeft(course);

        course.grade(10, "90");
        course.after(TEN_MINUTES);

        assertThat(course.awardsSeenBy(10)).extracting(Award::occurrence).containsExactly(1);
    }

    private static void nothingIsLeft(BadgeCourse course) {
        for (String table : List.of(
                "award",
                "award_history",
                "decision_record",
                "held_achievement",
                "credential",
                "status_list",
                "status_entry",
                "award_message",
                "message_outbox",
                "score_outbox")) {
            assertThat(course.count("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void afterTheDateOfReleaseWhatMayNotBePostedSettlesFirst() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES)
                        .releasedOn(Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS)))
                .activate();

        course.grade(10, "85");
        course.after(TEN_MINUTES.minusMinutes(1));
        nothingIsKnown(course);

        course.after(Duration.ofMinutes(1));
        assertThat(course.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void aGradeThatIsCorrectedMeanwhileAndStillEnoughSettlesTooAndIsTheOneThatIsRecorded() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "95");
        UUID decided = course.awards().get(0).publicId();
        course.after(TEN_MINUTES.minusMinutes(1));

        course.grade(10, "85");
        course.after(Duration.ofMinutes(1));
        nothingIsKnown(course);

        course.after(TEN_MINUTES.minusMinutes(1));
        Award released = course.awardsSeenBy(10).get(0);
        assertThat(released.publicId()).isEqualTo(decided);
        assertThat(app.getBean(Awards.class)
                        .decisionRecord(course.tenant(), released.id())
                        .orElseThrow())
                .contains("\"value\":85")
                .doesNotContain("\"value\":95");
    }

    @Test
    void whatNobodyWasToldOfYetIsAwardedUnderTheVersionInForceWhereItMeetsThatToo() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(2)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(Map.of(10L, "85", 11L, "81"));
        UUID first = waiting(course, 10).publicId();

        course.newVersion("Master of essays", BadgeCourse.percent("83"));

        assertThat(waiting(course, 10))
                .extracting(Award::publicId, Award::achievementVersion, Award::ruleSetVersion)
                .containsExactly(first, 2, 2);
        assertThat(record(course, 10)).contains("\"achievementVersion\":2", "\"ruleSetVersion\":2", "\"atLeast\":83");
        assertThat(waiting(course, 11))
                .as("a stricter rule takes nothing from anybody")
                .extracting(Award::achievementVersion, Award::ruleSetVersion)
                .containsExactly(1, 1);
        assertThat(record(course, 11)).contains("\"achievementVersion\":1", "\"ruleSetVersion\":1", "\"atLeast\":80");

        String recorded = record(course, 10);
        releases.release(
                course.tenant(),
                course.badge(),
                course.awards().stream().map(Award::id).toList());
        course.newVersion("Grand master of essays", BadgeCourse.percent("84"));

        assertThat(course.awardsSeenBy(10).get(0).achievementVersion())
                .as("told, and so hers")
                .isEqualTo(2);
        assertThat(record(course, 10)).isEqualTo(recorded);
    }

    @Test
    void whatIsAwardedForATimeIsValidAsTheVersionInForceSays() {
        BadgeCourse course = BadgeCourse.worth(app, Worth.NOTHING)
                .learners(1)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(10, "85");
        assertThat(waiting(course, 10).validUntil()).isNull();

        course.newVersion("Essay writer", new Worth(null, Validity.days(360, 60)), BadgeCourse.percent("80"));

        assertThat(waiting(course, 10).validUntil()).isNotNull();
        assertThat(record(course, 10)).contains("\"validUntil\":");
    }

    private static Award waiting(BadgeCourse course, long person) {
        return course.awards().stream()
                .filter(award -> award.personId() == person)
                .findFirst()
                .orElseThrow();
    }

    private String record(BadgeCourse course, long person) {
        return awards.decisionRecord(course.tenant(), waiting(course, person).id())
                .orElseThrow();
    }

    @Test
    void whatAPersonVouchedForStaysAsSheSawIt() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.withReview(true).releasedByInstructor())
                .activate();
        course.grade(10, "95");
        course.acceptAll();

        course.grade(10, "85");

        assertThat(app.getBean(Awards.class)
                        .decisionRecord(course.tenant(), course.awards().get(0).id())
                        .orElseThrow())
                .contains("\"value\":95");
    }

    @Test
    void aRuleOverAGroupOrTheCourseTotalSettlesToo() {
        BadgeCourse course = BadgeCourse.in(app).learners(1).policy(policy -> policy.settlingFor(TEN_MINUTES));
        long quiz = course.columnIn("Quizzes", "SCORE");
        long total = course.columnIn("", "TOTAL_CURRENT");
        BigDecimal half = BigDecimal.valueOf(50);
        course.rule(new Rule.AllOf(List.of(
                        new CountInGroup("Quizzes", 1, half, Rule.Unit.PERCENT, Terms.STANDARD),
                        new CourseTotal(CourseTotal.Which.CURRENT, half, null, Terms.STANDARD))))
                .activate();

        course.grade(total, 10, "60");
        course.posted();
        course.grade(quiz, 10, "70");

        assertThat(course.awards())
                .hasSize(1)
                .allSatisfy(award -> assertThat(award.releasedAt())
                        .as("the quiz has not settled")
                        .isNull());
        course.after(TEN_MINUTES);
        assertThat(course.awardsSeenBy(10)).hasSize(1);

        BadgeCourse another = BadgeCourse.in(app).learners(1).policy(policy -> policy.settlingFor(TEN_MINUTES));
        total = another.columnIn("", "TOTAL_CURRENT");
        another.rule(new CourseTotal(CourseTotal.Which.CURRENT, half, null, Terms.STANDARD))
                .activate();
        another.grade(total, 10, "60");
        assertThat(another.awardsSeenBy(10)).as("the total has not settled").isEmpty();
    }

    @Test
    void aPausedBadgeTellsNobodyAndAGradeThatWasCorrectedMeanwhileLeavesNoTrace() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(2)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.gradeAll(2, "85");

        course.pause();
        course.grade(11, "58");
        course.after(TEN_MINUTES);

        assertThat(course.awards()).extracting(Award::releasedAt).containsOnlyNulls();
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE tenant_id = ?"))
                .isZero();

        course.activate();
        course.awaitEvaluation();
        course.after(Duration.ZERO);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        assertThat(course.awards()).extracting(Award::personId).containsExactly(10L);
        assertThat(course.count("SELECT COUNT(*) FROM decision_record WHERE tenant_id = ?"))
                .isEqualTo(1);
    }

    @Test
    void samplesGoWithWhatTheInstructorReleasesAndByThemselvesWhereThereIsNothingElse() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(2)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.gradeAll(2, "85");
        jdbc.update(
                "UPDATE award SET sample_of = achievement_id WHERE tenant_id = ? AND person_id = 11",
                course.tenant().value());

        List<Award> waiting = unreleased.waiting(course.tenant(), course.badge());
        assertThat(waiting).extracting(Award::personId).containsExactly(10L);
        assertThat(releases.release(course.tenant(), course.badge(), ids(waiting)))
                .isEqualTo(1);
        assertThat(course.count("SELECT COUNT(*) FROM award WHERE tenant_id = ? AND released_at IS NULL"))
                .isZero();

        jdbc.update(
                "UPDATE award SET released_at = NULL, waits_for = 'INSTRUCTOR' WHERE tenant_id = ? AND person_id = 11",
                course.tenant().value());
        assertThat(unreleased.waiting(course.tenant(), course.badge()))
                .extracting(Award::personId)
                .containsExactly(11L);
    }

    @Test
    void whatAPersonReleasesOfAPausedBadgeArrivesWhenItGoesOn() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(10, "85");
        course.pause();

        releases.release(
                course.tenant(),
                course.badge(),
                unreleased.waiting(course.tenant(), course.badge()).stream()
                        .map(Award::id)
                        .toList());
        assertThat(course.awardsSeenBy(10)).isEmpty();

        course.activate();
        course.awaitEvaluation();
        course.after(Duration.ZERO);
        assertThat(course.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void whatWaitedForTheInstructorSettlesOnceItIsReleasedByTime() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(AwardPolicy::releasedByInstructor)
                .activate();
        course.grade(10, "85");

        course.policy(policy -> policy.settlingFor(TEN_MINUTES));
        course.after(Duration.ZERO);
        assertThat(course.awardsSeenBy(10)).as("seen just now").isEmpty();
        course.after(TEN_MINUTES);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void aLongerSettlingTimeHoldsWhatWaitsAlready() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");

        course.policy(policy -> policy.settlingFor(TEN_MINUTES.multipliedBy(3)));
        course.after(TEN_MINUTES);
        assertThat(course.awardsSeenBy(10)).isEmpty();
        course.after(TEN_MINUTES.multipliedBy(2));

        assertThat(course.awardsSeenBy(10)).hasSize(1);
    }

    @Test
    void anAwardOfTheInstitutionThatIsCorrectedByAFileWaitsForASecondPerson() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");
        assertThat(course.awards()).extracting(Award::waitsFor).containsOnlyNulls();
        jdbc.update(
                "UPDATE latest_observation SET score = 90, source = 'csv', came_about = ? WHERE tenant_id = ?",
                Observation.IMPORTED,
                course.tenant().value());

        course.evaluateEverythingAgain();
        course.after(TEN_MINUTES);

        assertThat(course.awards())
                .hasSize(1)
                .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.SECOND_PERSON));
        assertThat(course.awardsSeenBy(10)).isEmpty();
    }

    @Test
    void whatWasRecordedIsLookedAtBeforeAnythingIsReleased() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.grade(10, "85");

        app.getBean(TransactionTemplate.class).executeWithoutResult(evaluating -> {
            jdbc.queryForList(
                    "SELECT seq FROM criteria_cursor WHERE tenant_id = ? FOR UPDATE",
                    course.tenant().value());
            course.record(10, "58");
            course.after(TEN_MINUTES);
        });
        course.awaitEvaluation();
        course.after(TEN_MINUTES);

        assertThat(course.awards()).isEmpty();
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE tenant_id = ?"))
                .isZero();
    }

    @Test
    void aReleaseThatNoJobKnowsOfAnyMoreHappensOnceAllTheSame() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(3)
                .policy(policy -> policy.settlingFor(TEN_MINUTES))
                .activate();
        course.gradeAll(3, "85");
        assertThat(
                        course.count(
                                "SELECT COUNT(*) FROM scheduled_tasks WHERE task_name = 'award-release' AND task_instance LIKE CONCAT(?, '%')"))
                .as("the job is there as soon as the decision is")
                .isPositive();
        jdbc.update("DELETE FROM scheduled_tasks WHERE task_name = 'award-release'");

        course.after(TEN_MINUTES);
        course.after(TEN_MINUTES);

        assertThat(course.awards())
                .allSatisfy(award -> assertThat(award.releasedAt()).isNotNull());
        assertThat(course.count("SELECT COUNT(*) FROM credential WHERE tenant_id = ?"))
                .isEqualTo(3);
    }

    @Test
    void aDateIsADateAndTheInstructorMayChangeHerMind() {
        Instant inAWeek = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
        BadgeCourse course = BadgeCourse.in(app)
                .learners(2)
                .policy(policy -> policy.releasedOn(inAWeek))
                .activate();
        course.grade(10, "85");
        assertThat(course.awards()).extracting(Award::releaseAt).containsExactly(inAWeek);

        course.policy(AwardPolicy::releasedByInstructor);
        course.after(Duration.ofDays(8));
        assertThat(course.awardsSeenBy(10)).isEmpty();
        course.grade(11, "99");
        assertThat(course.awards()).extracting(Award::waitsFor).containsOnly(Award.Wait.INSTRUCTOR);

        assertThat(releases.release(course.tenant(), course.badge(), ids(course.awards())))
                .isEqualTo(2);

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        assertThat(course.awardsSeenBy(11)).hasSize(1);
        assertThat(releases.release(course.tenant(), course.badge(), ids(course.awards())))
                .isZero();
    }

    @Test
    void aDateThatIsOverReleasesAtOnceWhatHasSettled() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        BadgeCourse course = BadgeCourse.in(app)
                .learners(2)
                .policy(policy -> policy.settlingFor(TEN_MINUTES).releasedByInstructor());
        course.grade(10, "85");
        jdbc.update(
                "UPDATE latest_observation SET recorded_at = recorded_at - INTERVAL 1 HOUR WHERE tenant_id = ?",
                course.tenant().value());
        course.activate().awaitEvaluation();
        course.grade(11, "85");

        course.policy(policy -> policy.releasedOn(yesterday));

        assertThat(course.awardsSeenBy(10)).hasSize(1);
        assertThat(course.awardsSeenBy(11)).as("it may not be posted").isEmpty();
        course.after(TEN_MINUTES);
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awardsSeenBy(11)).hasSize(1));
    }

    @Test
    void anotherPolicyIsFollowedByTwoThousandThatWaitInAHandfulOfStatements() {
        int people = 2000;
        BadgeCourse course = BadgeCourse.in(app)
                .learners(people)
                .policy(policy -> policy.settlingFor(TEN_MINUTES).withBrakeShare(100));
        course.gradeAll(people, "85");
        jdbc.update(
                "UPDATE latest_observation SET recorded_at = recorded_at - INTERVAL person_id MICROSECOND WHERE tenant_id = ?",
                course.tenant().value());
        course.activate().awaitEvaluation();

        long statements = course.statements(() -> course.policy(policy -> policy.settlingFor(TWO_DAYS)));

        assertThat(course.count("SELECT COUNT(DISTINCT release_at) FROM award WHERE tenant_id = ?"
                        + " AND release_at > UTC_TIMESTAMP(6) + INTERVAL 1 DAY"))
                .as("each at a moment of its own")
                .isEqualTo(people);
        assertThat(statements).isLessThan(30);
    }

    @Test
    void eachChoiceIsKeptWithWhoMadeItAndTheSameAgainIsNone() {
        BadgeCourse course = BadgeCourse.in(app);
        AwardPolicy usual = policies.of(course.tenant(), course.badge());
        assertThat(usual.settling()).as("in the tests").isZero();
        assertThat(usual.brakeShare()).isEqualTo(60);

        course.policy(policy -> policy.withReview(true)).policy(policy -> policy.withReview(true));
        course.policy(policy -> policy.onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(3)));

        assertThat(policies.history(course.tenant(), course.badge()))
                .extracting(AwardPolicies.Version::version, AwardPolicies.Version::policy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                2, usual.withReview(true).onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(3))),
                        org.assertj.core.groups.Tuple.tuple(1, usual.withReview(true)));
        assertThat(policies.history(BadgeCourse.in(app).tenant(), course.badge()))
                .as("another institution")
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> usual.withBrakeShare(0));
        assertThatIllegalArgumentException().isThrownBy(() -> usual.settlingFor(Duration.ofDays(400)));
    }

    @Test
    void evaluatingEverythingOnceMoreAwardsNothingAndTellsNobody() {
        BadgeCourse course = BadgeCourse.in(app).learners(5).activate();
        passback.enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);
        course.gradeAll(5, "85");
        var before = course.awards();
        int told = course.count("SELECT COUNT(*) FROM score_outbox WHERE tenant_id = ?");
        assertThat(told).isEqualTo(5);
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE tenant_id = ?"))
                .isEqualTo(5);
        app.getBean(AwardMessages.class)
                .seen(course.tenant(), 10, course.awardsSeenBy(10).get(0).id());

        course.evaluateEverythingAgain();
        releases.run(course.tenant(), "due");

        assertThat(course.awards()).isEqualTo(before);
        assertThat(course.count("SELECT COUNT(*) FROM score_outbox WHERE tenant_id = ?"))
                .isEqualTo(told);
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE tenant_id = ?"))
                .isEqualTo(5);
        assertThat(app.getBean(AwardMessages.class).unread(course.tenant(), 10)).isEmpty();
        assertThat(app.getBean(AwardMessages.class).unread(course.tenant(), 11))
                .extracting(AwardMessage::kind)
                .containsExactly(AwardMessage.Kind.RELEASED);
        assertThat(course.count("SELECT COUNT(*) FROM credential WHERE tenant_id = ?"))
                .isEqualTo(5);
        assertThat(course.count("SELECT COUNT(*) FROM award_pass WHERE tenant_id = ?"))
                .isEqualTo(1);
    }

    private static List<Long> ids(List<Award> awards) {
        return awards.stream().map(Award::id).toList();
    }
}
