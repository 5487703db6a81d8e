package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.publication.AwardMessage.Kind;
import dev.laurel.publication.AwardMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A badge that is valid for 360 days and can be renewed in the last 60 of them. */
@LaurelTest
class RenewalIntegrationTests {

    private static final Validity A_YEAR = Validity.days(360, 60);

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Autowired
    Renewals renewals;

    @Test
    void anAwardSaysHowLongItIsValidAndFromWhenItCanBeRenewed() {
        BadgeCourse course = earned(A_YEAR);

        Award award = course.awards().get(0);
        assertThat(award.validUntil()).isEqualTo(award.decidedAt().plus(Duration.ofDays(360)));
        assertThat(award.renewFrom()).isEqualTo(award.decidedAt().plus(Duration.ofDays(300)));
        assertThat(course.count("SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ? AND until IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void aResultFromTheWindowRenewsItByANewAward() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(310));

        course.grade(10, "88");

        assertThat(course.awards()).hasSize(2);
        Award before = course.awards().get(0);
        Award after = course.awards().get(1);
        assertThat(before.supersededBy()).isEqualTo(after.id());
        assertThat(before.validUntil()).as("never extended in place").isBefore(after.validUntil());
        assertThat(after.validUntil()).isEqualTo(after.decidedAt().plus(Duration.ofDays(360)));
        assertThat(after.isValid()).isTrue();
        assertThat(awards.decisionRecord(course.tenant(), after.id()).orElseThrow())
                .contains("\"value\":88");
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("the same result renews nothing twice").hasSize(2);
    }

    @Test
    void whatHappenedBeforeTheWindowRenewsNothing() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(200));
        course.grade(10, "95");
        assertThat(course.awards()).as("too early").hasSize(1);
        course.isPast(Duration.ofDays(110));

        course.evaluateEverythingAgain();

        assertThat(course.awards()).as("older than the window").hasSize(1);
    }

