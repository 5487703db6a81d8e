package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.Evaluation.Verdict.MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.NOT_MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.UNDECIDED;
import static dev.laurel.criteria.rule.TestGrades.column;
import static dev.laurel.criteria.rule.TestGrades.graded;
import static dev.laurel.criteria.rule.TestGrades.observation;
import static dev.laurel.criteria.rule.TestGrades.percent;
import static dev.laurel.criteria.rule.TestGrades.points;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTests {

    @ParameterizedTest(name = "{0} of {1} at {2} {3}: {4}, {5} missing")
    @CsvSource(nullValues = "-", textBlock = """
            85,      100, 80,     PERCENT, MET,       0
            80,      100, 80,     PERCENT, MET,       0
            79,      100, 80,     PERCENT, NOT_MET,   1
            79.999,  100, 80,     PERCENT, NOT_MET,   0.001
            79.9999999, 100, 80,  PERCENT, NOT_MET,   0.0000001
            2,       3,   66.666667, PERCENT, NOT_MET, 0.00000001
            2,       3,   66.666666, PERCENT, MET,     0
            1,       3,   33.333333, PERCENT, MET,     0
            0,       100, 0.000001, PERCENT, NOT_MET, 0.000001
            120,     100, 100,    PERCENT, MET,       0
            -5,      100, 1,      PERCENT, NOT_MET,   6
            40,      50,  80,     PERCENT, MET,       0
            7.5,     10,  8,      POINTS,  NOT_MET,   0.5
            8.000000, 10, 8,      POINTS,  MET,       0
            12,      10,  11,     POINTS,  MET,       0
            5,       0,   5,      POINTS,  MET,       0
            5,       0,   80,     PERCENT, UNDECIDED, -
            5,       -1,  80,     PERCENT, UNDECIDED, -
            """)
    void aScoreIsComparedExactly(
            String score,
            String maximum,
            String threshold,
            Rule.Unit unit,
            Verdict verdict,
            @Nullable BigDecimal missing) {
        Rule rule = Score.atLeast(1, new BigDecimal(threshold), unit);
        Evaluation evaluation = TestGrades.evaluate(
                rule, Map.of(1L, column(1, "Essay", new BigDecimal(maximum))), Map.of(1L, graded(1, score, maximum)));

        assertThat(evaluation.verdict()).isEqualTo(verdict);
        assertThat(evaluation.lines()).hasSize(1);
        if (missing == null) {
            assertThat(line(evaluation).missing()).isNull();
            assertThat(line(evaluation).reason()).isEqualTo("no-maximum");
        } else {
            assertThat(line(evaluation).missing()).isEqualByComparingTo(missing);
        }
    }

    @Test
    void whatHasNotReachedTheThresholdNeverReadsAsIfItHad() {
        Line line = line(TestGrades.evaluate(
                percent(1, "80"), Map.of(1L, column(1)), Map.of(1L, graded(1, "79.999", "100.000000"))));

        assertThat(line.percent()).isEqualByComparingTo("79.99");
        assertThat(line.maximum()).hasToString("100");
        assertThat(line.thresholdPoints()).hasToString("80");
        assertThat(line.seenAt()).isEqualTo(TestGrades.SEEN);
        assertThat(line.seq()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}, score {1}, {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            GRADED,      95, UNKNOWN, ''
            GRADED,      95, POSTED,  ''
            GRADED,      95, HIDDEN,  hidden
            GRADED,      -,  UNKNOWN, no-score
            NONE,        -,  UNKNOWN, no-score
            NONE,        95, UNKNOWN, no-score
            SUBMITTED,   -,  UNKNOWN, submitted
            SUBMITTED,   95, POSTED,  submitted
            PROVISIONAL, 95, POSTED,  provisional
            EXCUSED,     95, POSTED,  excused
            EXCUSED,     -,  UNKNOWN, excused
            """)
    void onlyAScoreThatCountsDecides(Status status, @Nullable String score, Visibility visibility, String reason) {
        for (Rule rule : List.of(percent(1, "80"), points(1, "80"), percent(1, "99"))) {
            Evaluation evaluation = TestGrades.evaluate(
                    rule, Map.of(1L, column(1)), Map.of(1L, observation(1, status, score, "100", visibility)));

            assertThat(line(evaluation).reason()).isEqualTo(reason);
            if (reason.isEmpty()) {
                assertThat(evaluation.verdict()).isNotEqualTo(UNDECIDED);
            } else {
                assertThat(evaluation.verdict()).isEqualTo(UNDECIDED);
                assertThat(line(evaluation).value())
                        .as("what does not count is not shown")
                        .isNull();
                assertThat(line(evaluation).missing()).isNull();
            }
        }
    }

    @Test
    void aColumnThatCannotBeReadLeavesItOpenWhateverWasSeenBefore() {
        Map<Long, Observation> seen = Map.of(1L, graded(1, "95"));

        assertThat(reason(Map.of(1L, TestGrades.deleted(1)), seen)).isEqualTo("deleted-column");
        assertThat(reason(Map.of(), seen)).isEqualTo("deleted-column");
        assertThat(reason(Map.of(1L, TestGrades.output(1)), seen)).isEqualTo("own-column");
        assertThat(reason(Map.of(1L, TestGrades.unreadable(1)), seen)).isEqualTo("unreadable-column");
        assertThat(reason(Map.of(1L, column(1)), Map.of())).isEqualTo("no-score");
    }

    @Test
    void theMaximumOfTheResultGoesBeforeThatOfTheColumn() {
        Map<Long, LineItem> items = Map.of(1L, column(1, "Essay", new BigDecimal("50")));

        assertThat(TestGrades.evaluate(percent(1, "80"), items, Map.of(1L, graded(1, "45", "100")))
                        .verdict())
                .isEqualTo(NOT_MET);
        assertThat(TestGrades.evaluate(percent(1, "80"), items, Map.of(1L, graded(1, "45", null)))
                        .verdict())
                .isEqualTo(MET);
    }

    /** M met, N not met, U undecided: Kleene's strong three-valued logic. */
    @ParameterizedTest(name = "{0}: all {1}, any {2}, two of them {3}")
    @CsvSource(textBlock = """
            MMM, MET,       MET,       MET
            MMN, NOT_MET,   MET,       MET
            MMU, UNDECIDED, MET,       MET
            MNN, NOT_MET,   MET,       NOT_MET
            MNU, NOT_MET,   MET,       UNDECIDED
            MUU, UNDECIDED, MET,       UNDECIDED
            NNN, NOT_MET,   NOT_MET,   NOT_MET
            NNU, NOT_MET,   UNDECIDED, NOT_MET
            NUU, NOT_MET,   UNDECIDED, UNDECIDED
            UUU, UNDECIDED, UNDECIDED, UNDECIDED
            """)
    void combinatorsFollowTheTruthTable(String parts, Verdict all, Verdict any, Verdict two) {
        List<Rule> leaves = List.of(percent(1, "80"), percent(2, "80"), percent(3, "80"));
        for (String order : permutations(parts)) {
            Map<Long, LineItem> items = new HashMap<>();
            Map<Long, Observation> seen = new HashMap<>();
            for (int i = 0; i < order.length(); i++) {
                long item = i + 1L;
                items.put(item, column(item));
                if (order.charAt(i) != 'U') {
                    seen.put(item, graded(item, order.charAt(i) == 'M' ? "80" : "79"));
                }
            }
            assertThat(TestGrades.evaluate(new Rule.AllOf(leaves), items, seen).verdict())
                    .as("all of %s", order)
                    .isEqualTo(all);
            assertThat(TestGrades.evaluate(new Rule.AnyOf(leaves), items, seen).verdict())
                    .as("any of %s", order)
                    .isEqualTo(any);
            assertThat(TestGrades.evaluate(new Rule.AtLeast(2, leaves), items, seen)
                            .verdict())
                    .as("two of %s", order)
                    .isEqualTo(two);
            assertThat(TestGrades.evaluate(new Rule.AtLeast(1, leaves), items, seen)
                            .verdict())
                    .isEqualTo(any);
            assertThat(TestGrades.evaluate(new Rule.AtLeast(3, leaves), items, seen)
                            .verdict())
                    .isEqualTo(all);
        }
    }

    @Test
    void oneLinePerLeafInTheOrderOfTheRule() {
        Rule rule = new Rule.AllOf(
                List.of(percent(3, "80"), new Rule.AnyOf(List.of(points(1, "5"), percent(2, "50"))), percent(3, "90")));

        List<Line> lines = TestGrades.evaluate(rule, Map.of(3L, column(3)), Map.of(3L, graded(3, "85")))
                .lines();

        assertThat(lines).extracting(Line::lineItemId).containsExactly(3L, 1L, 2L, 3L);
        assertThat(lines).extracting(Line::verdict).containsExactly(MET, UNDECIDED, UNDECIDED, NOT_MET);
    }

    /** Pearson's Basic Professionalism badge: 80 % or higher on every one of five, and the near-miss beside it. */
    @Test
    void fourHundredsAndSeventyNinePointNineIsNotEightyOnEveryOne() {
        List<Rule> modules =
                List.of(percent(1, "80"), percent(2, "80"), percent(3, "80"), percent(4, "80"), percent(5, "80"));
        Map<Long, LineItem> items = new HashMap<>();
        Map<Long, Observation> seen = new HashMap<>();
        for (long item = 1; item <= 5; item++) {
            items.put(item, column(item));
            seen.put(item, graded(item, item == 5 ? "79.9" : "100"));
        }
        Evaluation nearMiss = TestGrades.evaluate(new Rule.AllOf(modules), items, seen);
        seen.put(5L, graded(5, "80"));
        Evaluation earned = TestGrades.evaluate(new Rule.AllOf(modules), items, seen);

        assertThat(nearMiss.verdict()).isEqualTo(NOT_MET);
        assertThat(nearMiss.lines().get(4).missing()).isEqualByComparingTo("0.1");
        assertThat(earned.verdict()).isEqualTo(MET);
    }

    private static List<String> permutations(String parts) {
        char a = parts.charAt(0);
        char b = parts.charAt(1);
        char c = parts.charAt(2);
        return List.of("" + a + b + c, "" + a + c + b, "" + b + a + c, "" + b + c + a, "" + c + a + b, "" + c + b + a);
    }

    private static String reason(Map<Long, LineItem> items, Map<Long, Observation> seen) {
        Evaluation evaluation = TestGrades.evaluate(percent(1, "80"), items, seen);
        assertThat(evaluation.verdict()).isEqualTo(UNDECIDED);
        return line(evaluation).reason();
    }

    private static Line line(Evaluation evaluation) {
        return evaluation.lines().get(0);
    }
}
