package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.release.Releases;
import dev.laurel.award.release.Unreleased;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.publication.AwardMessage.Kind;
import dev.laurel.publication.AwardMessages;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A badge with two tiers: proficient at 80 %, mastered at 95 %. */
@LaurelTest
class LevelsIntegrationTests {

    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Autowired
    Falls falls;

    @Autowired
    Grants grants;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void theTierThatIsReachedStandsInTheAwardAndInItsRecord() {
        BadgeCourse course = course().activate();

        course.grade(10, "79.99");
        assertThat(course.awards()).isEmpty();
        course.grade(10, "85");

        Award award = course.awards().get(0);
        assertThat(award.level()).isEqualTo(new Award.Level(1, List.of("Proficient", "Mastered")));
        assertThat(awards.decisionRecord(course.tenant(), award.id()).orElseThrow())
                .contains("\"level\":\"Proficient\"");
    }

    @Test
    void aHigherTierTakesThePlaceOfTheLowerOneWhichIsKeptAsItWas() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        Award proficient = course.awards().get(0);
        String record = awards.decisionRecord(course.tenant(), proficient.id()).orElseThrow();

        course.grade(10, "96");

        List<Award> chain = awards.chain(course.tenant(), proficient);
        assertThat(chain).hasSize(2);
        Award mastered = chain.get(1);
        assertThat(mastered.level()).isEqualTo(new Award.Level(2, List.of("Proficient", "Mastered")));
        assertThat(mastered.occurrence()).isEqualTo(2);
        assertThat(mastered.publicId()).isNotEqualTo(proficient.publicId());
        assertThat(mastered.subjectId()).isNotEqualTo(proficient.subjectId());
        assertThat(mastered.isValid()).isTrue();
        assertThat(chain.get(0)).satisfies(old -> {
            assertThat(old.id()).isEqualTo(proficient.id());
            assertThat(old.supersededBy()).isEqualTo(mastered.id());
            assertThat(old.revokedAt()).isAfterOrEqualTo(mastered.releasedAt());
            assertThat(old.level()).isEqualTo(proficient.level());
        });
        assertThat(awards.decisionRecord(course.tenant(), proficient.id())).contains(record);
        assertThat(awards.history(course.tenant(), proficient.id()))
                .extracting(AwardMoment::what)
                .containsExactly(AwardMoment.What.SUPERSEDED);
        assertThat(told(course)).containsExactlyInAnyOrder(Kind.SUPERSEDED, Kind.RELEASED);
        assertThat(held(course)).containsExactly("HELD");
        assertThat(awards.counts(course.tenant(), List.of(course.badge()))).containsEntry(course.badge(), 1);

        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("nothing is given twice").hasSize(2);
    }

    @Test
    void untilTheHigherOneIsReleasedTheLowerOneStands() {
        BadgeCourse course =
                course().policy(policy -> policy.releasedByInstructor()).activate();
        course.grade(10, "85");
        release(course);

        course.grade(10, "96");

        assertThat(course.awards()).hasSize(2);
        assertThat(course.awardsSeenBy(10)).hasSize(1).first().satisfies(lower -> {
            assertThat(lower.isValid()).isTrue();
            assertThat(lower.supersededBy()).isNull();
        });
        release(course);
        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(2, true), tuple(1, false));
    }

    @Test
    void aHigherTierThatNobodyWasToldOfIsUnmadeByACorrection() {
        BadgeCourse course =
                course().policy(policy -> policy.releasedByInstructor()).activate();
        course.grade(10, "85");
        release(course);
        course.grade(10, "96");

        course.grade(10, "86");

        assertThat(course.awards()).hasSize(1).first().satisfies(lower -> {
            assertThat(lower.rank()).isEqualTo(1);
            assertThat(lower.isValid()).isTrue();
        });
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
    }

    @Test
    void whatNobodyWasToldOfYetIsNotInTheChain() {
        BadgeCourse course =
                course().policy(policy -> policy.releasedByInstructor()).activate();
        course.grade(10, "85");
        course.grade(10, "96");

        release(course);

        assertThat(course.awards()).hasSize(1).first().satisfies(award -> {
            assertThat(award.rank()).isEqualTo(2);
            assertThat(award.isValid()).isTrue();
        });
        assertThat(told(course)).containsExactly(Kind.RELEASED);
    }

    @Test
    void fallingFromTheHigherTierFollowsThePolicyAndItComesBackWithTheGrade() {
        BadgeCourse course =
                course().policy(policy -> policy.onFall(OnFall.SUSPEND, WEEK)).activate();
        course.grade(10, "96");

        course.grade(10, "85");

        assertThat(falls.open(course.tenant(), course.badge()))
                .extracting(Fall::personId)
                .containsExactly(10L);
        assertThat(told(course)).contains(Kind.FELL);
        course.evaluateEverythingAgain();
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("meeting the lower tier is not enough")
                .hasSize(1);
        course.comes(10);
        course.after(WEEK);
        assertThat(course.awards().get(0).suspendedAt()).isNotNull();

        course.grade(10, "97");

        assertThat(course.awards())
                .hasSize(1)
                .first()
                .satisfies(award -> assertThat(award.isValid()).isTrue());
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
    }

    @Test
    void whoLosesTheHigherTierForGoodEarnsTheLowerOneAnew() {
        BadgeCourse course = course().policy(policy -> policy.onFall(OnFall.REVOKE, Duration.ZERO))
                .activate();
        course.grade(10, "96");
        course.grade(10, "85");
        course.comes(10);
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);

        app.getBean(FallDecisions.class)
                .revoke(course.tenant(), course.badge(), fall.id(), "The marks were mixed up.", 2, false);

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awardsSeenBy(10)).hasSize(2));
        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid, Award::supersededBy)
                .containsExactly(tuple(1, true, null), tuple(2, false, null));
    }

    @Test
    void fallingBelowEveryTierIsOneFall() {
        BadgeCourse course = course().activate();
        course.grade(10, "96");

        course.grade(10, "40");

        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
    }

    @Test
    void aStricterRuleMakesNobodyFall() {
        BadgeCourse course = course().activate();
        course.grade(10, "96");
        Rule stricter = new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", BadgeCourse.percent("80").apply(course.column())),
                new Rule.Levels.Level("Mastered", BadgeCourse.percent("99").apply(course.column()))));

        ruleSets.edit(course.tenant(), course.badge(), 1, stricter, BadgeCourse.TEACHER);
        ruleSets.activate(course.tenant(), course.badge(), BadgeCourse.TEACHER);
        course.evaluateEverythingAgain();

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(course.awards())
                .hasSize(1)
                .first()
                .satisfies(award -> assertThat(award.rank()).isEqualTo(2));
    }

    @Test
    void whoHasATierByAnEarlierVersionFallsFromItOnceSheReachesItUnderNeither() {
        BadgeCourse course = course().activate();
        course.grade(10, "96");
        Rule stricter = new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", BadgeCourse.percent("80").apply(course.column())),
                new Rule.Levels.Level("Mastered", BadgeCourse.percent("98").apply(course.column()))));
        ruleSets.edit(course.tenant(), course.badge(), 1, stricter, BadgeCourse.TEACHER);
        ruleSets.activate(course.tenant(), course.badge(), BadgeCourse.TEACHER);
        course.grade(10, "99");
        course.grade(10, "97");
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("hers is reached")
                .isEmpty();

        course.grade(10, "85");

        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
    }

    @Test
    void theFallOfATierThatAHigherOneReplacedFollowsNobody() {
        BadgeCourse course =
                course().policy(policy -> policy.onFall(OnFall.SUSPEND, WEEK)).activate();
        course.grade(10, "85");
        course.grade(10, "40");
        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        course.comes(10);

        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("She taught it.", null, null, 2), 2);
        course.after(WEEK);

        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        assertThat(held(course)).containsExactly("HELD");
        assertThat(told(course)).doesNotContain(Kind.SUSPENDED);
        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(2, true), tuple(1, false));
    }

    @Test
    void takingTheBadgeBackAlsoStopsTheHigherTierThatIsOnItsWay() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        course.policy(AwardPolicy::releasedByInstructor);
        course.grade(10, "96");
        Award proficient = course.awardsSeenBy(10).get(0);
        assertThat(course.awards()).hasSize(2);

        grants.takeBack(course.tenant(), course.badge(), proficient.id(), "Copied.", 2, false);

        assertThat(release(course)).isZero();
        assertThat(course.awards()).extracting(Award::isValid).containsExactly(false);
        assertThat(held(course)).containsExactly("REVOKED");
    }

    @Test
    void anExceptionForAHigherTierThatIsOnItsWaySurvivesALowerGrade() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        course.policy(AwardPolicy::releasedByInstructor);
        course.grade(10, "96");

        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("She taught it.", null, null, 2), 2);
        course.grade(10, "85");
        release(course);

        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(2, true), tuple(1, false));
    }

    @Test
    void anExceptionForTheTierThatSheHasVouchesForNoHigherOneThatIsOnItsWay() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        course.policy(AwardPolicy::releasedByInstructor);
        course.grade(10, "96");

        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("She sat the make-up exam.", null, null, 1), 2);
        course.grade(10, "85");

        assertThat(course.awards()).extracting(Award::rank).containsExactly(1);
    }

    @Test
    void theLowerTierByHandLeavesTheHigherOneInTheQueue() {
        BadgeCourse course = course().policy(policy -> policy.withReview(true)).activate();
        course.grade(10, "96");

        grants.give(course.tenant(), course.ruleSet(), 10, new Grant("She sat the make-up exam.", null, null, 1), 2);

        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, true));
        assertThat(app.getBean(Reviews.class).waiting(course.tenant(), course.badge()))
                .extracting(Award::rank, Award::acceptedBy)
                .containsExactly(tuple(2, null));
        course.evaluateEverythingAgain();
        assertThat(course.awards()).hasSize(2);

        course.acceptAll();

        assertThat(course.awardsSeenBy(10))
                .extracting(Award::rank, Award::isValid)
                .containsExactlyInAnyOrder(tuple(2, true), tuple(1, false));
    }

    @Test
    void aTierThatHasEndedIsRenewedByALowerOneThatWasReachedBeforeItWasOver() {
        BadgeCourse course = BadgeCourse.withLevels(app, new Worth(null, Validity.days(360, 60)))
                .learners(1)
                .activate();
        course.grade(10, "96");
        course.isPast(Duration.ofDays(310));
        course.grade(10, "85");
        assertThat(course.awards()).as("the higher one stands until its end").hasSize(1);

        course.isPast(Duration.ofDays(60));
        course.heldEnds();

        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awards())
                        .extracting(Award::rank, Award::isValid)
                        .containsExactly(tuple(2, false), tuple(1, true)));
    }

    @Test
    void anAwardFromBeforeThereWereTiersIsOneOfTheLowest() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        jdbc.update(
                "UPDATE award SET level_rank = NULL, level_names = NULL WHERE tenant_id = ?",
                course.tenant().value());

        course.evaluateEverythingAgain();
        assertThat(course.awards())
                .hasSize(1)
                .first()
                .satisfies(award -> assertThat(award.level()).isNull());
        course.grade(10, "95");

        assertThat(course.awards())
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(1, false), tuple(2, true));
    }

    private BadgeCourse course() {
        return BadgeCourse.withLevels(app, new Worth(new BigDecimal("2.5"), null))
                .learners(1);
    }

    private List<Kind> told(BadgeCourse course) {
        return app.getBean(AwardMessages.class).unread(course.tenant(), 10).stream()
                .map(message -> message.kind())
                .toList();
    }

    private List<String> held(BadgeCourse course) {
        return jdbc.queryForList(
                "SELECT standing FROM held_achievement WHERE tenant_id = ?",
                String.class,
                course.tenant().value());
    }

    /** Everything that waits for the instructor. */
    private int release(BadgeCourse course) {
        Releases releases = app.getBean(Releases.class);
        return releases.release(
                course.tenant(),
                course.badge(),
                app.getBean(Unreleased.class).waiting(course.tenant(), course.badge()).stream()
                        .map(Award::id)
                        .toList());
    }
}
