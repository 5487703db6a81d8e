package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.grant.HeldElsewhereException;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.context.RosterChanged;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.Trail;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@LaurelTest
class AwardingIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    RuleTexts texts;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Awards awards;

    @Autowired
    Grants grants;

    @Autowired
    AwardRepository ledger;

    @Autowired
    HumanDecisions humanDecisions;

    @Autowired
    List<Trail> trails;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JsonMapper json;

    TestCourse course;

    long essay;

    AchievementVersion badge;

    @BeforeEach
    void aCourseWithABadge() {
        course = TestCourse.in(jdbc);
        essay = course.column("Essay 1", "100");
        badge = newBadge("Essay writer");
    }

    @Test
    void aGradeBecomesAnAwardAndANearMissIsToldWhatIsMissing() {
        course.learners(10, 3);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));

        grade(essay, Map.of(10L, "85", 11L, "79"));

        Award award = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(course.tenant, ruleSet.id()), a -> !a.isEmpty())
                .get(0);
        assertThat(award.personId()).isEqualTo(10);
        assertThat(award.achievementVersion()).isEqualTo(1);
        assertThat(award.releasedAt()).isEqualTo(award.decidedAt());
        assertThat(award.claimedAt()).isNull();
        assertThat(award.subjectId()).isNotEqualTo(award.publicId());
        assertThat(awards.ofPerson(course.tenant, 10)).containsExactly(award);
        assertThat(awards.counts(course.tenant, List.of(ruleSet.id()))).isEqualTo(Map.of(ruleSet.id(), 1));
        assertThat(achievements
                        .version(course.tenant, badge.achievementId(), 1)
                        .orElseThrow()
                        .activatedAt())
                .as("an awarded version can never change")
                .isNotNull();

        Evaluation.Line nearMiss = line(ruleSet, 11);
        assertThat(nearMiss.verdict()).isEqualTo(Verdict.NOT_MET);
        assertThat(nearMiss.missing()).isEqualByComparingTo("1");
        assertThat(line(ruleSet, 12).reason()).isEqualTo("no-score");
    }

    @Test
    void theDecisionRecordKeepsTheFactsAndTheReferenceLeadsToThem() {
        course.learners(10, 1);
        activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "85.5"));
        Award award = awaitAwards(10, 1).get(0);
        grade(essay, Map.of(10L, "12"));

        JsonNode facts =
                json.readTree(awards.decisionRecord(course.tenant, award.id()).orElseThrow());
        assertThat(facts.at("/v").intValue()).isEqualTo(2);
        assertThat(facts.at("/salt").stringValue()).hasSize(32);
        assertThat(facts.at("/rule/rule/atLeast").decimalValue()).isEqualByComparingTo("80");
        assertThat(facts.at("/verdict").stringValue()).isEqualTo("MET");
        assertThat(facts.at("/lines/0/value").decimalValue()).isEqualByComparingTo("85.5");
        assertThat(facts.at("/lines/0/source").stringValue()).isEqualTo("ags");
        assertThat(facts.at("/lines/0/seq").longValue()).isEqualTo(1);
        assertThat(facts.at("/reference").stringValue())
                .isEqualTo(award.reference().value());
        assertThat(trails.stream()
                        .flatMap(trail -> trail.follow(course.tenant, award.reference()).stream())
                        .filter(footprint -> footprint.step() == Step.AWARD))
                .extracting(Footprint::outcome)
                .containsExactly("award decided, number " + award.id());
        assertThat(trails.stream()
                        .flatMap(trail -> trail.follow(TestCourse.in(jdbc).tenant, award.reference()).stream()))
                .as("another institution")
                .isEmpty();
    }

    @Test
    void whoMeetsTheRuleAlreadyGetsTheBadgeWhenItIsActivated() {
        course.learners(10, 2);
        grade(essay, Map.of(10L, "90", 11L, "10"));

        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));

        assertThat(awaitAwards(10, 1)).hasSize(1);
        assertThat(awards.ofRuleSet(course.tenant, ruleSet.id())).hasSize(1);
        assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                .extracting(PersonEvaluation::personId)
                .containsExactly(10L, 11L);
    }

    @Test
    void onlyPeopleWhoEarnGetABadgeAndJoiningIsEnough() {
        course.learners(10, 1);
        course.member(20, "TEACHING_ASSISTANT", false);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "90", 20L, "95", 30L, "99"));
        awaitAwards(10, 1);

        assertThat(awards.ofPerson(course.tenant, 20)).isEmpty();
        assertThat(awards.ofPerson(course.tenant, 30)).isEmpty();
        assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                .as("nothing is kept of people who cannot earn")
                .extracting(PersonEvaluation::personId)
                .containsExactly(10L);

        transaction.executeWithoutResult(status -> {
            course.member(30, "LEARNER", true);
            events.publishEvent(new RosterChanged(course.tenant, course.id, Set.of(30L)));
        });
        assertThat(awaitAwards(30, 1)).hasSize(1);
    }

    @Test
    void whoLeftAsALearnerKeepsWhatWasEarnedAndEarnsByAGradeThatComesLate() {
        course.learners(10, 3);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "90", 11L, "70"));
        awaitAwards(10, 1);

        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "UPDATE membership SET active = FALSE, earns = FALSE, left_learner = TRUE WHERE tenant_id = ?",
                    course.tenant.value());
            events.publishEvent(new RosterChanged(course.tenant, course.id, Set.of(10L, 11L, 12L)));
        });
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).isEmpty());
        assertThat(awards.ofPerson(course.tenant, 10)).hasSize(1);
        assertThat(awards.ofPerson(course.tenant, 11)).isEmpty();

        grade(essay, Map.of(11L, "85"));

        assertThat(awaitAwards(11, 1)).hasSize(1);
        assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id()))
                .as("who left is in no list of the course")
                .isEmpty();
    }

    @Test
    void whoLeftAsALearnerLosesWhatNobodyWasToldOfWhenTheLateGradeIsCorrected() {
        course.learners(10, 2);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        policies.put(
                course.tenant,
                ruleSet.id(),
                policies.of(course.tenant, ruleSet.id()).settlingFor(Duration.ofHours(1)),
                1);
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "UPDATE membership SET active = FALSE, earns = FALSE, left_learner = TRUE WHERE tenant_id = ?",
                    course.tenant.value());
            events.publishEvent(new RosterChanged(course.tenant, course.id, Set.of(10L, 11L)));
        });
        grade(essay, Map.of(10L, "85", 11L, "85"));
        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(course.tenant, ruleSet.id()).size() == 2);

        grade(essay, Map.of(10L, "30"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(awards.ofRuleSet(course.tenant, ruleSet.id()))
                        .extracting(Award::personId)
                        .containsExactly(11L));
    }

    @Test
    void gradesUpAndDownAndUpAgainAreOneAward() {
        course.learners(10, 1);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        for (String score : List.of("85", "10", "90", "90.5")) {
            grade(essay, Map.of(10L, score));
            await().atMost(PATIENCE)
                    .until(() -> verdicts.ofRuleSet(course.tenant, ruleSet.id()).stream()
                            .anyMatch(evaluation -> new BigDecimal(score).compareTo(value(evaluation)) == 0));
        }

        assertThat(awards.ofRuleSet(course.tenant, ruleSet.id())).hasSize(1);
    }

    @Test
    void twoCoursesThatGiveTheSameBadgeGiveItOnce() {
        TestCourse other = anotherCourseForTheSameBadge();
        long otherEssay = other.column("Essay 2", "10");
        RuleSet first = activeRuleSet(atLeast(essay, "80"));
        RuleSet second =
                ruleSets.create(other.tenant, other.id, badge.achievementId(), 1, atLeast(otherEssay, "80"), 1);
        ruleSets.activate(other.tenant, second.id(), 1);

        grade(essay, Map.of(10L, "85"));
        transaction.executeWithoutResult(
                status -> events.publishEvent(other.grade(otherEssay, Map.of(10L, "9"), "10")));

        awaitAwards(10, 1);
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(other.tenant, second.id()).stream()
                        .anyMatch(evaluation -> evaluation.evaluation().verdict() == Verdict.MET));
        assertThat(awards.ofPerson(course.tenant, 10)).hasSize(1);
        // Either may have come first.
        RuleSet notFirst = awards.ofPerson(course.tenant, 10).get(0).ruleSetId() == first.id() ? second : first;
        assertThatExceptionOfType(HeldElsewhereException.class)
                .as("the teacher is not told that it was given here")
                .isThrownBy(() -> grants.give(
                        course.tenant, notFirst, 10, new Grant("She sat the make-up exam.", null, null), 2));
    }

    @Test
    void whatAnotherCourseGivesAtTheSameMomentIsNotGivenByHandBeside() throws Exception {
        TestCourse other = anotherCourseForTheSameBadge();
        RuleSet here = activeRuleSet(atLeast(essay, "80"));
        RuleSet there = ruleSets.create(
                other.tenant, other.id, badge.achievementId(), 1, atLeast(other.column("Essay 2", "10"), "80"), 1);
        grants.give(course.tenant, here, 10, new Grant("She sat the make-up exam.", null, null), 2);
        HumanDecision first = humanDecisions.find(course.tenant, here.id(), 10).orElseThrow();

        CompletableFuture<Void> given = transaction.execute(status -> {
            Instant now = Instant.now();
            ledger.insertNew(
                    course.tenant,
                    List.of(Award.decided(
                            there, 10, there.badge(), 1, 1, null, null, Reference.next(), null, null, now, null, now)));
            CompletableFuture<Void> giving =
                    CompletableFuture.runAsync(() -> grants.confirm(course.tenant, here, first, 3));
            await().atMost(PATIENCE).until(() -> isWaitedFor() || giving.isDone());
            return giving;
        });

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> given.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(HeldElsewhereException.class);
        assertThat(humanDecisions
                        .find(course.tenant, here.id(), 10)
                        .orElseThrow()
                        .counts())
                .as("nothing is given beside")
                .isFalse();
    }

    private boolean isWaitedFor() {
        return jdbc.queryForObject(
                        "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'",
                        Integer.class)
                > 0;
    }

    @Test
    void whatOneOfTwoCoursesDidNotTellAndUnmadeTheOtherOneGives() {
        TestCourse other = anotherCourseForTheSameBadge();
        long otherEssay = other.column("Essay 2", "10");
        RuleSet first = activeRuleSet(atLeast(essay, "80"));
        policies.put(
                course.tenant,
                first.id(),
                policies.of(course.tenant, first.id()).releasedByInstructor(),
                TestCourse.TEACHER);
        RuleSet second =
                ruleSets.create(other.tenant, other.id, badge.achievementId(), 1, atLeast(otherEssay, "80"), 1);
        ruleSets.activate(other.tenant, second.id(), 1);
        grade(essay, Map.of(10L, "85"));
        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(course.tenant, first.id()).size() == 1);
        transaction.executeWithoutResult(
                status -> events.publishEvent(other.grade(otherEssay, Map.of(10L, "9"), "10")));
        await().atMost(PATIENCE)
                .until(() -> verdicts.ofRuleSet(other.tenant, second.id()).stream()
                        .anyMatch(evaluation -> evaluation.evaluation().verdict() == Verdict.MET));

        grade(essay, Map.of(10L, "40"));

        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(other.tenant, second.id()).size() == 1);
        assertThat(awards.ofRuleSet(course.tenant, first.id())).isEmpty();
    }

    @Test
    void aDeletedColumnLeavesItOpenAndWarns() {
        long quiz = course.column("Quiz", "10");
        course.learners(10, 1);
        RuleSet ruleSet = activeRuleSet(new Rule.AllOf(List.of(atLeast(essay, "80"), atLeast(quiz, "50"))));
        course.delete(quiz);
        grade(essay, Map.of(10L, "85"));

        PersonEvaluation evaluation = await().atMost(PATIENCE)
                .until(
                        () -> verdicts.ofRuleSet(course.tenant, ruleSet.id()),
                        found -> found.size() == 1
                                && found.get(0).evaluation().lines().get(0).verdict() == Verdict.MET)
                .get(0);
        assertThat(evaluation.evaluation().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(evaluation.evaluation().lines().get(1).reason()).isEqualTo("deleted-column");
        assertThat(ruleSets.warnings(course.tenant, course.id))
                .extracting("lineItemId", "label", "messageKey")
                .containsExactly(org.assertj.core.groups.Tuple.tuple(quiz, "Quiz", "rule.warning.deleted-column"));
        assertThat(awards.ofPerson(course.tenant, 10)).isEmpty();
    }

    @Test
    void aColumnThatGoesAndComesBackIsEvaluatedAnewWithoutAnyNewResult() {
        course.learners(10, 1);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "79"));
        await().atMost(PATIENCE).until(() -> stored(ruleSet).equals("79"));

        course.delete(essay);
        columnsChanged();
        await().atMost(PATIENCE).until(() -> stored(ruleSet).equals("deleted-column"));

        jdbc.update("UPDATE line_item SET deleted_at = NULL WHERE id = ?", essay);
        columnsChanged();
        await().atMost(PATIENCE).until(() -> stored(ruleSet).equals("79"));
    }

    private void columnsChanged() {
        transaction.executeWithoutResult(
                status -> events.publishEvent(new ColumnsChanged(course.tenant, course.id, Set.of(essay))));
    }

    private String stored(RuleSet ruleSet) {
        return verdicts.ofRuleSet(course.tenant, ruleSet.id()).stream()
                .map(evaluation -> evaluation.evaluation().lines().get(0))
                .map(line -> line.value() == null ? line.reason() : line.value().toPlainString())
                .findFirst()
                .orElse("");
    }

    @Test
    void aPausedBadgeIsNotAwardedAndComesBackWithEverything() {
        course.learners(10, 2);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        ruleSets.pause(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        grade(essay, Map.of(10L, "85"));
        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(awards.ofPerson(course.tenant, 10)).isEmpty();

        ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER);

        assertThat(awaitAwards(10, 1)).hasSize(1);
    }

    @Test
    void whoeverPausesABadgeWaitsForAnEvaluationThatHasBegun() throws Exception {
        course.learners(10, 1);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "70"));
        await().atMost(PATIENCE).until(() -> stored(ruleSet).equals("70"));

        CompletableFuture<Void> pausing = transaction.execute(status -> {
            // The evaluation stops where it stores what came of it.
            jdbc.queryForList("SELECT version FROM evaluation WHERE tenant_id = ? FOR UPDATE", course.tenant.value());
            CompletableFuture.runAsync(() -> grade(essay, Map.of(10L, "75"))).join();
            await().atMost(PATIENCE).until(() -> lockWaits() == 1);
            CompletableFuture<Void> pause =
                    CompletableFuture.runAsync(() -> ruleSets.pause(course.tenant, ruleSet.id(), TestCourse.TEACHER));
            await().atMost(PATIENCE).until(() -> pause.isDone() || lockWaits() == 2);
            assertThat(pause).isNotDone();
            return pause;
        });
        pausing.get();
        grade(essay, Map.of(10L, "85"));
        await().atMost(PATIENCE).until(() -> waiting() == 0);

        assertThat(awards.ofPerson(course.tenant, 10)).isEmpty();
    }

    private int lockWaits() {
        Integer waits = jdbc.queryForObject(
                "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'", Integer.class);
        return waits == null ? 0 : waits;
    }

    @Test
    void withoutTheGrantTheCourseAwardsNothingInTheInstitutionsName() {
        Issuer institution = issuers.createForInstitution(course.tenant, "Faculty", TestCourse.TEACHER);
        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);
        badge = achievements.create(course.tenant, institution.id(), draft("Faculty badge"), TestCourse.TEACHER);
        course.learners(10, 1);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));

        issuers.withdrawGrant(course.tenant, course.id, TestCourse.TEACHER);
        grade(essay, Map.of(10L, "85"));
        await().atMost(PATIENCE).until(() -> waiting() == 0);

        assertThat(awards.ofPerson(course.tenant, 10)).isEmpty();
        assertThat(ruleSets.find(course.tenant, ruleSet.id()).orElseThrow().status())
                .isEqualTo(RuleSet.Status.PAUSED);
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER))
                .withMessage("rule.bad.issuer");

        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);

        awaitAwards(10, 1);
    }

    @Test
    void aClaimHappensOnceAndOnlyByItsHolder() {
        course.learners(10, 2);
        activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "85"));
        Award award = awaitAwards(10, 1).get(0);
        TestCourse foreign = TestCourse.in(jdbc);

        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> awards.claim(course.tenant, award.id(), 11, Award.NameShown.NAME));
        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> awards.claim(foreign.tenant, award.id(), 10, Award.NameShown.NAME));
        assertThat(awards.find(foreign.tenant, award.id())).isEmpty();
        assertThat(awards.decisionRecord(foreign.tenant, award.id())).isEmpty();

        Award claimed = awards.claim(course.tenant, award.id(), 10, Award.NameShown.NAME);
        Award again = awards.claim(course.tenant, award.id(), 10, Award.NameShown.NAME);

        assertThat(claimed.claimedAt()).isNotNull();
        assertThat(claimed.nameShown()).isEqualTo(Award.NameShown.NAME);
        assertThat(again).isEqualTo(claimed);
        assertThat(awards.claim(course.tenant, award.id(), 10, Award.NameShown.NONE)
                        .claimedAt())
                .isEqualTo(claimed.claimedAt());
        assertThat(jdbc.queryForList(
                        "SELECT moment FROM award_history WHERE tenant_id = ? ORDER BY id",
                        String.class,
                        course.tenant.value()))
                .containsExactly("CLAIMED", "NAME_HIDDEN");
    }

    @Test
    void whoDeclinesABadgeMayStillChangeHerMindAndNobodyElseDeclinesForHer() {
        course.learners(10, 2);
        activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "85"));
        Award award = awaitAwards(10, 1).get(0);

        assertThatExceptionOfType(AwardNotFoundException.class)
                .isThrownBy(() -> awards.decline(course.tenant, award.id(), 11));
        awards.decline(course.tenant, award.id(), 10);
        awards.decline(course.tenant, award.id(), 10);

        Award declined = awards.ofPerson(course.tenant, 10).get(0);
        assertThat(declined.declinedAt()).isNotNull();
        assertThat(declined.claimedAt()).isNull();

        Award kept = awards.claim(course.tenant, award.id(), 10, Award.NameShown.INITIALS);
        assertThat(kept.declinedAt()).isNull();
        assertThat(kept.nameShown()).isEqualTo(Award.NameShown.INITIALS);
        assertThatExceptionOfType(AwardNotFoundException.class)
                .as("what she keeps she does not decline")
                .isThrownBy(() -> awards.decline(course.tenant, award.id(), 10));
        assertThat(awards.history(course.tenant, award.id()))
                .extracting(AwardMoment::what)
                .containsExactly(AwardMoment.What.DECLINED, AwardMoment.What.CLAIMED);
    }

    @Test
    void aNewVersionOfTheRuleStartsOverAndKeepsTheAwards() {
        course.learners(10, 2);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        grade(essay, Map.of(10L, "85", 11L, "75"));
        awaitAwards(10, 1);

        RuleSet edited = ruleSets.edit(course.tenant, ruleSet.id(), 1, atLeast(essay, "70"), TestCourse.TEACHER);

        assertThat(edited.version()).isEqualTo(2);
        Award second = awaitAwards(11, 1).get(0);
        assertThat(second.ruleSetVersion()).isEqualTo(2);
        assertThat(awards.ofPerson(course.tenant, 10)).hasSize(1);
        assertThat(awards.ofPerson(course.tenant, 10).get(0).ruleSetVersion()).isEqualTo(1);
    }

    @Test
    void aPreviewSaysWhatWouldBeAndStoresNothing() {
        course.learners(10, 3);
        grade(essay, Map.of(10L, "85", 11L, "79"));

        List<PersonEvaluation> preview = verdicts.preview(course.tenant, course.id, atLeast(essay, "80"));

        assertThat(preview)
                .extracting(evaluation -> evaluation.evaluation().verdict())
                .containsExactly(Verdict.MET, Verdict.NOT_MET, Verdict.UNDECIDED);
        assertThat(ruleSets.ofContext(course.tenant, course.id)).isEmpty();
        assertThat(texts.sentence(course.tenant, course.id, atLeast(essay, "80")))
                .isEqualTo("Score at least 80 % in Essay 1");
        assertThat(verdicts.preview(TestCourse.in(jdbc).tenant, course.id, atLeast(essay, "80")))
                .isEmpty();
    }

    @Test
    void aRuleOnAnotherCoursesColumnIsRefused() {
        TestCourse other = TestCourse.another(jdbc, course.tenant);
        long foreign = other.column("Elsewhere", "100");

        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() ->
                        ruleSets.create(course.tenant, course.id, badge.achievementId(), 1, atLeast(foreign, "80"), 1))
                .withMessage("rule.bad.foreign-column")
                .extracting(BadRuleException::place)
                .isEqualTo("/rule/lineItem");
    }

    @Test
    void aWholeCohortAtOnceIsDecidedInOneGo() {
        int people = 700;
        course.learners(1000, people);
        RuleSet ruleSet = activeRuleSet(atLeast(essay, "80"));
        Map<Long, String> scores = new HashMap<>();
        for (long person = 1000; person < 1000 + people; person++) {
            scores.put(person, person % 2 == 0 ? "80" : "79.999999");
        }

        grade(essay, scores);

        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(course.tenant, ruleSet.id()).size() == people / 2);
        assertThat(verdicts.ofRuleSet(course.tenant, ruleSet.id())).hasSize(people);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM decision_record WHERE tenant_id = ?",
                        Integer.class,
                        course.tenant.value()))
                .isEqualTo(people / 2);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ?",
                        Integer.class,
                        course.tenant.value()))
                .isEqualTo(people / 2);
    }

    private TestCourse anotherCourseForTheSameBadge() {
        TestCourse other = TestCourse.another(jdbc, course.tenant);
        Issuer institution = issuers.createForInstitution(course.tenant, "Faculty", TestCourse.TEACHER);
        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);
        issuers.grant(course.tenant, institution.id(), other.id, TestCourse.TEACHER);
        badge = achievements.create(course.tenant, institution.id(), draft("Shared"), TestCourse.TEACHER);
        course.learners(10, 1);
        other.learners(10, 1);
        return other;
    }

    private RuleSet activeRuleSet(Rule rule) {
        RuleSet ruleSet = ruleSets.create(course.tenant, course.id, badge.achievementId(), 1, rule, TestCourse.TEACHER);
        ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        return ruleSet;
    }

    private void grade(long column, Map<Long, String> scores) {
        transaction.executeWithoutResult(status -> events.publishEvent(course.grade(column, scores, "100")));
    }

    private List<Award> awaitAwards(long person, int count) {
        return await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(course.tenant, person), found -> found.size() == count);
    }

    private Evaluation.Line line(RuleSet ruleSet, long person) {
        return verdicts.ofLearner(course.tenant, course.id, person).stream()
                .filter(evaluation -> evaluation.ruleSetId() == ruleSet.id())
                .findFirst()
                .orElseThrow()
                .evaluation()
                .lines()
                .get(0);
    }

    private static BigDecimal value(PersonEvaluation evaluation) {
        BigDecimal value = evaluation.evaluation().lines().get(0).value();
        return value == null ? BigDecimal.ZERO : value;
    }

    private int waiting() {
        Integer waiting = jdbc.queryForObject(
                "SELECT COUNT(*) FROM criteria_due WHERE tenant_id = ?", Integer.class, course.tenant.value());
        return waiting == null ? 0 : waiting;
    }

    private AchievementVersion newBadge(String name) {
        Issuer issuer = issuers.of(course.tenant, course.id, "Biology 101");
        return achievements.create(course.tenant, issuer.id(), draft(name), TestCourse.TEACHER);
    }

    private static AchievementDraft draft(String name) {
        return new AchievementDraft(name, "Writes essays", "80 % in the essay", "#1f5f8b", null);
    }

    private static Rule atLeast(long column, String percent) {
        return Score.atLeast(column, new BigDecimal(percent), Rule.Unit.PERCENT);
    }
}
