package dev.laurel.dashboard.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Average;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Credits;
import dev.laurel.criteria.rule.OneLearner;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is said to be near: within a twentieth, or one letter. */
class ClosenessTests {

    private final OneLearner learner = new OneLearner();

    @ParameterizedTest(name = "{0} of at least 96 points in two columns: {1}")
    @CsvSource({"96, MET", "95, NEAR", "91.2, NEAR", "91.1, STARTED", "40, STARTED"})
    void aSumOfPointsIsNearWithinATwentiethOfWhatIsAskedFor(BigDecimal sum, Closeness closeness) {
        learner.graded(1, "40").graded(2, sum.subtract(new BigDecimal(40)).toPlainString());

        assertThat(of(sum(96))).isEqualTo(closeness);
    }

    @Test
    void aSumOfWhichSomethingIsNotGradedIsNotSaidToBeNear() {
        learner.graded(1, "95");

        assertThat(of(sum(96))).isEqualTo(Closeness.STARTED);
    }

    @ParameterizedTest(name = "{0} of 12 credits: {1}")
    @CsvSource({"12, MET", "11.5, NEAR", "11.4, NEAR", "11.39, STARTED", "6, STARTED"})
    void creditsAreNearWithinATwentiethOfWhatIsAskedFor(BigDecimal credits, Closeness closeness) {
        learner.named(7, "Basics").named(8, "Statistics").holds(7, "6");
        BigDecimal second = credits.subtract(new BigDecimal(6));
        if (second.signum() > 0) {
            learner.holds(8, second.toPlainString());
        }

        assertThat(of(new Credits(List.of(7L, 8L), new BigDecimal(12)))).isEqualTo(closeness);
    }

    @ParameterizedTest(name = "{0} where at least B is asked for: {1}")
    @CsvSource({"A, MET", "B, MET", "B-, NEAR", "C, WAITING", "F, WAITING"})
    void aLetterIsNearOneStepBelowAlsoWithoutPoints(String letter, Closeness closeness) {
        learner.scheme("A", "90", "B", "80", "B-", "75", "C", "60", "F", "0")
                .column(9, Kind.TOTAL_CURRENT, null, "100")
                .letter(9, letter);

        assertThat(of(atLeast("B"))).isEqualTo(closeness);
    }

    @ParameterizedTest(name = "{0} % where at least B is asked for: {1}")
    @CsvSource({"80, MET", "79.99, NEAR", "75, NEAR", "74.99, STARTED"})
    void aPercentageIsNearWhereItsLetterIs(String percent, Closeness closeness) {
        learner.scheme("A", "90", "B", "80", "B-", "75", "F", "0")
                .column(9, Kind.TOTAL_CURRENT, null, "100")
                .graded(9, percent);

        assertThat(of(atLeast("B"))).isEqualTo(closeness);
    }

    @ParameterizedTest(name = "{0}, or {1} %, where Pass is asked for: {2}")
    @CsvSource({"Pass, 50, MET", "Fail, 49.9, STARTED", "Fail, 0, STARTED"})
    void whoFailedIsNotNearOnlyBecauseThereIsNoLetterBetween(String letter, String percent, Closeness closeness) {
        learner.scheme("Pass", "50", "Fail", "0").column(9, Kind.TOTAL_CURRENT, null, "100");

        learner.letter(9, letter);
        assertThat(of(atLeast("Pass"))).isEqualTo(closeness == Closeness.MET ? closeness : Closeness.WAITING);
        learner.graded(9, percent);
        assertThat(of(atLeast("Pass"))).isEqualTo(closeness);
    }

    @Test
    void aFailIsNearWhereItIsTheOneThingMissing() {
        learner.scheme("Pass", "50", "Fail", "0")
                .column(9, Kind.TOTAL_CURRENT, null, "100")
                .letter(9, "Fail")
                .graded(1, "90")
                .graded(2, "10");

        assertThat(of(new Rule.AllOf(List.of(percent(1), atLeast("Pass"))))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AllOf(List.of(percent(2), atLeast("Pass"))))).isEqualTo(Closeness.STARTED);
    }

    @ParameterizedTest(name = "{0} of 100 where at least 80 % is asked for: {1}")
    @CsvSource({"80, MET", "76, NEAR", "75.9, STARTED", "0, STARTED"})
    void aScoreIsNearWithinATwentiethOfWhatIsAskedFor(String score, Closeness closeness) {
        learner.graded(1, score);

        assertThat(of(Score.atLeast(1, new BigDecimal(80), Rule.Unit.PERCENT))).isEqualTo(closeness);
    }

    @Test
    void severalThatAreNearTogetherAreNear() {
        learner.named(7, "Basics").holds(7, "11.5").graded(1, "40").graded(2, "55");
        Rule credits = new Credits(List.of(7L), new BigDecimal(12));

        assertThat(of(new Rule.AllOf(List.of(sum(96), credits)))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AllOf(List.of(sum(140), credits)))).isEqualTo(Closeness.STARTED);
    }

    @Test
    void beingExcusedIsNotBeingNear() {
        learner.seen(1, Observation.Status.EXCUSED, null, "100").graded(2, "10");
        Rule excused = percent(1);

        assertThat(of(new Rule.AnyOf(List.of(excused, percent(2))))).isEqualTo(Closeness.STARTED);
        assertThat(of(new Rule.AnyOf(List.of(excused, percent(3))))).isEqualTo(Closeness.WAITING);
        assertThat(of(excused)).isEqualTo(Closeness.WAITING);
    }

    @Test
    void noMoreIsNeededToBeNearThanIsLeftAfterAnExcuse() {
        learner.seen(1, Observation.Status.EXCUSED, null, "100").graded(2, "78").graded(3, "10");

        assertThat(of(new Rule.AllOf(List.of(percent(1), percent(2))))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AtLeast(2, List.of(percent(1), percent(2))))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AtLeast(2, List.of(percent(1), percent(2), percent(3)))))
                .isEqualTo(Closeness.STARTED);
    }

    @Test
    void oneOfSeveralThatIsMissingIsNearWhereTheRestIsThere() {
        learner.graded(1, "90").graded(2, "10").graded(3, "20");

        assertThat(of(new Rule.AllOf(List.of(percent(1), percent(2))))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AllOf(List.of(percent(1), percent(7))))).isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AtLeast(2, List.of(percent(1), percent(2), percent(3)))))
                .isEqualTo(Closeness.NEAR);
        assertThat(of(new Rule.AllOf(List.of(percent(1), percent(2), percent(3)))))
                .isEqualTo(Closeness.STARTED);
        assertThat(of(new Rule.AnyOf(List.of(percent(2), percent(3)))))
                .as("nothing of it is there")
                .isEqualTo(Closeness.STARTED);
    }

    private static Rule percent(long column) {
        return Score.atLeast(column, new BigDecimal(80), Rule.Unit.PERCENT);
    }

    private static Rule sum(int points) {
        return new Average(
                List.of(new Average.Item(1, BigDecimal.ONE), new Average.Item(2, BigDecimal.ONE)),
                new BigDecimal(points),
                Rule.Unit.POINTS,
                0,
                Terms.STANDARD);
    }

    private static Rule atLeast(String letter) {
        return new CourseTotal(CourseTotal.Which.CURRENT, null, letter, Terms.STANDARD);
    }

    private Closeness of(Rule rule) {
        return Closeness.of(rule, learner.evaluate(rule));
    }
}
