package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.award.decision.Beginnings;
import dev.laurel.award.decision.Outlooks;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.grant.LevelGoneException;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A badge whose tiers are others by now than when it was awarded: they are known by their names. */
@LaurelTest
class ChangedTiersIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Falls falls;

    @Autowired
    Grants grants;

    @Test
    void whoHoldsATierGetsTheOneAboveItWhereTheLowestIsGone() {
        BadgeCourse course = course();
        course.rule(tiers(course, "Bronze", "60", "Silver", "80", "Gold", "95")).activate();
        course.grade(10, "85");
        assertThat(course.awards().get(0).rank()).isEqualTo(2);

        course.rule(tiers(course, "Silver", "80", "Gold", "95")).activate();
        course.evaluateEverythingAgain();
        assertThat(course.awards()).as("the same tier is not given twice").hasSize(1);
        course.grade(10, "96");

        assertThat(course.awardsSeenBy(10))
                .extracting(award -> Objects.requireNonNull(award.level()).name(), Award::isValid)
                .containsExactly(tuple("Gold", true), tuple("Silver", false));
        assertThat(grants.levelBefore(course.tenant(), course.awards().get(1)))
                .hasValueSatisfying(level -> assertThat(level.name()).isEqualTo("Silver"));
        course.grade(10, "85");
        assertThat(falls.open(course.tenant(), course.badge())).as("from Gold").hasSize(1);
    }

    @Test
    void aTierThatIsPutBelowGivesNobodyOnceMoreWhatSheHas() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");
        RuleSet next =
                course.ruleSet().trying(tiers(course, "Participant", "50", "Proficient", "80", "Mastered", "95"));
        assertThat(app.getBean(Outlooks.class)
                        .of(
                                course.tenant(),
                                next,
                                app.getBean(Verdicts.class).preview(course.tenant(), course.course().id, next.rule()))
                        .heads())
                .as("promised")
                .isZero();

        course.rule(next.rule()).activate();
        course.evaluateEverythingAgain();

        assertThat(course.awards()).hasSize(1);
    }

    @Test
    void aTierThatIsCalledOtherwiseIsTheOneInItsPlace() {
        BadgeCourse course = course().activate();
        course.grade(10, "85");

        course.rule(tiers(course, "Good", "80", "Mastered", "95")).activate();
        course.evaluateEverythingAgain();
        assertThat(course.awards()).hasSize(1);
        course.grade(10, "96");

        assertThat(course.awardsSeenBy(10)).extracting(Award::isValid).containsExactly(true, false);
    }

    @Test
    void aLevelThatWaitsForItsSecondPersonIsTheOneOfThatName() {
        BadgeCourse course = BadgeCourse.ofTheInstitution(app).learners(2);
        course.rule(tiers(course, "Bronze", "60", "Silver", "80", "Gold", "95")).activate();
        give(course, 10, 2);
        give(course, 11, 1);

        course.rule(tiers(course, "Silver", "80", "Gold", "95")).activate();
        confirm(course, 10);
        assertThatExceptionOfType(LevelGoneException.class).isThrownBy(() -> confirm(course, 11));

        assertThat(course.awards())
                .extracting(
                        Award::personId,
                        award -> Objects.requireNonNull(award.level()).name())
                .containsExactly(tuple(10L, "Silver"));
        assertThat(course.decision(11).counts()).as("it waits on").isFalse();
    }

    @Test
    void aLevelThatWasChosenBeforeTheLevelsChangedIsTheOneOfThatName() {
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING).learners(2);
        course.rule(tiers(course, "Silver", "80", "Gold", "95")).activate();
        RuleSet read = inForce(course);
        Grant lowest = new Grant("She taught it.", null, null, 1);

        course.rule(tiers(course, "Bronze", "60", "Silver", "80", "Gold", "95")).activate();
        grants.give(course.tenant(), read, 10, lowest, BadgeCourse.TEACHER);
        course.rule(tiers(course, "Bronze", "60", "Gold", "95")).activate();
        assertThatExceptionOfType(LevelGoneException.class)
                .isThrownBy(() -> grants.give(course.tenant(), read, 11, lowest, BadgeCourse.TEACHER));

        assertThat(course.awards())
                .extracting(
                        Award::personId,
                        award -> Objects.requireNonNull(award.level()).name())
                .containsExactly(tuple(10L, "Silver"));
    }

    @Test
    void whoHadReachedATierBeforeItCountedIsGivenTheOneAboveItOnly() {
        BadgeCourse course = course();
        course.rule(tiers(course, "Bronze", "60", "Silver", "80", "Gold", "95"));
        course.grade(10, "85");
        app.getBean(Beginnings.class).fromNowOn(course.tenant(), inForce(course), BadgeCourse.TEACHER);
        course.activate();

        course.rule(tiers(course, "Silver", "80", "Gold", "95")).activate();
        course.grade(10, "96");

        assertThat(course.awards())
                .extracting(award -> Objects.requireNonNull(award.level()).name())
                .containsExactly("Gold");
    }

    private void give(BadgeCourse course, long person, int level) {
        grants.give(
                course.tenant(),
                inForce(course),
                person,
                new Grant("She taught it.", null, null, level),
                BadgeCourse.TEACHER);
    }

    private void confirm(BadgeCourse course, long person) {
        grants.confirm(course.tenant(), inForce(course), course.decision(person), 2);
    }

    private RuleSet inForce(BadgeCourse course) {
        return app.getBean(RuleSets.class).find(course.tenant(), course.badge()).orElseThrow();
    }

    private BadgeCourse course() {
        return BadgeCourse.withLevels(app, Worth.NOTHING).learners(1);
    }

    /** Each a name and the percent in the one column that it takes. */
    private static Rule tiers(BadgeCourse course, String... all) {
        List<Rule.Levels.Level> levels = new ArrayList<>();
        for (int i = 0; i < all.length; i += 2) {
            levels.add(new Rule.Levels.Level(
                    all[i], BadgeCourse.percent(all[i + 1]).apply(course.column())));
        }
        return new Rule.Levels(levels);
    }
}