    @Test
    void aResultBelowTheRuleRenewsNothing() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(310));

        course.grade(10, "70");

        assertThat(course.awards()).hasSize(1);
    }

    @Test
    void whatHasEndedIsEarnedAnewByANewResult() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(500));

        course.grade(10, "81");

        assertThat(course.awards()).hasSize(2);
        assertThat(course.awards().get(1).isValid()).isTrue();
    }

    @Test
    void whatHasEndedIsGivenAnewByHand() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(500));

        app.getBean(Grants.class)
                .give(course.tenant(), course.ruleSet(), 10, new Grant("Renewed by an oral exam.", null, null), 2);

        assertThat(course.awards()).extracting(Award::isValid).containsExactly(false, true);
        assertThat(course.awards().get(1).validUntil()).isAfter(Instant.now());
    }

    @Test
    void theHolderIsToldOnceBeforeItEndsOnHoweverManyNodes() {
        BadgeCourse course = earned(A_YEAR);
        renewals.run(course.tenant(), "due");
        assertThat(told(course)).as("not yet").containsExactly(Kind.RELEASED);
        course.isPast(Duration.ofDays(301));

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> renewals.run(course.tenant(), "due")),
                        CompletableFuture.runAsync(() -> renewals.run(course.tenant(), "due")))
                .join();
        renewals.run(course.tenant(), "due");

        assertThat(told(course)).containsExactlyInAnyOrder(Kind.RELEASED, Kind.ENDS);
        List<Long> all = course.awards().stream().map(Award::id).toList();
        app.getBean(AwardMessages.class)
                .read(course.tenant(), 10, all, Instant.now().plusSeconds(60));
        renewals.run(course.tenant(), "due");
        assertThat(told(course)).as("not again").containsExactly(Kind.RELEASED);
    }

    @Test
    void whatComesDueWhileTheBadgeIsSuspendedIsToldOnceItCountsAgain() {
        BadgeCourse course =
                earned(A_YEAR).policy(policy -> policy.onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(1)));
        course.grade(10, "40");
        course.comes(10);
        course.after(Duration.ofDays(1));
        assertThat(course.awards().get(0).suspendedAt()).isNotNull();
        course.isPast(Duration.ofDays(310));
        renewals.run(course.tenant(), "due");
        assertThat(told(course)).doesNotContain(Kind.ENDS);

        Falls falls = app.getBean(Falls.class);
        long fall = falls.open(course.tenant(), course.badge()).get(0).id();
        app.getBean(FallDecisions.class).keep(course.tenant(), course.badge(), fall, "She sat it again.", 2, false);
        renewals.run(course.tenant(), "due");

        assertThat(told(course)).contains(Kind.ENDS);
    }

    @Test
    void whatIsOverAlreadyIsNotSaidToEndSoon() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(400));

        renewals.run(course.tenant(), "due");

        assertThat(told(course)).containsExactly(Kind.RELEASED);
        assertThat(course.count("SELECT COUNT(*) FROM award WHERE tenant_id = ? AND remind_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void aRenewedBadgeIsNotSaidToEnd() {
        BadgeCourse course = earned(A_YEAR);
        course.isPast(Duration.ofDays(310));
        renewals.run(course.tenant(), "due");

        course.grade(10, "90");

        assertThat(told(course)).containsExactlyInAnyOrder(Kind.RELEASED, Kind.SUPERSEDED);
    }

    @Test
    void toldOfItsEndCostsWhatIsDue() {
        BadgeCourse course = BadgeCourse.worth(app, new Worth(null, A_YEAR))
                .learners(60)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        course.gradeAll(60, "90");

        long idle = course.statements(() -> renewals.run(course.tenant(), "due"));
        course.isPast(Duration.ofDays(301));
        long busy = course.statements(() -> renewals.run(course.tenant(), "due"));

        assertThat(idle).isLessThanOrEqualTo(2);
        assertThat(busy).as("60 people").isLessThan(15);
        assertThat(course.count("SELECT COUNT(*) FROM award_message WHERE tenant_id = ? AND kind = 'ENDS'"))
                .isEqualTo(60);
    }

    @Test
    void aBadgeUntilADayEndsForEverybodyOnThatDayAndIsNotGivenAfterIt() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        BadgeCourse course = earned(Validity.until(today.plusDays(3), 1));
        BadgeCourse late = BadgeCourse.worth(app, new Worth(null, Validity.until(today.plusDays(1), 1)))
                .learners(1)
                .activate();
        jdbc.update(
                "UPDATE achievement_version SET valid_until = ? WHERE tenant_id = ?",
                today.minusDays(1),
                late.tenant().value());

        late.grade(10, "90");

        assertThat(course.awards().get(0).validUntil())
                .isEqualTo(today.plusDays(4).atStartOfDay(ZoneOffset.UTC).toInstant());
        assertThat(late.awards()).isEmpty();
    }

    @Test
    void aBadgeUntilADayIsRenewedOnlyOnceItsNewVersionIsUntilALaterOne() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        BadgeCourse course = earned(Validity.until(today.plusDays(20), 60));

        course.grade(10, "90");
        assertThat(course.awards()).as("it would end on the same day").hasSize(1);
        course.newVersion(
                "Essay writer", new Worth(null, Validity.until(today.plusDays(300), 60)), BadgeCourse.percent("80"));

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awards()).hasSize(2));
        assertThat(course.awards().get(1).validUntil())
                .isEqualTo(today.plusDays(301).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    @Test
    void aBadgeWithoutAnEndNeverEnds() {
        BadgeCourse course = BadgeCourse.in(app).learners(1).activate();
        course.grade(10, "90");
        course.isPast(Duration.ofDays(4000));

        course.grade(10, "95");
        renewals.run(course.tenant(), "due");

        assertThat(course.awards()).hasSize(1).first().satisfies(award -> {
            assertThat(award.validUntil()).isNull();
            assertThat(award.level()).isNull();
        });
        assertThat(told(course)).containsExactly(Kind.RELEASED);
    }

    private BadgeCourse earned(Validity validity) {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, validity)).learners(1).activate();
        course.grade(10, "85");
        assertThat(course.awards()).hasSize(1);
        return course;
    }

    private List<Kind> told(BadgeCourse course) {
        return app.getBean(AwardMessages.class).unread(course.tenant(), 10).stream()
                .map(message -> message.kind())
                .toList();
    }
}
