package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.fall.LostBadges;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What follows for an award where something changes that is no result of hers: her section, another badge. */
@LaurelTest
class WhatIsNotEarnedFallsIntegrationTests {

    private static final long ADA = 10;

    private static final long BAO = 11;

    @Autowired
    ApplicationContext app;

    @Autowired
    Falls falls;

    @Autowired
    LostBadges lostBadges;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    JdbcTemplate jdbc;

    private BadgeCourse course;

    @BeforeEach
    void aCourse() {
        course = BadgeCourse.in(app).learners(2);
        isIn(BAO, "7");
    }

    @Test
    void whoMovesToAnotherSectionKeepsWhatSheEarnedAndFallsOnlyByHerResults() {
        isIn(ADA, "7");
        course.rule(asks(new InGroup(List.of("7")))).activate();
        course.grade(ADA, "85");
        assertThat(course.awards()).hasSize(1);

        isIn(ADA, "8");
        course.evaluateEverythingAgain();
        assertThat(app.getBean(Verdicts.class).stored(course.tenant(), ADA, List.of(current())))
                .extracting(each -> each.evaluation().verdict())
                .containsExactly(Verdict.NOT_MET);
        assertThat(falls.open(course.tenant(), course.badge())).isEmpty();
        course.grade(ADA, "40");
        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        course.grade(ADA, "90");

        assertThat(falls.open(course.tenant(), course.badge()))
                .as("the result is back")
                .isEmpty();
    }

    @Test
    void whereEachSectionHasAThresholdOfItsOwnThatOfTheSectionSheWasInHolds() {
        Rule each = new Rule.AnyOf(List.of(
                new Rule.AllOf(List.of(
                        new InGroup(List.of("7")), BadgeCourse.percent("50").apply(course.column()))),
                new Rule.AllOf(List.of(
                        new InGroup(List.of("8")), BadgeCourse.percent("80").apply(course.column())))));
        isIn(ADA, "8");
        course.rule(each).activate();
        course.grade(ADA, "85");
        course.grade(BAO, "60");
        assertThat(course.awards()).hasSize(2);

        isIn(BAO, "8");
        course.evaluateEverythingAgain();
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("60 is enough in the section that he was in")
                .isEmpty();
        course.grade(ADA, "60");
        assertThat(falls.open(course.tenant(), course.badge()))
                .as("she never was in the section where it is enough")
                .hasSize(1);
    }

    @Test
    void whoIsInAnotherSectionStillEarnsNothing() {
        isIn(ADA, "8");
        course.rule(asks(new InGroup(List.of("7")))).activate();

        course.grade(ADA, "85");

        assertThat(course.awards()).isEmpty();
    }

    @Test
    void aBadgeThatIsLostIsNamedWhereTheResultsAreEnough() {
        AchievementVersion safety = badge("Safety course");
        holds(safety, HeldAchievement.Standing.HELD);
        course.rule(asks(new HeldBadge(safety.achievementId()))).activate();
        course.grade(ADA, "85");
        Award award = course.awards().get(0);
        assertThat(lostBadges.of(course.tenant(), award)).isEmpty();

        holds(safety, HeldAchievement.Standing.REVOKED);
        course.evaluateEverythingAgain();
        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        assertThat(lostBadges.of(course.tenant(), award)).containsExactly("Safety course");
        course.grade(ADA, "40");

        assertThat(lostBadges.of(course.tenant(), award))
                .as("her result fell, too")
                .isEmpty();
    }

    private Rule asks(Rule besides) {
        return new Rule.AllOf(List.of(besides, BadgeCourse.percent("80").apply(course.column())));
    }

    private RuleSet current() {
        return ruleSets.find(course.tenant(), course.badge()).orElseThrow();
    }

    private void isIn(long person, String group) {
        jdbc.update(
                "UPDATE membership SET group_ids = ? WHERE tenant_id = ? AND person_id = ?",
                group,
                course.tenant().value(),
                person);
    }

    private AchievementVersion badge(String name) {
        return app.getBean(Achievements.class)
                .create(
                        course.tenant(),
                        app.getBean(Issuers.class)
                                .of(course.tenant(), course.course().id, "Biology 101")
                                .id(),
                        new AchievementDraft(name, "Is safe.", "All of it", "#1f5f8b", null),
                        BadgeCourse.TEACHER);
    }

    private void holds(AchievementVersion badge, HeldAchievement.Standing standing) {
        ruleSets.recordHeld(
                course.tenant(),
                List.of(new HeldAchievement(
                        ADA, badge.achievementId(), badge.version(), null, Instant.now(), null, standing)));
    }
}
