package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.Evaluation.Verdict.MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.NOT_MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts where a source tells which attempt a result is of, and tells earlier ones later than the last. */
class AttemptsTests {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private long seq;

    @Test
    void ofAnAttemptThatIsGradedAnewOnlyTheLastWordCounts() {
        assertThat(best(graded(1, "90"), graded(1, "60"))).isEqualByComparingTo("60");
        assertThat(first(graded(1, "90"), graded(1, "60")).value()).isEqualByComparingTo("60");
        assertThat(best(graded(null, "90"), graded(null, "60")))
                .as("where attempts are not told, each result stands for itself")
                .isEqualByComparingTo("90");
    }

    @Test
    void anEarlierAttemptThatIsToldLaterIsTheFirstAndMayBeTheBest() {
        Observation[] log = {graded(2, "50"), graded(1, "90")};

        assertThat(best(log)).isEqualByComparingTo("90");
        assertThat(first(log).value()).isEqualByComparingTo("90");
        assertThat(line(Score.Take.LATEST, Period.ALWAYS, log).value()).isEqualByComparingTo("50");
    }

    @Test
    void theFirstWaitsForAnAttemptOfWhichNothingIsKnown() {
        assertThat(first(graded(2, "90")))
                .extracting(Evaluation.Line::verdict, Evaluation.Line::reason)
                .containsExactly(UNDECIDED, "earlier-attempt");
        assertThat(first(graded(1, "30"), graded(3, "90")).verdict())
                .as("the first one is known")
                .isEqualTo(NOT_MET);
    }

    @Test
    void whatWasHandedInFirstAndNeverGradedIsNotTheFirstResult() {
        assertThat(first(seen(1, Status.SUBMITTED, null, Visibility.POSTED, NOON), graded(2, "90"))
                        .verdict())
                .isEqualTo(MET);
        assertThat(first(seen(1, Status.PROVISIONAL, "40", Visibility.POSTED, NOON), graded(2, "90"))
                        .reason())
                .as("it is being graded still")
                .isEqualTo("provisional");
    }

    @Test
    void aHiddenAttemptShowsThroughNeitherTheFirstNorTheBest() {
        Observation hidden = seen(1, Status.GRADED, "95", Visibility.HIDDEN, NOON);

        assertThat(first(hidden, graded(2, "50")))
                .extracting(Evaluation.Line::verdict, Evaluation.Line::reason, Evaluation.Line::value)
                .containsExactly(UNDECIDED, "hidden", null);
        assertThat(best(hidden, graded(2, "50"))).isEqualByComparingTo("50");
        assertThat(best(hidden, graded(2, "50"), graded(1, "95")))
                .as("it was posted")
                .isEqualByComparingTo("95");
    }

    @Test
    void aGradeWithoutAnythingHandedInIsNoFirstAttempt() {
        assertThat(first(graded(null, "0"), graded(1, "90")).verdict()).isEqualTo(MET);
        assertThat(first(graded(null, "0"), graded(null, "90")).verdict()).isEqualTo(NOT_MET);
    }

    @Test
    void ofCertainDaysTheAttemptsOfThoseDaysCountWheneverTheyAreTold() {
        Period monday = new Period(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2));
        Observation later = seen(2, Status.GRADED, "50", Visibility.POSTED, NOON.plusSeconds(200_000));

        assertThat(line(Score.Take.LATEST, monday, later))
                .extracting(Evaluation.Line::verdict, Evaluation.Line::reason)
                .containsExactly(UNDECIDED, "earlier-attempt");
        assertThat(line(Score.Take.LATEST, monday, later, graded(1, "90")).verdict())
                .isEqualTo(MET);
    }

    @Test
    void ofCertainDaysTheLatestWaitsForOneThatMayBeLaterStill() {
        Period monday = new Period(null, LocalDate.of(2026, 3, 2));
        Observation third = seen(3, Status.GRADED, "50", Visibility.POSTED, NOON.plusSeconds(200_000));

        assertThat(line(Score.Take.LATEST, monday, graded(1, "90"), third).reason())
                .isEqualTo("earlier-attempt");
        assertThat(line(Score.Take.LATEST, monday, graded(1, "90"), third, graded(2, "95"))
                        .verdict())
                .isEqualTo(MET);
    }

    @Test
    void theBestIsFinalOnlyWhereEveryAttemptIsKnownOrItIsEnough() {
        assertThat(line(Score.Take.BEST, Period.ALWAYS, graded(2, "50")))
                .extracting(Evaluation.Line::verdict, Evaluation.Line::reason)
                .containsExactly(UNDECIDED, "earlier-attempt");
        assertThat(line(Score.Take.BEST, Period.ALWAYS, graded(2, "90")).verdict())
                .isEqualTo(MET);
        assertThat(line(Score.Take.BEST, Period.ALWAYS, graded(2, "50"), graded(1, "40"))
                        .verdict())
                .isEqualTo(NOT_MET);
    }

    @Test
    void whatCameBeforeTheFirstDayHidesNoAttemptOfThoseDays() {
        Period fromTuesday = new Period(LocalDate.of(2026, 3, 3), null);

        assertThat(line(Score.Take.LATEST, fromTuesday, graded(2, "90")).reason())
                .isEqualTo("no-score");
    }

    @Test
    void takingAGradeBackTakesEveryAttemptBeforeWithIt() {
        Observation none = seen(null, Status.NONE, null, Visibility.UNKNOWN, NOON);

        assertThat(best(graded(1, "90"), none, graded(2, "50"))).isEqualByComparingTo("50");
    }

    private @Nullable BigDecimal best(Observation... log) {
        return line(Score.Take.BEST, Period.ALWAYS, log).value();
    }

    private static Evaluation.Line first(Observation... log) {
        return line(Score.Take.FIRST, Period.ALWAYS, log);
    }

    private static Evaluation.Line line(Score.Take take, Period period, Observation... log) {
        LineItem column = TestGrades.column(1, LineItem.Kind.SCORE, null, "100");
        CourseFacts course = new CourseFacts(Map.of(1L, column), Map.of(), Map.of(), null, ZoneOffset.UTC, false);
        return new Score(1, new BigDecimal("80"), Rule.Unit.PERCENT, take, period, Terms.STANDARD)
                .line(new TestLearner(course).seen(List.of(log)));
    }

    private Observation graded(@Nullable Integer attempt, String score) {
        return seen(attempt, Status.GRADED, score, Visibility.POSTED, NOON);
    }

    private Observation seen(
            @Nullable Integer attempt, Status status, @Nullable String score, Visibility visibility, Instant at) {
        return new Observation(
                ++seq,
                1,
                7,
                1,
                "canvas",
                status,
                score == null ? null : new BigDecimal(score),
                new BigDecimal("100"),
                null,
                visibility,
                false,
                "poll",
                at,
                at,
                Reference.next(),
                new Observation.Work(attempt, null, null));
    }
}
