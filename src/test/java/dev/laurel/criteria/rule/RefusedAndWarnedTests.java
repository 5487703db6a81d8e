package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestColumns.BADGE;
import static dev.laurel.criteria.rule.TestColumns.COMPLETION;
import static dev.laurel.criteria.rule.TestColumns.DELETED;
import static dev.laurel.criteria.rule.TestColumns.ESSAY;
import static dev.laurel.criteria.rule.TestColumns.FOREIGN_BADGE;
import static dev.laurel.criteria.rule.TestColumns.OF_NOTHING;
import static dev.laurel.criteria.rule.TestColumns.OUTCOME;
import static dev.laurel.criteria.rule.TestColumns.OUTCOME_WITHOUT_MASTERY;
import static dev.laurel.criteria.rule.TestColumns.OUTPUT;
import static dev.laurel.criteria.rule.TestColumns.QUIZ;
import static dev.laurel.criteria.rule.TestColumns.RUBRIC_ROW;
import static dev.laurel.criteria.rule.TestColumns.UNKNOWN;
import static dev.laurel.criteria.rule.TestColumns.UNREADABLE;
import static dev.laurel.criteria.rule.TestColumns.WITHOUT_MAXIMUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be asked for is refused with its place; what can no longer be worked out is warned of. */
class RefusedAndWarnedTests {

