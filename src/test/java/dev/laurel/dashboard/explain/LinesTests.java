package dev.laurel.dashboard.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.AnyCase;
import dev.laurel.criteria.rule.Average;
import dev.laurel.criteria.rule.CountInGroup;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Credits;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.OneLearner;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.Observation.Status;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a page says of one criterion: the numbers are those that were compared, and what is missing is what it takes. */
class LinesTests {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

    private final ResourceBundleMessageSource messages = messages();

    private final Say say = new Say(Clock.fixed(TODAY.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC));

    private final Lines lines = new Lines(messages, say);

    private final NextStep nextStep = nextStep();

    private final OneLearner learner = new OneLearner();

    @Test
    void whatIsMissingOfAnAverageIsNotCalledPointsInOneOfItsColumns() {
        learner.graded(1, "80").graded(2, "80").graded(3, "79");
        Rule average = average(0, "1", "1", "1");

        Line line = line(average);
        assertThat(lines.status(line)).isEqualTo("79.66 % on average");
        assertThat(lines.needed(line)).isEqualTo("80 %");
        assertThat(lines.missing(line)).isEqualTo("0.34 %");
        assertThat(toLearner(average))
                .isEqualTo("0.34 % more on average in Column 1, Column 2 and Column 3 and this is yours.");
    }

    @Test
    void whatIsLeftOutOfAnAverageIsMarkedAndWhatIsNotThereIsNot() {
        learner.graded(1, "10").graded(2, "75");

        Line line = line(average(1, "1", "1", "1"));
        assertThat(line.parts().stream().map(part -> lines.part(line, part)))
                .containsExactly("Column 1: 10 / 100", "Column 2: 75 / 100", "Column 3: No grade yet");
        learner.graded(3, "60");
        Line then = line(average(1, "1", "1", "1"));
        assertThat(then.parts().stream().map(part -> lines.part(then, part)).findFirst())
                .contains("Column 1: 10 / 100 · left out, one of the lowest");
        assertThat(lines.status(then)).isEqualTo("67.5 % on average");
    }

    @Test
    void whatIsMissingWherePointsCountForMoreOrLessIsSaidToBeAsTheyAreCounted() {
        learner.graded(1, "40").graded(2, "60");
        Rule sum = new Average(
                List.of(new Average.Item(1, BigDecimal.ONE), new Average.Item(2, new BigDecimal("0.5"))),
                new BigDecimal(80),
                Rule.Unit.POINTS,
                0,
                Terms.STANDARD);

        assertThat(toLearner(sum))
                .isEqualTo(
                        "10 more points together in Column 1 and Column 2 (as they are counted here) and this is yours.");
        assertThat(toLearner(average(1, "1", "1")))
                .isEqualTo(
                        "20 % more on average in Column 1 and Column 2 (as they are counted here) and this is yours.");
    }

    @Test
    void whatIsMissingOfACourseTotalIsAShareOfItWhateverItsMaximum() {
        learner.column(9, Kind.TOTAL_CURRENT, null, "250").seen(9, Status.GRADED, "178", "250");
        Rule total = new CourseTotal(CourseTotal.Which.CURRENT, new BigDecimal("80"), null, Terms.STANDARD);

        assertThat(lines.missing(line(total))).isEqualTo("8.8 %");
        assertThat(toLearner(total)).isEqualTo("8.8 % more in the course and this is yours.");
    }

    @Test
    void theNumberThatWasComparedStandsBesideTheNumberInTheLms() {
        learner.graded(1, "79.6");
        Terms rounded = new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.COUNTS, 0);

