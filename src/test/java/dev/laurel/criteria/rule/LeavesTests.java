package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.Evaluation.Verdict.IGNORED;
import static dev.laurel.criteria.rule.Evaluation.Verdict.MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.NOT_MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table: what each kind of leaf says of every state that a result can be in. */
class LeavesTests {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final Instant NOON = Instant.parse("2026-03-02T17:00:00Z");

    private final Map<Long, LineItem> items = new HashMap<>();

    private @Nullable GradingScheme scheme;

    private boolean ownColumnInTotal;

    private Map<Long, String> badges = Map.of();

    private Map<String, String> sections = Map.of();

    private long seq;

    @ParameterizedTest(name = "{0}, visibility {1}, late {2}, under excused {3}, missing {4}, late {5}: {6} {7}")
    @CsvSource(nullValues = "-", textBlock = """
            GRADED,      POSTED,  -,     IGNORED, WAITS,   COUNTS,         MET,       ''
            GRADED,      UNKNOWN, -,     IGNORED, WAITS,   COUNTS,         MET,       ''
            GRADED,      HIDDEN,  -,     MET,     NOT_MET, COUNTS,         UNDECIDED, hidden
            GRADED,      POSTED,  true,  IGNORED, WAITS,   COUNTS,         MET,       ''
            GRADED,      POSTED,  true,  IGNORED, WAITS,   DOES_NOT_COUNT, NOT_MET,   late
            GRADED,      POSTED,  false, IGNORED, WAITS,   DOES_NOT_COUNT, MET,       ''
            GRADED,      POSTED,  -,     IGNORED, WAITS,   DOES_NOT_COUNT, UNDECIDED, late-unknown
            PROVISIONAL, POSTED,  -,     MET,     NOT_MET, COUNTS,         UNDECIDED, provisional
            SUBMITTED,   POSTED,  -,     MET,     NOT_MET, COUNTS,         UNDECIDED, submitted
            EXCUSED,     POSTED,  -,     IGNORED, WAITS,   COUNTS,         IGNORED,   excused
            EXCUSED,     POSTED,  -,     MET,     WAITS,   COUNTS,         MET,       excused
            EXCUSED,     POSTED,  -,     NOT_MET, WAITS,   COUNTS,         NOT_MET,   excused
            EXCUSED,     POSTED,  -,     WAITS,   WAITS,   COUNTS,         UNDECIDED, excused
            EXCUSED,     HIDDEN,  -,     IGNORED, WAITS,   COUNTS,         UNDECIDED, hidden
            EXCUSED,     HIDDEN,  -,     MET,     WAITS,   COUNTS,         UNDECIDED, hidden
            EXCUSED,     UNKNOWN, -,     IGNORED, WAITS,   COUNTS,         IGNORED,   excused
            NONE,        POSTED,  -,     IGNORED, WAITS,   COUNTS,         UNDECIDED, no-score
            NONE,        POSTED,  -,     IGNORED, NOT_MET, COUNTS,         NOT_MET,   no-score
            """)
    void aScoreInEveryState(
            Status status,
            Visibility visibility,
            @Nullable Boolean late,
            Terms.Excused excused,
            Terms.Missing missing,
            Terms.Late lateTerms,
            Verdict verdict,
            String reason) {
        column(1, Kind.SCORE, null, "100");
        Score leaf = new Score(
                1,
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                Score.Take.LATEST,
                Period.ALWAYS,
                new Terms(excused, missing, lateTerms, null));

        Line line = leaf.line(learner().seen(seen(1, status, "90", null, visibility, late, NOON)));

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.reason()).isEqualTo(reason);
        assertThat(line.value() == null).as("only what counts is shown").isEqualTo(!reason.isEmpty());
    }

    @Test
    void whatCannotBeReadDecidesNothingWhateverWasReadLast() {
        column(1, Kind.SCORE, null, "100");
        Terms strict = new Terms(Terms.Excused.MET, Terms.Missing.NOT_MET, Terms.Late.COUNTS, null);
        TestLearner once = learner().seen(graded(1, "90"), unreadable("90"));

        for (Score.Take take : Score.Take.values()) {
            Line line = score(1, "80", take, Period.ALWAYS, strict).line(once);
            assertThat(line.verdict()).isEqualTo(UNDECIDED);
            assertThat(line.reason()).isEqualTo("unreadable");
            assertThat(line.value()).as("read last").isEqualByComparingTo("90");
            assertThat(line.missing()).isNull();
        }
        Line never = score(1, "80", Score.Take.LATEST, Period.ALWAYS, strict)
                .line(learner().seen(unreadable(null)));
        assertThat(never.verdict()).isEqualTo(UNDECIDED);
        assertThat(never.value()).isNull();
        assertThat(new Submission(1, Period.ALWAYS, strict)
                        .line(learner().seen(unreadable(null)))
                        .verdict())
                .isEqualTo(UNDECIDED);
    }

    private Observation unreadable(@Nullable String last) {
        return seen(1, Status.UNREADABLE, last, null, Visibility.POSTED, null, NOON);
    }

    @ParameterizedTest(name = "{0} of 100, rounded to {1} decimals, at {2}: {3}, {4} missing")
    @CsvSource(nullValues = "-", textBlock = """
            79.6,  -, 80,   NOT_MET, 0.4
            79.6,  0, 80,   MET,     0
            79.5,  0, 80,   MET,     0
            79.49, 0, 80,   NOT_MET, 0.01
            79.96, 1, 80,   MET,     0
            79.94, 1, 80,   NOT_MET, 0.01
            79.95, 1, 80,   MET,     0
            """)
    void aScoreIsRoundedAsTheLmsDisplaysItOnlyWhereTheRuleSaysSo(
            String score, @Nullable Integer decimals, String threshold, Verdict verdict, BigDecimal missing) {
        column(1, Kind.SCORE, null, "100");
        Terms terms = new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.COUNTS, decimals);

        Line line = score(1, threshold, Score.Take.LATEST, Period.ALWAYS, terms)
                .line(learner().seen(graded(1, score)));

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.missing()).isEqualByComparingTo(missing);
        assertThat(line.value()).as("the number in the LMS").isEqualByComparingTo(score);
    }

    @ParameterizedTest(name = "{0} of {1}, rounded to {2} decimals: counted as {3}")
    @CsvSource(nullValues = "-", textBlock = """
            79.6,  100, -, -
            79.6,  100, 0, 80
            79.49, 100, 0, 79
            2,     3,   1, 66.7
            2,     3,   4, 66.6667
            """)
    void theNumberThatIsComparedStandsBesideTheNumberInTheLms(
            String score, String maximum, @Nullable Integer decimals, @Nullable BigDecimal counted) {
        column(1, Kind.SCORE, null, maximum);
        Terms terms = new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.COUNTS, decimals);

        Line percent = score(1, "80", Score.Take.LATEST, Period.ALWAYS, terms)
                .line(learner().seen(graded(1, score, maximum)));
        Line points = new Score(1, BigDecimal.ONE, Rule.Unit.POINTS, Score.Take.LATEST, Period.ALWAYS, terms)
                .line(learner().seen(graded(1, "1.4", maximum)));

        assertThat(percent.value()).isEqualByComparingTo(score);
        assertThat(percent.counted()).usingComparator(LeavesTests::compared).isEqualTo(counted);
        assertThat(points.counted() == null).isEqualTo(decimals == null);
        assertThat(ExplanationJson.read(
                                percent.verdict(),
                                ExplanationJson.write(new Evaluation(percent.verdict(), List.of(percent))))
                        .lines())
                .containsExactly(percent);
    }

    private static int compared(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? (one == other ? 0 : 1) : one.compareTo(other);
    }

    @Test
    void aFirstResultThatIsNotEnoughStaysSo() {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner().seen(graded(1, "70"), graded(1, "95"));

        assertThat(score(1, "80", Score.Take.FIRST, Period.ALWAYS, Terms.STANDARD)
                        .line(learner))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(NOT_MET))
                .satisfies(line -> assertThat(line.reason()).isEqualTo("first"));
        assertThat(score(1, "70", Score.Take.FIRST, Period.ALWAYS, Terms.STANDARD)
                        .line(learner))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(MET))
                .satisfies(line -> assertThat(line.reason()).isEmpty());
    }

    @ParameterizedTest(name = "from {0} until {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            -,          2026-03-02, MET
            2026-03-03, 2026-03-07, UNDECIDED
            2026-03-05, 2026-03-05, UNDECIDED
            2026-03-08, -,          MET
            """)
    void theDayOfHandingInIsNotTheDayOfItsGrade(@Nullable LocalDate from, @Nullable LocalDate until, Verdict verdict) {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner()
                .seen(
                        seen(1, Status.SUBMITTED, null, null, Visibility.POSTED, null, NOON),
                        seen(1, Status.GRADED, "50", null, Visibility.POSTED, null, onDay(5)),
                        seen(1, Status.GRADED, "60", null, Visibility.POSTED, null, onDay(6)),
                        seen(1, Status.SUBMITTED, null, null, Visibility.POSTED, null, onDay(8)),
                        seen(1, Status.PROVISIONAL, "60", null, Visibility.POSTED, null, onDay(9)));

        assertThat(new Submission(1, new Period(from, until), Terms.STANDARD)
                        .line(learner)
                        .verdict())
                .isEqualTo(verdict);
    }

    private static Instant onDay(int day) {
        return Instant.parse("2026-03-0" + day + "T17:00:00Z");
    }

    /** New York changes its clocks on 8 March and 1 November 2026: days of 23 and of 25 hours. */
    @ParameterizedTest(name = "{0} in {1} is on {2}")
    @CsvSource(textBlock = """
            2026-03-08T04:59:59Z, America/New_York,    2026-03-07
            2026-03-08T05:00:00Z, America/New_York,    2026-03-08
            2026-03-09T03:59:59Z, America/New_York,    2026-03-08
            2026-03-09T04:00:00Z, America/New_York,    2026-03-09
            2026-11-01T04:00:00Z, America/New_York,    2026-11-01
            2026-11-02T04:59:59Z, America/New_York,    2026-11-01
            2026-11-02T05:00:00Z, America/New_York,    2026-11-02
            2026-03-28T23:00:00Z, Europe/Berlin,       2026-03-29
            2026-03-29T21:59:59Z, Europe/Berlin,       2026-03-29
            2018-11-04T02:59:59Z, America/Sao_Paulo,   2018-11-03
            2018-11-04T03:00:00Z, America/Sao_Paulo,   2018-11-04
            2026-06-01T10:29:59Z, Australia/Lord_Howe, 2026-06-01
            2026-06-01T13:30:00Z, Australia/Lord_Howe, 2026-06-02
            2026-06-01T10:00:00Z, Pacific/Kiritimati,  2026-06-02
            """)
    void aDayIsThatOfTheCourseAlsoWhenItsClocksChange(Instant at, ZoneId zone, LocalDate day) {
        column(1, Kind.SCORE, null, "100");
        CourseFacts there = new CourseFacts(items, badges, sections, scheme, zone, false);
        Observation seen = seen(1, Status.GRADED, "90", null, Visibility.POSTED, null, at);

        assertThat(List.of(-1, 0, 1))
                .filteredOn(away -> {
                    LocalDate other = day.plusDays(away);
                    return score(1, "80", Score.Take.LATEST, new Period(other, other), Terms.STANDARD)
                                    .line(new TestLearner(there).seen(seen))
                                    .verdict()
                            == MET;
                })
                .containsExactly(0);
    }

    @Test
    void whatIsNotGradedYetIsNotCalledLeftOut() {
        column(1, Kind.SCORE, null, "100");
        column(2, Kind.SCORE, null, "100");
        column(3, Kind.SCORE, null, "100");
        Average average = new Average(
                List.of(
                        new Average.Item(1, BigDecimal.ONE),
                        new Average.Item(2, BigDecimal.ONE),
                        new Average.Item(3, BigDecimal.ONE)),
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                1,
                Terms.STANDARD);

        Line line = average.line(learner()
                .seen(
                        graded(1, "70"),
                        graded(2, "75"),
                        seen(3, Status.GRADED, "99", null, Visibility.HIDDEN, null, NOON)));

        assertThat(line.verdict()).isEqualTo(UNDECIDED);
        assertThat(line.parts()).extracting(Evaluation.Part::reason).containsExactly("", "", "hidden");
        assertThat(line.parts().get(2).value()).isNull();
    }

    /** The sentence asks for a section and for something in it; being excused from that leaves nothing earned. */
    @ParameterizedTest(name = "in the section {0}, the essay {1}: all {2}, any {3}")
    @CsvSource(textBlock = """
            true,  EXCUSED, UNDECIDED, MET
            false, EXCUSED, NOT_MET,   NOT_MET
            true,  GRADED,  MET,       MET
            false, GRADED,  NOT_MET,   MET
            """)
    void beingInTheAudienceIsNothingEarned(boolean inside, Status essay, Verdict all, Verdict any) {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner().seen(seen(1, essay, "90", null, Visibility.POSTED, null, NOON));
        if (inside) {
            learner.in("7");
        }
        List<Rule> parts = List.of(new InGroup(List.of("7")), TestGrades.percent(1, "80"));

        assertThat(Evaluator.evaluate(new Rule.AllOf(parts), learner).verdict()).isEqualTo(all);
        assertThat(Evaluator.evaluate(new Rule.AnyOf(parts), learner).verdict()).isEqualTo(any);
        Rule oneOfTheSections =
                new Rule.AnyOf(List.of(new InGroup(List.of("7")), new Rule.AllOf(List.of(new InGroup(List.of("8"))))));
        assertThat(Evaluator.evaluate(new Rule.AllOf(List.of(oneOfTheSections, parts.get(1))), learner)
                        .verdict())
                .as("the sections in a part of their own")
                .isEqualTo(all);
        assertThat(Evaluator.evaluate(new Rule.AllOf(List.of(parts.get(0))), learner)
                        .verdict())
                .as("a badge for a section alone")
                .isEqualTo(inside ? MET : NOT_MET);
    }

    @Test
    void aGroupThatBecameTooSmallIsWarnedOf() {
        column(1, Kind.SCORE, "Quizzes", "100");
        CountInGroup two = new CountInGroup("Quizzes", 2, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD);

        assertThat(two.warnings(course()))
                .extracting(Rule.Warning::messageKey)
                .containsExactly("rule.warning.small-group");
        column(2, Kind.SCORE, "Quizzes", "100");
        assertThat(two.warnings(course())).isEmpty();
    }

    @Test
    void bestFirstAndLatestAreThreeDifferentThings() {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner().seen(graded(1, "70"), graded(1, "95"), graded(1, "60"));

        assertThat(take(Score.Take.LATEST, learner)).isEqualByComparingTo("60");
        assertThat(take(Score.Take.BEST, learner)).isEqualByComparingTo("95");
        assertThat(take(Score.Take.FIRST, learner)).isEqualByComparingTo("70");
    }

    @Test
    void aGradeThatWasTakenBackTakesTheOlderOnesWithIt() {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner()
                .seen(
                        graded(1, "95"),
                        seen(1, Status.NONE, null, null, Visibility.UNKNOWN, null, NOON),
                        graded(1, "60"));

        assertThat(take(Score.Take.BEST, learner)).isEqualByComparingTo("60");
    }

    @Test
    void aHiddenRegradeWaitsHoweverGoodTheOlderResultWas() {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner =
                learner().seen(graded(1, "95"), seen(1, Status.GRADED, "40", null, Visibility.HIDDEN, null, NOON));

        Line line =
                score(1, "80", Score.Take.BEST, Period.ALWAYS, Terms.STANDARD).line(learner);

        assertThat(line.verdict()).isEqualTo(UNDECIDED);
        assertThat(line.reason()).isEqualTo("hidden");
        assertThat(line.value()).isNull();
    }

    /** 23:30 in New York is the next day in UTC. */
    @ParameterizedTest(name = "from {0} until {1}, at {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            -,          2026-03-02, 2026-03-03T04:30:00Z, MET
            -,          2026-03-01, 2026-03-03T04:30:00Z, UNDECIDED
            2026-03-03, -,          2026-03-03T04:30:00Z, UNDECIDED
            2026-03-02, 2026-03-02, 2026-03-02T05:00:00Z, MET
            2026-03-02, 2026-03-02, 2026-03-02T04:59:59Z, UNDECIDED
            """)
    void daysAreThoseOfTheCourse(@Nullable LocalDate from, @Nullable LocalDate until, Instant at, Verdict verdict) {
        column(1, Kind.SCORE, null, "100");
        Score leaf = score(1, "80", Score.Take.LATEST, new Period(from, until), Terms.STANDARD);

        assertThat(leaf.line(learner().seen(seen(1, Status.GRADED, "90", null, Visibility.POSTED, null, at)))
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} and {1} and {2}, without the lowest {3}: {4} ({5})")
    @CsvSource(nullValues = "-", textBlock = """
            80, 80, 80, 0, MET,       80
            80, 80, 79, 0, NOT_MET,   79.66
            50, 80, 80, 1, MET,       80
            E,  80, 80, 0, MET,       80
            E,  E,  E,  0, IGNORED,   -
            -,  80, 80, 0, UNDECIDED, 80
            -,  80, 80, 1, MET,       80
            -,  -,  80, 1, UNDECIDED, 80
            130, 130, -, 0, MET,      86.66
            """)
    void anAverageLeavesOutWhatIsExcusedAndTheLowest(
            @Nullable String first,
            @Nullable String second,
            @Nullable String third,
            int drop,
            Verdict verdict,
            @Nullable BigDecimal percent) {
        TestLearner learner = learner();
        List<Average.Item> of = new ArrayList<>();
        String[] scores = {first, second, third};
        for (int i = 0; i < 3; i++) {
            column(i + 1, Kind.SCORE, null, "100");
            of.add(new Average.Item(i + 1, BigDecimal.ONE));
            if ("E".equals(scores[i])) {
                learner.seen(seen(i + 1, Status.EXCUSED, null, null, Visibility.POSTED, null, NOON));
            } else if (scores[i] != null) {
                learner.seen(graded(i + 1, scores[i]));
            }
        }

        Line line = new Average(of, new BigDecimal("80"), Rule.Unit.PERCENT, drop, Terms.STANDARD).line(learner);

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.parts()).hasSize(3);
        if (percent == null) {
            assertThat(line.percent()).isNull();
        } else {
            assertThat(line.percent()).isEqualByComparingTo(percent);
        }
    }

    @Test
    void anAverageIsExactWhereDecimalsAreNot() {
        List<Average.Item> thirds = new ArrayList<>();
        TestLearner learner = learner();
        for (long id = 1; id <= 3; id++) {
            column(id, Kind.SCORE, null, "3");
            thirds.add(new Average.Item(id, BigDecimal.ONE));
            learner.seen(graded(id, "2", "3"));
        }

        Line twoThirds =
                new Average(thirds, new BigDecimal("66.666667"), Rule.Unit.PERCENT, 0, Terms.STANDARD).line(learner);
        Line notQuite =
                new Average(thirds, new BigDecimal("66.666666"), Rule.Unit.PERCENT, 0, Terms.STANDARD).line(learner);

        assertThat(twoThirds.verdict()).isEqualTo(NOT_MET);
        assertThat(notQuite.verdict()).isEqualTo(MET);
    }

    @Test
    void weightsCount() {
        column(1, Kind.SCORE, null, "100");
        column(2, Kind.SCORE, null, "10");
        TestLearner learner = learner().seen(graded(1, "90"), graded(2, "5", "10"));
        List<Average.Item> weighted =
                List.of(new Average.Item(1, new BigDecimal("3")), new Average.Item(2, BigDecimal.ONE));

        assertThat(new Average(weighted, new BigDecimal("80"), Rule.Unit.PERCENT, 0, Terms.STANDARD).line(learner))
                .satisfies(line -> assertThat(line.percent()).isEqualByComparingTo("80"))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(MET));
        assertThat(new Average(weighted, new BigDecimal("276"), Rule.Unit.POINTS, 0, Terms.STANDARD).line(learner))
                .satisfies(line -> assertThat(line.value()).isEqualByComparingTo("275"))
                .satisfies(line -> assertThat(line.missing()).isEqualByComparingTo("1"));
    }

    @Test
    void aHigherScoreCostsNothingWhereTheLowestIsLeftOutAndWeightsDiffer() {
        column(1, Kind.SCORE, null, "100");
        column(2, Kind.SCORE, null, "100");
        column(3, Kind.SCORE, null, "100");
        List<Average.Item> weighted = List.of(
                new Average.Item(1, BigDecimal.TEN),
                new Average.Item(2, BigDecimal.ONE),
                new Average.Item(3, BigDecimal.ONE));
        Average average = new Average(weighted, new BigDecimal("57"), Rule.Unit.PERCENT, 1, Terms.STANDARD);
        Average sum = new Average(weighted, new BigDecimal("550"), Rule.Unit.POINTS, 1, Terms.STANDARD);

        Line before = average.line(learner().seen(graded(1, "50"), graded(2, "60"), graded(3, "55")));
        Line after = average.line(learner().seen(graded(1, "56"), graded(2, "60"), graded(3, "55")));

        assertThat(before.value()).isEqualByComparingTo("57.5");
        assertThat(after.value()).isEqualByComparingTo("57.5");
        assertThat(after.parts()).extracting(Evaluation.Part::reason).containsExactly("dropped", "", "");
        assertThat(sum.line(learner().seen(graded(1, "50"), graded(2, "60"), graded(3, "55")))
                        .value())
                .as("left out is what adds least")
                .isEqualByComparingTo("560");
    }

    @Test
    void aLetterWithoutPointsIsNoPartOfAnAverage() {
        column(1, Kind.SCORE, null, "100");
        column(2, Kind.SCORE, null, "100");
        Line line = new Average(
                        List.of(new Average.Item(1, BigDecimal.ONE), new Average.Item(2, BigDecimal.ONE)),
                        new BigDecimal("80"),
                        Rule.Unit.PERCENT,
                        0,
                        Terms.STANDARD)
                .line(learner()
                        .seen(graded(1, "90"), seen(2, Status.GRADED, null, "A", Visibility.POSTED, null, NOON)));

        assertThat(line.verdict()).isEqualTo(UNDECIDED);
        assertThat(line.reason()).isEqualTo("no-points");
    }

    @Test
    void theBestIsTheOneThatIsNearestToWhatIsAskedFor() {
        column(1, Kind.SCORE, null, "100");
        TestLearner learner = learner().seen(graded(1, "8", "20"), graded(1, "5", "10"));

        assertThat(new Score(1, new BigDecimal("8"), Rule.Unit.POINTS, Score.Take.BEST, Period.ALWAYS, Terms.STANDARD)
                        .line(learner)
                        .value())
                .as("8 of 20 are more points")
                .isEqualByComparingTo("8");
        assertThat(score(1, "50", Score.Take.BEST, Period.ALWAYS, Terms.STANDARD)
                        .line(learner)
                        .value())
                .as("5 of 10 are a greater share")
                .isEqualByComparingTo("5");
    }

    @Test
    void whoIsBelowEveryLetterHasNoneAndWhatIsDoneByLetterOnlyWaits() {
        column(1, Kind.TOTAL_CURRENT, null, "100");
        column(2, Kind.COMPLETION, null, "1");
        scheme = scheme("A", "90", "C", "60");
        CourseTotal total = new CourseTotal(CourseTotal.Which.CURRENT, null, "C", Terms.STANDARD);

        assertThat(total.line(learner().seen(graded(1, "59"))).verdict()).isEqualTo(NOT_MET);
        assertThat(total.line(learner().seen(graded(1, "60")))).satisfies(line -> {
            assertThat(line.verdict()).isEqualTo(MET);
            assertThat(line.shown()).isEqualTo("C");
        });
        assertThat(new Done(Done.What.COMPLETION, 2, Period.ALWAYS, Terms.STANDARD)
                        .line(learner().seen(seen(2, Status.GRADED, null, "A", Visibility.POSTED, null, NOON)))
                        .reason())
                .isEqualTo("no-points");
    }

    @Test
    void nothingOutOfNothingIsNotDone() {
        column(1, Kind.COMPLETION, null, "0");
        Done leaf = new Done(Done.What.COMPLETION, 1, Period.ALWAYS, Terms.STANDARD);

        assertThat(leaf.line(learner().seen(graded(1, "0", "0"))).verdict()).isEqualTo(NOT_MET);
        assertThat(leaf.line(learner().seen(graded(1, "1", "0"))).verdict()).isEqualTo(MET);
    }

    @Test
    void aGroupIsWhatTheLmsFilesTogetherNow() {
        CountInGroup leaf = new CountInGroup("Quizzes", 2, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD);
        column(1, Kind.SCORE, "Quizzes", "100");
        column(2, Kind.SCORE, "Quizzes", "100");
        column(3, Kind.SCORE, "Essays", "100");
        TestLearner learner = learner().seen(graded(1, "60"), graded(2, "59"), graded(3, "100"));

        assertThat(leaf.line(learner).verdict()).isEqualTo(NOT_MET);
        assertThat(leaf.line(learner).missing()).isEqualByComparingTo("1");
        column(4, Kind.SCORE, "Quizzes", "100");
        assertThat(leaf.line(learner).verdict()).isEqualTo(UNDECIDED);
        assertThat(leaf.line(learner.seen(graded(4, "61"))).verdict()).isEqualTo(MET);
        assertThat(leaf.looksAt(course())).containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void excusesLowerWhatIsAskedOfAGroupOnlyWhereTooFewAreLeft() {
        CountInGroup leaf = new CountInGroup("Quizzes", 2, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD);
        column(1, Kind.SCORE, "Quizzes", "100");
        column(2, Kind.SCORE, "Quizzes", "100");
        Observation excused = seen(2, Status.EXCUSED, null, null, Visibility.POSTED, null, NOON);

        assertThat(leaf.line(learner().seen(graded(1, "60"), excused)).verdict())
                .isEqualTo(MET);
        column(3, Kind.SCORE, "Quizzes", "100");
        assertThat(leaf.line(learner().seen(graded(1, "60"), excused, graded(3, "10")))
                        .verdict())
                .isEqualTo(NOT_MET);
    }

    @Test
    void anExcuseAsksNoLessOfAGroupThatIsStillTooSmall() {
        column(1, Kind.SCORE, "Quizzes", "100");
        column(2, Kind.SCORE, "Quizzes", "100");
        column(3, Kind.ATTENDANCE, "Workshops", "1");
        Observation excused = seen(2, Status.EXCUSED, null, null, Visibility.POSTED, null, NOON);
        Observation away = seen(3, Status.EXCUSED, null, null, Visibility.POSTED, null, NOON);

        assertThat(new CountInGroup("Quizzes", 10, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD)
                        .line(learner().seen(graded(1, "60"), excused)))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(NOT_MET))
                .satisfies(line -> assertThat(line.missing()).isEqualByComparingTo("9"));
        assertThat(new Attendance("Workshops", 3, Terms.STANDARD)
                        .line(learner().seen(away))
                        .verdict())
                .as("excused from all that there was so far")
                .isEqualTo(NOT_MET);
        assertThat(new Attendance("Workshops", 1, Terms.STANDARD)
                        .line(learner().seen(away))
                        .verdict())
                .as("excused from all that is asked for")
                .isEqualTo(IGNORED);
    }

    @ParameterizedTest(name = "{0} where {1} is asked: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            B,  B, MET,       ''
            A,  B, MET,       ''
            B-, B, NOT_MET,   ''
            F,  B, NOT_MET,   ''
            E,  B, UNDECIDED, no-scheme
            B,  E, UNDECIDED, no-scheme
            """)
    void lettersAreOrderedByTheSchemeOfTheCourse(String has, String asked, Verdict verdict, String reason) {
        scheme = scheme("A", "90", "B", "80", "B-", "75", "F", "0");
        column(9, Kind.TOTAL_CURRENT, null, "100");
        TestLearner learner = learner().seen(seen(9, Status.GRADED, null, has, Visibility.POSTED, null, NOON));

        Line line = new CourseTotal(CourseTotal.Which.CURRENT, null, asked, Terms.STANDARD).line(learner);

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.reason()).isEqualTo(reason);
        assertThat(line.shown()).isEqualTo(asked.equals("E") ? null : has);
    }

    @Test
    void aPercentageWithoutALetterGetsThatOfTheScheme() {
        scheme = scheme("A", "90", "B", "80", "F", "0");
        column(9, Kind.TOTAL_FINAL, null, "100");
        CourseTotal atLeastB = new CourseTotal(CourseTotal.Which.FINAL, null, "B", Terms.STANDARD);

        assertThat(atLeastB.line(learner().seen(graded(9, "80"))).verdict()).isEqualTo(MET);
        assertThat(atLeastB.line(learner().seen(graded(9, "79.99"))))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(NOT_MET))
                .satisfies(line -> assertThat(line.shown()).isEqualTo("F"));
    }

    @Test
    void aTotalThatCountsWhatLaurelWritesNeverDecides() {
        ownColumnInTotal = true;
        column(9, Kind.TOTAL_CURRENT, null, "100");
        CourseTotal leaf = new CourseTotal(CourseTotal.Which.CURRENT, new BigDecimal("80"), null, Terms.STANDARD);

        assertThat(leaf.line(learner().seen(graded(9, "99"))).reason()).isEqualTo("own-column-in-total");
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> leaf.check(course(), "/rule"))
                .withMessage("rule.bad.own-column-in-total");
    }

    @Test
    void aTotalOfAPartIsAskedForLikeAScoreAndNeverDecidesWhereItMayCountWhatLaurelWrites() {
        column(9, Kind.SUBTOTAL, null, "100");
        column(10, Kind.SCORE, null, "100");
        Score leaf = Score.atLeast(9, new BigDecimal("80"), Rule.Unit.PERCENT);
        Average both = new Average(
                List.of(new Average.Item(9, BigDecimal.ONE), new Average.Item(10, BigDecimal.ONE)),
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                0,
                Terms.STANDARD);

        leaf.check(course(), "/rule");
        both.check(course(), "/rule");
        assertThat(leaf.line(learner().seen(graded(9, "80"))).verdict()).isEqualTo(MET);

        ownColumnInTotal = true;
        for (Rule.Leaf each : List.of(leaf, both)) {
            assertThatExceptionOfType(BadRuleException.class)
                    .isThrownBy(() -> each.check(course(), "/rule"))
                    .withMessage("rule.bad.own-column-in-total");
            assertThat(each.line(learner().seen(graded(9, "99"), graded(10, "99")))
                            .verdict())
                    .isEqualTo(UNDECIDED);
            assertThat(each.warnings(course()))
                    .extracting(Rule.Warning::messageKey)
                    .containsExactly("rule.warning.own-column-in-total");
        }
        assertThat(leaf.line(learner().seen(graded(9, "99"))).reason()).isEqualTo("own-column-in-total");
    }

    @Test
    void totalsAreNotMixedUp() {
        column(8, Kind.TOTAL_FINAL, null, "100");
        column(9, Kind.TOTAL_CURRENT, null, "100");
        TestLearner learner = learner().seen(graded(8, "40"), graded(9, "95"));

        assertThat(new CourseTotal(CourseTotal.Which.CURRENT, new BigDecimal("80"), null, Terms.STANDARD)
                        .line(learner)
                        .verdict())
                .isEqualTo(MET);
        assertThat(new CourseTotal(CourseTotal.Which.FINAL, new BigDecimal("80"), null, Terms.STANDARD)
                        .line(learner)
                        .verdict())
                .isEqualTo(NOT_MET);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            GRADED,    1, MET
            GRADED,    0, NOT_MET
            SUBMITTED, -, UNDECIDED
            NONE,      -, UNDECIDED
            EXCUSED,   -, IGNORED
            """)
    void whatIsDoneIsDone(Status status, @Nullable String score, Verdict verdict) {
        column(1, Kind.COMPLETION, null, "1");
        column(2, Kind.EVIDENCE, null, "1");
        column(3, Kind.CONFIRMATION, null, "1");
        List<Rule.Leaf> leaves = List.of(
                new Done(Done.What.COMPLETION, 1, Period.ALWAYS, Terms.STANDARD),
                new Done(Done.What.EVIDENCE, 2, Period.ALWAYS, Terms.STANDARD),
                new Done(Done.What.CONFIRMATION, 3, Period.ALWAYS, Terms.STANDARD));

        for (Rule.Leaf leaf : leaves) {
            long item = leaf.lineItemIds().iterator().next();
            Observation seen = new Observation(
                    ++seq,
                    1,
                    7,
                    item,
                    "manual",
                    status,
                    decimal(score),
                    BigDecimal.ONE,
                    null,
                    Visibility.POSTED,
                    null,
                    "manual",
                    NOON,
                    NOON,
                    Reference.next(),
                    Observation.Work.UNTOLD);
            assertThat(leaf.line(learner().seen(seen)).verdict()).as("%s", leaf).isEqualTo(verdict);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"NONE, UNDECIDED", "SUBMITTED, MET", "PROVISIONAL, MET", "GRADED, MET", "EXCUSED, UNDECIDED"})
    void workIsHandedInWhateverBecomesOfItsGrade(Status status, Verdict verdict) {
        column(1, Kind.SCORE, null, "100");
        Submission leaf = new Submission(1, Period.ALWAYS, Terms.STANDARD);

        assertThat(leaf.line(learner().seen(seen(1, status, null, null, Visibility.HIDDEN, null, NOON)))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aGradeOfZeroAloneIsNoWork() {
        column(1, Kind.SCORE, null, "100");
        Submission leaf = new Submission(1, Period.ALWAYS, Terms.STANDARD);
        Observation missing = seen(1, Status.GRADED, "0", null, Visibility.POSTED, null, NOON);
        Observation onPaper = seen(1, Status.GRADED, "3", null, Visibility.POSTED, null, NOON);
        Observation handedIn = seen(1, Status.SUBMITTED, null, null, Visibility.POSTED, null, NOON);
        Observation failed = seen(1, Status.GRADED, "0", null, Visibility.POSTED, null, NOON);

        assertThat(leaf.line(learner().seen(missing)).verdict())
                .as("a teacher, or a policy for missing work, typed it")
                .isEqualTo(UNDECIDED);
        assertThat(leaf.line(learner().seen(onPaper)).verdict()).isEqualTo(MET);
        assertThat(leaf.line(learner().seen(handedIn, failed)).verdict())
                .as("worth nothing, but handed in")
                .isEqualTo(MET);
    }

    @Test
    void anOutcomeIsMasteredAsTheLmsHasItOrReachesALevel() {
        items.put(
                1L,
                new LineItem(
                        1,
                        1,
                        "canvas",
                        "o1",
                        "Critical thinking",
                        Kind.OUTCOME,
                        null,
                        new BigDecimal("3"),
                        new BigDecimal("5"),
                        false,
                        false,
                        true,
                        false));
        TestLearner learner = learner().seen(graded(1, "3", "5"));

        assertThat(new Mastery(Mastery.What.OUTCOME, 1, null, Terms.STANDARD)
                        .line(learner)
                        .verdict())
                .isEqualTo(MET);
        assertThat(new Mastery(Mastery.What.OUTCOME, 1, new BigDecimal("4"), Terms.STANDARD)
                        .line(learner)
                        .verdict())
                .isEqualTo(NOT_MET);
        column(2, Kind.OUTCOME, null, "5");
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> new Mastery(Mastery.What.OUTCOME, 2, null, Terms.STANDARD).check(course(), "/rule"))
                .withMessage("rule.bad.no-mastery");
    }

    @Test
    void oneRowOfARubricDecidesForItself() {
        column(1, Kind.RUBRIC_ROW, "Teaching sample", "4");
        Mastery leaf = new Mastery(Mastery.What.RUBRIC_ROW, 1, new BigDecimal("3"), Terms.STANDARD);

        assertThat(leaf.line(learner().seen(graded(1, "3", "4"))).verdict()).isEqualTo(MET);
        assertThat(leaf.line(learner().seen(graded(1, "2", "4"))).missing()).isEqualByComparingTo("1");
    }

    @Test
    void takingPartCountsSessions() {
        for (long id = 1; id <= 4; id++) {
            column(id, Kind.ATTENDANCE, "Workshops", "1");
        }
        Attendance leaf = new Attendance("Workshops", 3, Terms.STANDARD);
        TestLearner learner = learner().seen(graded(1, "1", "1"), graded(2, "0", "1"), graded(3, "1", "1"));

        assertThat(leaf.line(learner).verdict()).isEqualTo(UNDECIDED);
        assertThat(leaf.line(learner).value()).isEqualByComparingTo("2");
        assertThat(leaf.line(learner.seen(graded(4, "1", "1"))).verdict()).isEqualTo(MET);
    }

    @Test
    void aBadgeIsHeldOrNot() {
        badges = Map.of(5L, "Search basics");
        HeldBadge leaf = new HeldBadge(5);

        assertThat(leaf.line(learner()))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(NOT_MET))
                .satisfies(line -> assertThat(line.label()).isEqualTo("Search basics"));
        assertThat(leaf.line(learner().holds(5, null)).verdict()).isEqualTo(MET);
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> new HeldBadge(6).check(course(), "/rule"))
                .withMessage("rule.bad.foreign-badge");
    }

    @Test
    void creditsAddUpAcrossBadges() {
        badges = Map.of(1L, "Course 1", 2L, "Course 2", 3L, "Course 3");
        Credits leaf = new Credits(List.of(1L, 2L, 3L), new BigDecimal("9"));

        assertThat(leaf.line(learner().holds(1, "4.5").holds(2, "3")).missing()).isEqualByComparingTo("1.5");
        assertThat(leaf.line(learner().holds(1, "4.5").holds(2, "4.5")).verdict())
                .isEqualTo(MET);
        assertThat(leaf.line(learner().holds(1, null).holds(2, "4.5")).value()).isEqualByComparingTo("4.5");
    }

    @Test
    void theAudienceIsSectionsAndGroups() {
        InGroup leaf = new InGroup(List.of("12", "13"));

        assertThat(leaf.line(learner().in("13", "99")).verdict()).isEqualTo(MET);
        assertThat(leaf.line(learner().in("99")).reason()).isEqualTo("other-group");
        assertThat(leaf.line(learner()).verdict()).isEqualTo(NOT_MET);
        assertThat(leaf.line(learner()).label()).isEqualTo("12, 13");
        sections = Map.of("13", "Evening");
        assertThat(leaf.line(learner()).label()).as("as far as names are known").isEqualTo("12, Evening (13)");
    }

    /** I ignored: the rule does without it. */
    @ParameterizedTest(name = "{0}: all {1}, any {2}, two of them {3}")
    @CsvSource(textBlock = """
            MMI, MET,       MET,       MET
            MNI, NOT_MET,   MET,       NOT_MET
            MUI, UNDECIDED, MET,       UNDECIDED
            NNI, NOT_MET,   NOT_MET,   NOT_MET
            MII, MET,       MET,       MET
            NII, NOT_MET,   NOT_MET,   NOT_MET
            UII, UNDECIDED, UNDECIDED, UNDECIDED
            III, UNDECIDED, UNDECIDED, UNDECIDED
            """)
    void whatIsExcusedIsNoPartOfTheRule(String states, Verdict all, Verdict any, Verdict two) {
        List<Rule> leaves = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (char state : states.toCharArray()) {
            Verdict verdict = state == 'M' ? MET : state == 'N' ? NOT_MET : state == 'U' ? UNDECIDED : IGNORED;
            leaves.add(new HeldBadge(1));
            lines.add(LineBuilder.of("badge", "").is(verdict));
        }

        assertThat(Evaluator.verdict(new Rule.AllOf(leaves), lines)).isEqualTo(all);
        assertThat(Evaluator.verdict(new Rule.AnyOf(leaves), lines)).isEqualTo(any);
        assertThat(Evaluator.verdict(new Rule.AtLeast(2, leaves), lines)).isEqualTo(two);
    }

    @ParameterizedTest(name = "{0} points: {1}, {2}")
    @CsvSource(nullValues = "-", textBlock = """
            59, NOT_MET, -
            60, MET,     Proficient
            89, MET,     Proficient
            90, MET,     Mastered
            """)
    void tiersAreLevelsOfOneBadge(String score, Verdict verdict, @Nullable String level) {
        column(1, Kind.SCORE, null, "100");
        Rule rule = new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", TestGrades.percent(1, "60")),
                new Rule.Levels.Level("Mastered", TestGrades.percent(1, "90"))));

        Evaluation evaluation = Evaluator.evaluate(rule, learner().seen(graded(1, score)));

        assertThat(evaluation.verdict()).isEqualTo(verdict);
        assertThat(Evaluator.level(rule, evaluation.lines()).orElse(null)).isEqualTo(level);
        assertThat(RuleJson.read(RuleJson.write(rule))).isEqualTo(rule);
    }

    private BigDecimal take(Score.Take take, TestLearner learner) {
        BigDecimal value =
                score(1, "1", take, Period.ALWAYS, Terms.STANDARD).line(learner).value();
        assertThat(value).isNotNull();
        return value;
    }

    private static Score score(long item, String threshold, Score.Take take, Period period, Terms terms) {
        return new Score(item, new BigDecimal(threshold), Rule.Unit.PERCENT, take, period, terms);
    }

    private void column(long id, Kind kind, @Nullable String group, String maximum) {
        items.put(id, TestGrades.column(id, kind, group, maximum));
    }

    private CourseFacts course() {
        return new CourseFacts(items, badges, sections, scheme, ZONE, ownColumnInTotal);
    }

    private TestLearner learner() {
        return new TestLearner(course());
    }

    private Observation graded(long item, String score) {
        return graded(item, score, "100");
    }

    private Observation graded(long item, String score, String maximum) {
        return new Observation(
                ++seq,
                1,
                7,
                item,
                "canvas",
                Status.GRADED,
                new BigDecimal(score),
                new BigDecimal(maximum),
                null,
                Visibility.POSTED,
                null,
                "poll",
                NOON,
                NOON,
                Reference.next(),
                Observation.Work.UNTOLD);
    }

    private Observation seen(
            long item,
            Status status,
            @Nullable String score,
            @Nullable String grade,
            Visibility visibility,
            @Nullable Boolean late,
            Instant at) {
        return new Observation(
                ++seq,
                1,
                7,
                item,
                "canvas",
                status,
                decimal(score),
                new BigDecimal("100"),
                grade,
                visibility,
                late,
                "poll",
                at,
                at,
                Reference.next(),
                Observation.Work.UNTOLD);
    }

    private static @Nullable BigDecimal decimal(@Nullable String number) {
        return number == null ? null : new BigDecimal(number);
    }

    private static GradingScheme scheme(String... lettersAndPercents) {
        List<GradingScheme.Step> steps = new ArrayList<>();
        for (int i = 0; i < lettersAndPercents.length; i += 2) {
            steps.add(new GradingScheme.Step(lettersAndPercents[i], new BigDecimal(lettersAndPercents[i + 1])));
        }
        return new GradingScheme(steps);
    }
}