    private static final Period BACKWARDS = new Period(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 1));

    private static final Rule FINE = points(ESSAY, "50");

    @ParameterizedTest(name = "{0}: {2} at {1}")
    @MethodSource
    void whatCannotBeAskedFor(Rule rule, String place, String message) {
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleCheck.check(rule, TestColumns.course()))
                .withMessage("rule.bad." + message)
                .extracting(BadRuleException::place)
                .isEqualTo(place);
    }

    static Stream<Arguments> whatCannotBeAskedFor() {
        return Stream.of(
                refused(points(ESSAY, "0"), "/rule/atLeast", "not-positive"),
                refused(percent(ESSAY, "100.1"), "/rule/atLeast", "more-than-hundred"),
                refused(percent(OF_NOTHING, "50"), "/rule/atLeast", "no-maximum"),
                refused(points(ESSAY, "100.1"), "/rule/atLeast", "more-than-maximum"),
                refused(points(WITHOUT_MAXIMUM, "0.0000001"), "/rule/atLeast", "number"),
                refused(points(WITHOUT_MAXIMUM, "100000000000000"), "/rule/atLeast", "number"),
                refused(points(UNKNOWN, "5"), "/rule/lineItem", "foreign-column"),
                refused(points(DELETED, "5"), "/rule/lineItem", "deleted-column"),
                refused(points(OUTPUT, "1"), "/rule/lineItem", "own-column"),
                refused(points(UNREADABLE, "5"), "/rule/lineItem", "unreadable-column"),
                refused(points(COMPLETION, "1"), "/rule/lineItem", "other-kind"),
                refused(score(Period.ALWAYS, rounded(5), "50"), "/rule/decimals", "decimals"),
                refused(score(Period.ALWAYS, rounded(-1), "50"), "/rule/decimals", "decimals"),
                refused(score(Period.ALWAYS, rounded(1), "50.55"), "/rule/atLeast", "finer-than-rounded"),
                refused(score(BACKWARDS, Terms.STANDARD, "50"), "/rule/until", "backwards"),
                refused(average("50", 0, Terms.STANDARD, item(ESSAY, "1")), "/rule/items", "too-few"),
                refused(average("50", 0, Terms.STANDARD, item(ESSAY, "1"), item(ESSAY, "2")), "/rule/items", "twice"),
                refused(
                        average("50", 0, Terms.STANDARD, item(ESSAY, "1"), item(QUIZ, "0")),
                        "/rule/items/1/weight",
                        "not-positive"),
                refused(
                        average("50", 0, Terms.STANDARD, item(ESSAY, "1"), item(OF_NOTHING, "1")),
                        "/rule/items/1/lineItem",
                        "no-maximum"),
                refused(
                        average("50", 2, Terms.STANDARD, item(ESSAY, "1"), item(QUIZ, "1")),
                        "/rule/dropLowest",
                        "drops-all"),
                refused(
                        average("50", -1, Terms.STANDARD, item(ESSAY, "1"), item(QUIZ, "1")),
                        "/rule/dropLowest",
                        "drops-all"),
                refused(
                        average("101", 0, Terms.STANDARD, item(ESSAY, "1"), item(QUIZ, "1")),
                        "/rule/atLeast",
                        "more-than-hundred"),
                refused(average("50", 0, rounded(5), item(ESSAY, "1"), item(QUIZ, "1")), "/rule/decimals", "decimals"),
                refused(
                        average("50", 0, excused(Terms.Excused.MET), item(ESSAY, "1"), item(QUIZ, "1")),
                        "/rule/excused",
                        "choice"),
                refused(group("Quizzes", 0, "50", Terms.STANDARD), "/rule/count", "count"),
                refused(group("Nothing", 1, "50", Terms.STANDARD), "/rule/group", "empty-group"),
                refused(group("Quizzes", 1, "101", Terms.STANDARD), "/rule/atLeast", "more-than-hundred"),
                refused(group("Quizzes", 1, "50", rounded(5)), "/rule/decimals", "decimals"),
                refused(new Attendance("Workshops", 0, Terms.STANDARD), "/rule/count", "count"),
                refused(new Attendance("Quizzes", 1, Terms.STANDARD), "/rule/group", "empty-group"),
                refused(new Attendance("Workshops", 1, rounded(0)), "/rule/decimals", "decimals"),
                refused(total(CourseTotal.Which.FINAL, "50", null, Terms.STANDARD), "/rule/which", "no-total"),
                refused(
                        total(CourseTotal.Which.CURRENT, "101", null, Terms.STANDARD),
                        "/rule/atLeast",
                        "more-than-hundred"),
                refused(total(CourseTotal.Which.CURRENT, "50", null, rounded(5)), "/rule/decimals", "decimals"),
                refused(total(CourseTotal.Which.CURRENT, null, "A", Terms.STANDARD), "/rule/letter", "letter"),
                refused(outcome(OUTCOME, "5.1", Terms.STANDARD), "/rule/atLeast", "more-than-maximum"),
                refused(outcome(OUTCOME, "3", rounded(5)), "/rule/decimals", "decimals"),
                refused(outcome(OUTCOME, null, rounded(0)), "/rule/decimals", "decimals"),
                refused(outcome(OUTCOME_WITHOUT_MASTERY, null, Terms.STANDARD), "/rule/atLeast", "no-mastery"),
                refused(outcome(RUBRIC_ROW, "3", Terms.STANDARD), "/rule/lineItem", "other-kind"),
                refused(done(COMPLETION, BACKWARDS, Terms.STANDARD), "/rule/until", "backwards"),
                refused(done(COMPLETION, Period.ALWAYS, rounded(0)), "/rule/decimals", "decimals"),
                refused(new Submission(ESSAY, BACKWARDS, Terms.STANDARD), "/rule/until", "backwards"),
                refused(new Submission(ESSAY, Period.ALWAYS, rounded(0)), "/rule/decimals", "decimals"),
                refused(new Submission(COMPLETION, Period.ALWAYS, Terms.STANDARD), "/rule/lineItem", "other-kind"),
                refused(new Credits(List.of(), BigDecimal.ONE), "/rule/badges", "empty"),
                refused(new Credits(List.of(BADGE, BADGE), BigDecimal.ONE), "/rule/badges", "twice"),
                refused(new Credits(List.of(FOREIGN_BADGE), BigDecimal.ONE), "/rule/badges", "foreign-badge"),
                refused(new Credits(List.of(BADGE), BigDecimal.ZERO), "/rule/atLeast", "not-positive"),
                refused(new HeldBadge(FOREIGN_BADGE), "/rule/badge", "foreign-badge"),
                refused(new InGroup(List.of()), "/rule/groups", "empty"),
                refused(new Rule.AllOf(List.of()), "/rule/of", "empty"),
                refused(new Rule.AllOf(List.of(FINE, points(ESSAY, "0"))), "/rule/of/1/atLeast", "not-positive"),
                refused(new Rule.AtLeast(0, List.of(FINE)), "/rule/count", "count"),
                refused(new Rule.AtLeast(2, List.of(FINE)), "/rule/count", "more-than-there-are"),
                refused(nested(8), "/rule" + "/of/0".repeat(8), "too-deep"),
                refused(new Rule.AllOf(Collections.nCopies(101, FINE)), "", "too-large"),
                refused(levels("Good"), "/rule/of", "one-level"),
                refused(levels("Good", "Good"), "/rule/of", "same-level"),
                refused(levels("Good", "x".repeat(61)), "/rule/of/1/name", "text"),
                refused(
                        new Rule.Levels(List.of(
                                new Rule.Levels.Level("Good", FINE),
                                new Rule.Levels.Level("Better", points(ESSAY, "0")))),
                        "/rule/of/1/rule/atLeast",
                        "not-positive"),
                refused(new Rule.AllOf(List.of(levels("Good", "Better"))), "/rule/of/0", "levels-inside"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsJustPossible(Rule rule) {
        assertThatCode(() -> RuleCheck.check(rule, TestColumns.course(TestColumns.letters(), false)))
                .doesNotThrowAnyException();
    }

    static Stream<Rule> whatIsJustPossible() {
        return Stream.of(
                percent(ESSAY, "100"),
                points(ESSAY, "100"),
                points(OF_NOTHING + 1, "0.000001"),
                points(WITHOUT_MAXIMUM, "99999999999999"),
                points(WITHOUT_MAXIMUM, "99999999999999.999999"),
                score(Period.ALWAYS, rounded(4), "50.5555"),
                score(Period.ALWAYS, rounded(0), "50"),
                score(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1)), Terms.STANDARD, "50"),
                average("100", 1, Terms.STANDARD, item(ESSAY, "1"), item(WITHOUT_MAXIMUM, "0.5")),
                new Average(
                        List.of(item(ESSAY, "1"), item(OF_NOTHING, "1")),
                        BigDecimal.TEN,
                        Rule.Unit.POINTS,
                        0,
                        Terms.STANDARD),
                group("Quizzes", 1, "100", rounded(0)),
                new Attendance("Workshops", 1, Terms.STANDARD),
                total(CourseTotal.Which.CURRENT, "100", null, rounded(0)),
                total(CourseTotal.Which.CURRENT, null, "B", Terms.STANDARD),
                outcome(OUTCOME, "5", Terms.STANDARD),
                outcome(OUTCOME, null, Terms.STANDARD),
                new Mastery(Mastery.What.RUBRIC_ROW, RUBRIC_ROW, new BigDecimal("4"), Terms.STANDARD),
                new Credits(List.of(BADGE), BigDecimal.ONE),
                new HeldBadge(BADGE),
                new Rule.AtLeast(1, List.of(FINE)),
                nested(7),
                new Rule.AllOf(Collections.nCopies(100, FINE)),
                levels("Good", "x".repeat(60)));
    }

    @Test
    void aTotalThatCountsLaurelsOwnColumnIsRefusedAndALetterTakesNoRounding() {
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleCheck.check(
                        total(CourseTotal.Which.CURRENT, "50", null, Terms.STANDARD), TestColumns.course(null, true)))
                .withMessage("rule.bad.own-column-in-total");
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleCheck.check(
                        total(CourseTotal.Which.CURRENT, null, "A", rounded(0)),
                        TestColumns.course(TestColumns.letters(), false)))
                .withMessage("rule.bad.decimals");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void whatCanNoLongerBeWorkedOut(Rule.Leaf leaf, List<String> warnings) {
        assertThat(leaf.warnings(TestColumns.course()))
                .extracting(Rule.Warning::messageKey)
                .containsExactlyElementsOf(
                        warnings.stream().map(key -> "rule.warning." + key).toList());
    }

    @Test
    void aPercentageOfWordsOrOfNothingThatIsKnownIsRefusedAndWarnedOfAndPointsOfItAreNot() {
        LineItem words = new LineItem(
                1,
                1,
                "moodle",
                "item-1",
                "Talk (words: 0 is the lowest, 2 the best)",
                LineItem.Kind.SCORE,
                null,
                null,
                null,
                false,
                false,
                true,
                false);
        CourseFacts course = new CourseFacts(Map.of(1L, words), Map.of(), Map.of(), null, ZoneOffset.UTC, false);

        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleCheck.check(percent(1, "50"), course))
                .withMessage("rule.bad.no-maximum");
        assertThat(percent(1, "50").warnings(course))
                .extracting(Rule.Warning::messageKey)
                .containsExactly("rule.warning.no-maximum");
        RuleCheck.check(points(1, "1"), course);
        assertThat(points(1, "1").warnings(course)).isEmpty();
    }

    static Stream<Arguments> whatCanNoLongerBeWorkedOut() {
        return Stream.of(
                warned(points(ESSAY, "100")),
                warned(points(ESSAY, "101"), "out-of-reach"),
                warned(percent(ESSAY, "100")),
                warned(percent(OF_NOTHING, "50"), "no-maximum"),
                warned(points(OF_NOTHING, "50"), "out-of-reach"),
                warned(points(WITHOUT_MAXIMUM, "50")),
                warned(percent(WITHOUT_MAXIMUM, "50")),
                warned(points(DELETED, "500"), "deleted-column"),
                warned(points(UNKNOWN, "5"), "deleted-column"),
                warned(points(OUTPUT, "1"), "own-column"),
                warned(points(UNREADABLE, "5"), "unreadable-column"),
                warned(
                        average("50", 0, Terms.STANDARD, item(ESSAY, "1"), item(DELETED, "1"), item(OUTPUT, "1")),
                        "deleted-column",
                        "own-column"),
                warned(group("Quizzes", 1, "50", Terms.STANDARD)),
                warned(group("Nothing", 1, "50", Terms.STANDARD), "empty-group"),
                warned(new Attendance("Workshops", 1, Terms.STANDARD)),
                warned(new Attendance("Quizzes", 1, Terms.STANDARD), "empty-group"),
                warned(total(CourseTotal.Which.CURRENT, "50", null, Terms.STANDARD)),
                warned(total(CourseTotal.Which.FINAL, "50", null, Terms.STANDARD), "no-total"),
                warned(total(CourseTotal.Which.CURRENT, null, "A", Terms.STANDARD), "letter"),
                warned(outcome(OUTCOME, null, Terms.STANDARD)),
                warned(outcome(OUTCOME, "5", Terms.STANDARD)),
                warned(outcome(OUTCOME, "6", Terms.STANDARD), "out-of-reach"),
                warned(outcome(OUTCOME_WITHOUT_MASTERY, null, Terms.STANDARD), "no-mastery"),
                warned(outcome(DELETED, null, Terms.STANDARD), "deleted-column"),
                warned(outcome(UNKNOWN, null, Terms.STANDARD), "deleted-column"),
                warned(done(COMPLETION, Period.ALWAYS, Terms.STANDARD)),
                warned(done(DELETED, Period.ALWAYS, Terms.STANDARD), "deleted-column"),
                warned(new Submission(ESSAY, Period.ALWAYS, Terms.STANDARD)),
                warned(new Submission(DELETED, Period.ALWAYS, Terms.STANDARD), "deleted-column"),
                warned(new Credits(List.of(BADGE), BigDecimal.ONE)),
                warned(new Credits(List.of(BADGE, FOREIGN_BADGE), BigDecimal.ONE), "foreign-badge"),
                warned(new HeldBadge(BADGE)),
                warned(new HeldBadge(FOREIGN_BADGE), "foreign-badge"),
                warned(new InGroup(List.of("Tuesday"))));
    }

    @Test
    void aTotalThatBeginsToCountLaurelsOwnColumnAndALetterThatIsGoneAreWarnedOf() {
        CourseTotal letter = total(CourseTotal.Which.CURRENT, null, "A", Terms.STANDARD);
        CourseTotal gone = total(CourseTotal.Which.CURRENT, null, "C", Terms.STANDARD);

        assertThat(letter.warnings(TestColumns.course(TestColumns.letters(), false)))
                .isEmpty();
        assertThat(gone.warnings(TestColumns.course(TestColumns.letters(), false)))
                .containsExactly(new Rule.Warning(0, "C", "rule.warning.letter"));
        assertThat(letter.warnings(TestColumns.course(TestColumns.letters(), true)))
                .containsExactly(new Rule.Warning(0, "A", "rule.warning.own-column-in-total"));
    }

    private static Arguments refused(Rule rule, String place, String message) {
        return Arguments.of(rule, place, message);
    }

    private static Arguments warned(Rule.Leaf leaf, String... warnings) {
        return Arguments.of(leaf, List.of(warnings));
    }

    private static Score points(long item, String threshold) {
        return TestGrades.points(item, threshold);
    }

    private static Score percent(long item, String threshold) {
        return TestGrades.percent(item, threshold);
    }

    private static Score score(Period period, Terms terms, String threshold) {
        return new Score(ESSAY, new BigDecimal(threshold), Rule.Unit.PERCENT, Score.Take.LATEST, period, terms);
    }

    private static Average average(String threshold, int drop, Terms terms, Average.Item... items) {
        return new Average(List.of(items), new BigDecimal(threshold), Rule.Unit.PERCENT, drop, terms);
    }

    private static Average.Item item(long id, String weight) {
        return new Average.Item(id, new BigDecimal(weight));
    }

    private static CountInGroup group(String name, int count, String threshold, Terms terms) {
        return new CountInGroup(name, count, new BigDecimal(threshold), Rule.Unit.PERCENT, terms);
    }

    private static CourseTotal total(
            CourseTotal.Which which, @Nullable String percent, @Nullable String letter, Terms terms) {
        return new CourseTotal(which, percent == null ? null : new BigDecimal(percent), letter, terms);
    }

    private static Mastery outcome(long item, @Nullable String level, Terms terms) {
        return new Mastery(Mastery.What.OUTCOME, item, level == null ? null : new BigDecimal(level), terms);
    }

    private static Done done(long item, Period period, Terms terms) {
        return new Done(Done.What.COMPLETION, item, period, terms);
    }

    private static Terms rounded(int decimals) {
        return new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.COUNTS, decimals);
    }

    private static Terms excused(Terms.Excused excused) {
        return new Terms(excused, Terms.Missing.WAITS, Terms.Late.COUNTS, null);
    }

    private static Rule nested(int depth) {
        Rule rule = FINE;
        for (int i = 0; i < depth; i++) {
            rule = new Rule.AllOf(List.of(rule));
        }
        return rule;
    }

    private static Rule.Levels levels(String... names) {
        List<Rule.Levels.Level> levels = new ArrayList<>();
        for (String name : names) {
            levels.add(new Rule.Levels.Level(name, FINE));
        }
        return new Rule.Levels(levels);
    }
}