        Line line = line(score(1, Score.Take.LATEST, rounded));
        assertThat(lines.status(line)).isEqualTo("79.6 of 100 (79.6 %), counted as 80 %");
        assertThat(lines.missing(line)).isEmpty();
        learner.graded(1, "79.4");
        Line below = line(score(1, Score.Take.LATEST, rounded));
        assertThat(lines.status(below)).isEqualTo("79.4 of 100 (79.4 %), counted as 79 %");
        assertThat(lines.missing(below)).isEqualTo("0.1 points");
    }

    @Test
    void aChangedMaximumIsThatOfTheResult() {
        learner.graded(1, "72.5").column(1, Kind.SCORE, null, "50");

        Line line = line(score(1, Score.Take.LATEST, Terms.STANDARD));
        assertThat(lines.status(line)).isEqualTo("72.5 of 100 (72.5 %)");
        assertThat(lines.needed(line)).isEqualTo("80 % (80 of 100)");
        assertThat(lines.missing(line)).isEqualTo("7.5 points");
    }

    @Test
    void aFirstResultIsShownWithWhyItStays() {
        learner.graded(1, "70").graded(1, "95");

        assertThat(lines.status(line(score(1, Score.Take.FIRST, Terms.STANDARD))))
                .isEqualTo("70 of 100 (70 %) · Only the first result counts");
    }

    @Test
    void aLetterWithoutPointsIsNotCalledNoGrade() {
        learner.letter(1, "B+");

        assertThat(lines.status(line(score(1, Score.Take.LATEST, Terms.STANDARD))))
                .isEqualTo("B+: A letter, without points");
    }

    @Test
    void excusesAreSaidWhereTheyLowerWhatIsAskedFor() {
        learner.column(1, Kind.SCORE, "Quizzes", "100")
                .column(2, Kind.SCORE, "Quizzes", "100")
                .graded(1, "60")
                .seen(2, Status.EXCUSED, null, "100");

        Line line = line(new CountInGroup("Quizzes", 2, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD));
        assertThat(line.verdict()).isEqualTo(Verdict.MET);
        assertThat(lines.status(line)).isEqualTo("1 of 1");
        assertThat(lines.needed(line)).isEqualTo("1 instead of 2, because of what is excused");
    }

    @Test
    void oneCreditIsOne() {
        learner.holds(1, "1").named(1, "Basics").named(2, "More");

        Line line = line(new Credits(List.of(1L, 2L), new BigDecimal("2")));
        assertThat(lines.status(line)).isEqualTo("1 credit");
        assertThat(lines.needed(line)).isEqualTo("2 credits");
        assertThat(lines.missing(line)).isEqualTo("1 credit");
    }

    @Test
    void beingExcusedIsNoPromiseWhereItIsNotEnough() {
        learner.seen(1, Status.EXCUSED, null, "100");
        Terms strict = new Terms(Terms.Excused.NOT_MET, Terms.Missing.WAITS, Terms.Late.COUNTS, null);

        assertThat(toLearner(score(1, Score.Take.LATEST, strict)))
                .isEqualTo("80 % or more in Column 1 (being excused is not enough) and this is yours.");
    }

    @Test
    void aMemberOfTheAudienceWhoIsExcusedFromTheRestIsNotToldThatItIsOnItsWay() {
        learner.in("7").seen(1, Status.EXCUSED, null, "100");
        Rule rule = new Rule.AllOf(List.of(new InGroup(List.of("7")), score(1, Score.Take.LATEST, Terms.STANDARD)));

        assertThat(Explanation.of(rule, learner.evaluate(rule), TODAY).isMet()).isFalse();
        assertThat(toLearner(rule)).startsWith("You are excused from everything");
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLineOfEveryRuleHasWordsAndTheTreeSaysWhatTheEvaluatorSays(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            AnyCase any = new AnyCase(random);
            Evaluation evaluation = any.evaluate();
            Explanation explanation = Explanation.of(any.rule, evaluation, TODAY);

            evaluation.lines().forEach(line -> {
                assertThat(words(lines.label(line), lines.status(line)))
                        .as("%s", line)
                        .doesNotContain("");
                assertThat(words(lines.needed(line), lines.missing(line), lines.least(line)))
                        .as("%s", line)
                        .isNotEmpty();
                line.parts()
                        .forEach(part ->
                                assertThat(words(lines.part(line, part))).doesNotContain(""));
            });
            assertThat(explanation.isMet()).isEqualTo(evaluation.verdict() == Verdict.MET);
            assertThat(words(nextStep.toLearner(explanation)).contains(""))
                    .as("what is missing is said exactly where something is: %s", evaluation)
                    .isEqualTo(explanation.isMet());
            assertThat(explanation.isMet() || !nextStep.toStaff(explanation).isEmpty())
                    .isTrue();
        }
    }

    /** Titles of the generated courses and badges have these braces; no other may be left over from a text. */
    private static List<String> words(String... said) {
        for (String each : said) {
            assertThat(each.replaceAll("It's \\{\\d+}|it's \\{0}|\\{two}|\\{badge}", ""))
                    .doesNotContain("{", "}");
        }
        return List.of(said);
    }

    private Line line(Rule rule) {
        return learner.evaluate(rule).lines().get(0);
    }

    private String toLearner(Rule rule) {
        return nextStep.toLearner(Explanation.of(rule, learner.evaluate(rule), TODAY));
    }

    private static Rule score(long column, Score.Take take, Terms terms) {
        return new Score(column, new BigDecimal("80"), Rule.Unit.PERCENT, take, Period.ALWAYS, terms);
    }

    private static Rule average(int drop, String... weights) {
        List<Average.Item> items = LongStream.rangeClosed(1, weights.length)
                .mapToObj(at -> new Average.Item(at, new BigDecimal(weights[(int) at - 1])))
                .toList();
        return new Average(items, new BigDecimal("80"), Rule.Unit.PERCENT, drop, Terms.STANDARD);
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        return messages;
    }

    private NextStep nextStep() {
        Steps steps = new Steps(messages, say, lines);
        return new NextStep(messages, new Ways(messages, steps), steps);
    }
}
