package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Observation.Grader;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is stored of an evaluation: text that stays the same where nothing changed, and reads back whole. */
class ExplanationJsonTests {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static final Instant LATER = Instant.parse("2026-01-03T12:00:00Z");

    private static final Line FULL = new Line(
            "average",
            7,
            "Essay, Quiz",
            new BigDecimal("80"),
            Unit.PERCENT,
            "B",
            new BigDecimal("85.5"),
            new BigDecimal("100"),
            new BigDecimal("85.5"),
            new BigDecimal("86"),
            "B+",
            new BigDecimal("81"),
            new BigDecimal("0"),
            "ags",
            Visibility.POSTED,
            12L,
            NOON,
            Grader.PERSON,
            Verdict.MET,
            "late",
            List.of(
                    new Part(
                            3,
                            "Essay",
                            new BigDecimal("9"),
                            new BigDecimal("10"),
                            Visibility.UNKNOWN,
                            LATER,
                            Verdict.MET,
                            ""),
                    new Part(4, "Quiz", null, null, null, null, Verdict.IGNORED, "excused")));

    private static final Line BARE = line(null, null, List.of());

    @Test
    void everythingIsWrittenInOneOrder() {
        assertThat(ExplanationJson.write(new Evaluation(Verdict.MET, List.of(FULL, BARE))))
                .isEqualTo("[{\"type\":\"average\",\"lineItem\":7,\"label\":\"Essay, Quiz\",\"atLeast\":80,"
                        + "\"unit\":\"percent\",\"letter\":\"B\",\"value\":85.5,\"maximum\":100,\"percent\":85.5,\"counted\":86,"
                        + "\"shown\":\"B+\",\"thresholdPoints\":81,\"missing\":0,\"source\":\"ags\","
                        + "\"visibility\":\"POSTED\",\"seq\":12,\"seenAt\":\"2026-01-02T12:00:00Z\",\"grader\":\"PERSON\","
                        + "\"verdict\":\"MET\",\"reason\":\"late\",\"parts\":["
                        + "{\"lineItem\":3,\"label\":\"Essay\",\"value\":9,\"maximum\":10,\"visibility\":\"UNKNOWN\","
                        + "\"seenAt\":\"2026-01-03T12:00:00Z\",\"verdict\":\"MET\"},"
                        + "{\"lineItem\":4,\"label\":\"Quiz\",\"verdict\":\"IGNORED\",\"reason\":\"excused\"}]},"
                        + "{\"type\":\"done\",\"lineItem\":0,\"label\":\"\",\"atLeast\":1,\"unit\":\"done\","
                        + "\"source\":\"\",\"verdict\":\"UNDECIDED\"}]");
    }

    @Test
    void whatIsWrittenReadsBack() {
        Evaluation evaluation = new Evaluation(Verdict.MET, List.of(FULL, BARE));

        assertThat(ExplanationJson.read(Verdict.MET, ExplanationJson.write(evaluation)))
                .isEqualTo(evaluation);
    }

    @Test
    void whatTheFirstVersionWroteReadsAsAScore() {
        Line line = ExplanationJson.read(
                        Verdict.NOT_MET, "[{\"unit\":\"points\",\"verdict\":\"NOT_MET\",\"missingPoints\":2}]")
                .lines()
                .get(0);

        assertThat(line.type()).isEqualTo("score");
        assertThat(line.missing()).isEqualByComparingTo("2");
        assertThat(line.threshold()).isZero();
        assertThat(line.seq()).isNull();
        assertThat(line.visibility()).isNull();
    }

    @Test
    void theLastResultCountsOfWhichNobodyKnowsWhetherItIsPosted() {
        assertThat(new Evaluation(Verdict.MET, List.of(FULL)).lastOfUnknownVisibility())
                .as("a part of it")
                .hasValue(LATER);
        assertThat(evaluation(line(Visibility.UNKNOWN, NOON, List.of())).lastOfUnknownVisibility())
                .hasValue(NOON);
        assertThat(evaluation(line(Visibility.POSTED, NOON, List.of())).lastOfUnknownVisibility())
                .isEmpty();
        assertThat(evaluation(BARE).lastOfUnknownVisibility()).isEmpty();
        assertThat(new Evaluation(Verdict.MET, List.of(FULL, line(Visibility.UNKNOWN, NOON, List.of())))
                        .lastOfUnknownVisibility())
                .hasValue(LATER);
    }

    @Test
    void partsOfGroupsAndAveragesSayWhetherTheyArePosted() {
        TestLearner learner = new TestLearner(
                        CourseFacts.ofColumns(java.util.Map.of(1L, TestGrades.column(1), 2L, TestGrades.column(2))))
                .seen(TestGrades.graded(1, "90"));
        Average average = new Average(
                List.of(new Average.Item(1, BigDecimal.ONE), new Average.Item(2, BigDecimal.ONE)),
                BigDecimal.TEN,
                Rule.Unit.PERCENT,
                0,
                Terms.STANDARD);

        assertThat(average.line(learner).parts())
                .extracting(Part::visibility, Part::seenAt)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Visibility.UNKNOWN, TestGrades.SEEN),
                        org.assertj.core.groups.Tuple.tuple(null, null));
    }

    private static Evaluation evaluation(Line line) {
        return new Evaluation(Verdict.MET, List.of(line));
    }

    private static Line line(@Nullable Visibility visibility, @Nullable Instant seenAt, List<Part> parts) {
        return new Line(
                "done",
                0,
                "",
                BigDecimal.ONE,
                Unit.DONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "",
                visibility,
                null,
                seenAt,
                null,
                Verdict.UNDECIDED,
                "",
                parts);
    }
}
