package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestColumns.BADGE;
import static dev.laurel.criteria.rule.TestColumns.COMPLETION;
import static dev.laurel.criteria.rule.TestColumns.ESSAY;
import static dev.laurel.criteria.rule.TestColumns.FOREIGN_BADGE;
import static dev.laurel.criteria.rule.TestColumns.OUTCOME;
import static dev.laurel.criteria.rule.TestColumns.QUIZ;
import static dev.laurel.criteria.rule.TestColumns.TOTAL;
import static dev.laurel.criteria.rule.TestColumns.WORKSHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which columns, badges and histories a rule looks at, and what it becomes over others. */
class WhatARuleNeedsTests {

    private static final Period JANUARY = new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31));

    private static final CountInGroup QUIZZES =
            new CountInGroup("Quizzes", 1, BigDecimal.TEN, Rule.Unit.PERCENT, Terms.STANDARD);

    private static final Attendance WORKSHOPS = new Attendance("Workshops", 1, Terms.STANDARD);

    private static final CourseTotal CURRENT =
            new CourseTotal(CourseTotal.Which.CURRENT, BigDecimal.TEN, null, Terms.STANDARD);

    @Test
    void eachLeafNamesItsColumnsAndMovesOntoOthers() {
        for (long offset : List.of(0L, 100L)) {
            assertThat(leaves(offset).lineItemIds())
                    .containsExactlyInAnyOrder(
                            ESSAY + offset, QUIZ + offset, OUTCOME + offset, COMPLETION + offset, 20 + offset);
        }
        Map<Long, Long> columns = new HashMap<>();
        LongStream.range(1, 30).forEach(column -> columns.put(column, column + 100));

        assertThat(leaves(0).onto(columns)).isEqualTo(leaves(100));
        assertThat(new Rule.AnyOf(List.of(leaves(0))).onto(columns)).isEqualTo(new Rule.AnyOf(List.of(leaves(100))));
        assertThat(new Rule.AtLeast(1, List.of(leaves(0))).onto(columns))
                .isEqualTo(new Rule.AtLeast(1, List.of(leaves(100))));
        assertThat(new Rule.Levels(List.of(new Rule.Levels.Level("Good", leaves(0)))).onto(columns))
                .isEqualTo(new Rule.Levels(List.of(new Rule.Levels.Level("Good", leaves(100)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leaves(0).onto(Map.of()))
                .withMessageContaining("column");
    }

    private static Rule leaves(long offset) {
        return new Rule.AllOf(List.of(
                TestGrades.points(ESSAY + offset, "5"),
                new Average(
                        List.of(
                                new Average.Item(ESSAY + offset, BigDecimal.ONE),
                                new Average.Item(QUIZ + offset, BigDecimal.TEN)),
                        BigDecimal.TEN,
                        Rule.Unit.PERCENT,
                        1,
                        Terms.STANDARD),
                new Mastery(Mastery.What.OUTCOME, OUTCOME + offset, null, Terms.STANDARD),
                new Done(Done.What.COMPLETION, COMPLETION + offset, Period.ALWAYS, Terms.STANDARD),
                new Submission(20 + offset, Period.ALWAYS, Terms.STANDARD),
                QUIZZES,
                WORKSHOPS,
                CURRENT,
                new InGroup(List.of("Tuesday"))));
    }

    @Test
    void groupsAndTotalsLookAtWhatIsInThem() {
        CourseFacts course = TestColumns.course();

        assertThat(QUIZZES.looksAt(course)).containsExactly(QUIZ);
        assertThat(WORKSHOPS.looksAt(course)).containsExactly(WORKSHOP);
        assertThat(CURRENT.looksAt(course)).containsExactly(TOTAL);
        assertThat(TestGrades.points(ESSAY, "5").looksAt(course)).containsExactly(ESSAY);
        assertThat(new Rule.AllOf(List.of(QUIZZES, WORKSHOPS, TestGrades.points(ESSAY, "5"))).looksAt(course))
                .containsExactlyInAnyOrder(QUIZ, WORKSHOP, ESSAY);
        assertThat(new Rule.AllOf(List.of(QUIZZES, WORKSHOPS, CURRENT)).lineItemIds())
                .isEmpty();
    }

    @Test
    void aCourseCanBeLookedAtAsItWasBefore() {
        CourseFacts course = TestColumns.course();
        LineItem before = course.with(List.of(TestGrades.deleted(QUIZ))).item(QUIZ);

        assertThat(before).isEqualTo(TestGrades.deleted(QUIZ));
        assertThat(QUIZZES.looksAt(course.with(List.of(TestGrades.deleted(QUIZ)))))
                .isEmpty();
        assertThat(course.item(QUIZ)).isNotEqualTo(before);
    }

    @Test
    void badgesAreAskedForByThoseLeavesOnlyAndAreReplacedInThem() {
        Rule before =
                new Rule.AllOf(List.of(new HeldBadge(BADGE), new Credits(List.of(BADGE), BigDecimal.ONE), QUIZZES));
        Rule after = new Rule.AllOf(
                List.of(new HeldBadge(FOREIGN_BADGE), new Credits(List.of(FOREIGN_BADGE), BigDecimal.ONE), QUIZZES));
        Map<Long, Long> badges = Map.of(BADGE, FOREIGN_BADGE);

        assertThat(before.badgeIds()).containsExactly(BADGE);
        assertThat(new HeldBadge(BADGE).badgeIds()).isEqualTo(Set.of(BADGE));
        assertThat(new Rule.AllOf(List.of(QUIZZES, WORKSHOPS)).badgeIds()).isEmpty();
        assertThat(before.ontoBadges(badges)).isEqualTo(after);
        assertThat(new Rule.AnyOf(List.of(before)).ontoBadges(badges)).isEqualTo(new Rule.AnyOf(List.of(after)));
        assertThat(new Rule.AtLeast(1, List.of(before)).ontoBadges(badges))
                .isEqualTo(new Rule.AtLeast(1, List.of(after)));
        assertThat(new Rule.Levels(List.of(new Rule.Levels.Level("Good", before))).ontoBadges(badges))
                .isEqualTo(new Rule.Levels(List.of(new Rule.Levels.Level("Good", after))));
        assertThatIllegalArgumentException().isThrownBy(() -> before.ontoBadges(Map.of()));
    }

    @Test
    void onlyWhatAsksForAPeriodOrForOneOfSeveralResultsOrForWorkNeedsTheHistory() {
        assertThat(score(Score.Take.LATEST, Period.ALWAYS).needsHistory()).isFalse();
        assertThat(score(Score.Take.BEST, Period.ALWAYS).needsHistory()).isTrue();
        assertThat(score(Score.Take.LATEST, JANUARY).needsHistory()).isTrue();
        assertThat(new Submission(ESSAY, JANUARY, Terms.STANDARD).needsHistory())
                .isTrue();
        assertThat(new Submission(ESSAY, Period.ALWAYS, Terms.STANDARD).needsHistory())
                .as("a 0 may stand for work that never came")
                .isTrue();
        assertThat(new Done(Done.What.COMPLETION, ESSAY, JANUARY, Terms.STANDARD).needsHistory())
                .isTrue();
        assertThat(new Done(Done.What.COMPLETION, ESSAY, Period.ALWAYS, Terms.STANDARD).needsHistory())
                .isFalse();
        assertThat(QUIZZES.needsHistory()).isFalse();
    }

    @Test
    void aScoreIsPlainWhereNothingButTheThresholdNeedsSaying() {
        assertThat(score(Score.Take.LATEST, Period.ALWAYS).isPlain()).isTrue();
        assertThat(new Score(ESSAY, BigDecimal.TEN, Rule.Unit.POINTS, Score.Take.LATEST, Period.ALWAYS, Terms.VERSION_1)
                        .isPlain())
                .as("written anew, being excused would mean something else")
                .isFalse();
        assertThat(score(Score.Take.BEST, Period.ALWAYS).isPlain()).isFalse();
        assertThat(score(Score.Take.LATEST, JANUARY).isPlain()).isFalse();
        assertThat(new Score(
                                ESSAY,
                                BigDecimal.TEN,
                                Rule.Unit.POINTS,
                                Score.Take.LATEST,
                                Period.ALWAYS,
                                new Terms(Terms.Excused.MET, Terms.Missing.WAITS, Terms.Late.COUNTS, null))
                        .isPlain())
                .isFalse();
    }

    @Test
    void theBetterOfTwoResultsIsNearerToTheThreshold() {
        assertThat(better("8", "10", "9", "20", Rule.Unit.PERCENT)).isTrue();
        assertThat(better("9", "20", "8", "10", Rule.Unit.PERCENT)).isFalse();
        assertThat(better("8", "10", "16", "20", Rule.Unit.PERCENT))
                .as("the same share")
                .isFalse();
        assertThat(better("9", "20", "8", "10", Rule.Unit.POINTS)).isTrue();
        assertThat(better("8", "10", "8", "10", Rule.Unit.POINTS)).isFalse();
        assertThat(better("1", "10", "9", "0", Rule.Unit.PERCENT))
                .as("only it has a share")
                .isTrue();
        assertThat(better("9", "0", "1", "10", Rule.Unit.PERCENT)).isFalse();
        assertThat(better("9", null, "8", null, Rule.Unit.PERCENT)).isTrue();
        assertThat(better("9", "0", "8", "0", Rule.Unit.PERCENT)).isTrue();
        assertThat(better(null, "10", "8", "10", Rule.Unit.POINTS)).isFalse();
        assertThat(better("8", "10", null, "10", Rule.Unit.POINTS)).isTrue();
    }

    private static boolean better(
            @Nullable String one,
            @Nullable String ofOne,
            @Nullable String other,
            @Nullable String ofOther,
            Rule.Unit unit) {
        return Numbers.isBetter(result(one, ofOne), result(other, ofOther), unit, null);
    }

    private static Observation result(@Nullable String score, @Nullable String maximum) {
        return TestGrades.observation(ESSAY, Observation.Status.GRADED, score, maximum, Observation.Visibility.POSTED);
    }

    private static Score score(Score.Take take, Period period) {
        return new Score(ESSAY, BigDecimal.TEN, Rule.Unit.POINTS, take, period, Terms.STANDARD);
    }
}
