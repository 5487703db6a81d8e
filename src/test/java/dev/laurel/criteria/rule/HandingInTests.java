package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.Evaluation.Verdict.MET;
import static dev.laurel.criteria.rule.Evaluation.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which day work counts, and whether it was on time: by its hand-in, whenever it is graded and whenever Laurel looks. */
class HandingInTests {

    private long seq;

    /** Laurel first looks when all is graded: handed in on 9 March, graded on 12 March. */
    @ParameterizedTest(name = "from {0} until {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            -,  10, MET
            9,  9,  MET
            -,  8,  UNDECIDED
            10, -,  UNDECIDED
            12, 12, UNDECIDED
            """)
    void gradedWorkCountsByTheDayOnWhichItWasHandedIn(
            @Nullable Integer from, @Nullable Integer until, Verdict verdict) {
        Observation seen = graded(12, 9, null, false);

        assertThat(submission(from, until, Terms.STANDARD, seen).verdict()).isEqualTo(verdict);
        assertThat(score(from, until, seen).verdict()).isEqualTo(verdict);
    }

    @Test
    void aScoreThatWaitsForItsGradeIsNotTooLateOnceItIsThere() {
        Observation handedIn = submitted(9, null, false);

        assertThat(score(null, 10, handedIn).reason()).isEqualTo("submitted");
        assertThat(score(null, 10, handedIn, graded(12, 9, null, false)).verdict())
                .isEqualTo(MET);
    }

    @Test
    void whereTheSourceTellsNoHandInTheDayOfTheGradeCounts() {
        assertThat(score(null, 10, graded(12, null, null, false)).verdict()).isEqualTo(UNDECIDED);
        assertThat(score(null, 12, graded(12, null, null, false)).verdict()).isEqualTo(MET);
    }

    /** As Moodle keeps the grade of work that is handed in again: graded on 9 March, handed in again on 11 March. */
    @Test
    void workThatIsHandedInAgainTakesItsGradeToNoOtherDay() {
        Observation again = graded(9, 11, null, null);

        assertThat(score(null, 10, again).verdict()).isEqualTo(MET);
        assertThat(score(10, null, again).verdict()).isEqualTo(UNDECIDED);
        assertThat(submission(null, 10, Terms.STANDARD, again).verdict())
                .as("what was graded was there")
                .isEqualTo(MET);
        assertThat(submission(10, null, Terms.STANDARD, again).verdict()).isEqualTo(MET);
    }

    @ParameterizedTest(name = "first {0}, then {1}: {2} {3}")
    @CsvSource(nullValues = "-", textBlock = """
            false, true,  MET,       ''
            true,  false, MET,       ''
            false, -,     MET,       ''
            -,     true,  UNDECIDED, late-unknown
            true,  -,     UNDECIDED, late-unknown
            true,  true,  NOT_MET,   late
            """)
    void oneHandInOnTimeIsEnough(@Nullable Boolean first, @Nullable Boolean second, Verdict verdict, String reason) {
        for (Integer until : new Integer[] {null, 28}) {
            for (int numbered = 0; numbered < 2; numbered++) {
                Line line = submission(
                        null,
                        until,
                        ON_TIME,
                        submitted(2, numbered == 0 ? null : 1, first),
                        submitted(5, numbered == 0 ? null : 2, second),
                        graded(7, null, numbered == 0 ? null : 2, second));
                assertThat(line.verdict()).isEqualTo(verdict);
                assertThat(line.reason()).isEqualTo(reason);
            }
        }
    }

    @Test
    void whetherAnAttemptWasLateIsWhatWasSaidOfItLast() {
        assertThat(submission(null, null, ON_TIME, submitted(2, 1, false), submitted(2, 1, true))
                        .reason())
                .isEqualTo("late");
        assertThat(submission(null, null, ON_TIME, submitted(2, 1, true), graded(3, 2, 1, false))
                        .verdict())
                .isEqualTo(MET);
        assertThat(submission(null, null, ON_TIME, submitted(2, null, true), graded(3, null, null, false))
                        .verdict())
                .isEqualTo(MET);
    }

    @Test
    void whatWasTakenBackWasNotOnTimeEither() {
        assertThat(submission(null, null, ON_TIME, submitted(2, 1, false), nothing(), submitted(5, 1, true))
                        .reason())
                .isEqualTo("late");
    }

    /** Laurel first looks when a second attempt has followed: handed in on 5 March, and nothing is known of the first. */
    @ParameterizedTest(name = "from {0} until {1}, late {2}: {3} {4}")
    @CsvSource(nullValues = "-", textBlock = """
            -, 1, false, UNDECIDED, earlier-attempt
            1, 4, false, UNDECIDED, earlier-attempt
            -, 6, false, MET,       ''
            6, 8, false, UNDECIDED, no-submission
            -, -, true,  UNDECIDED, earlier-attempt
            6, 8, true,  UNDECIDED, no-submission
            """)
    void anAttemptOfWhichNothingIsKnownMayHaveBeenInTime(
            @Nullable Integer from, @Nullable Integer until, boolean late, Verdict verdict, String reason) {
        Line line = submission(from, until, late ? ON_TIME : Terms.STANDARD, submitted(5, 2, late));

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.reason()).isEqualTo(reason);
    }

    @Test
    void onceTheFirstAttemptIsKnownItDecides() {
        Observation[] told = {submitted(5, 2, true), submitted(1, 1, false)};

        assertThat(submission(null, 1, Terms.STANDARD, told).verdict()).isEqualTo(MET);
        assertThat(submission(null, null, ON_TIME, told).verdict()).isEqualTo(MET);
        assertThat(submission(null, null, ON_TIME, submitted(5, 2, true), submitted(1, 1, true))
                        .reason())
                .isEqualTo("late");
    }

    @Test
    void whoseWorkWasTakenBackWaitsForNoAttempt() {
        assertThat(submission(null, 1, Terms.STANDARD, submitted(5, 2, false), nothing())
                        .reason())
                .isEqualTo("no-submission");
    }

    @Test
    void whatIsGivenForMissingWorkIsNoHandInAndTakesWhatWasTakenForOneWithIt() {
        Observation forNothing = graded(7, null, Observation.WITHOUT_WORK, null);

        assertThat(submission(null, null, Terms.STANDARD, forNothing).reason()).isEqualTo("no-submission");
        assertThat(submission(null, null, Terms.STANDARD, graded(5, null, null, null))
                        .verdict())
                .as("on paper")
                .isEqualTo(MET);
        assertThat(submission(null, null, Terms.STANDARD, graded(5, null, null, null), forNothing)
                        .reason())
                .isEqualTo("no-submission");
        assertThat(submission(null, null, Terms.STANDARD, forNothing, submitted(8, 1, true))
                        .verdict())
                .isEqualTo(MET);
        assertThat(score(null, null, submitted(5, 1, false), forNothing).verdict())
                .as("a grade it is")
                .isEqualTo(MET);
    }

    @Test
    void aGradeOfNothingIsAHandInWhereTheSourceSaysThatWorkIsThere() {
        assertThat(submission(null, null, Terms.STANDARD, withPoints("0", graded(12, 9, null, null)))
                        .verdict())
                .isEqualTo(MET);
        assertThat(submission(null, 8, Terms.STANDARD, withPoints("0", graded(12, 9, null, null)))
                        .reason())
                .isEqualTo("no-submission");
        assertThat(submission(null, null, Terms.STANDARD, withPoints("0", graded(12, null, null, null)))
                        .reason())
                .as("alone it says nothing")
                .isEqualTo("no-submission");
    }

    private static Observation withPoints(String points, Observation seen) {
        return new Observation(
                seen.seq(),
                seen.contextId(),
                seen.personId(),
                seen.lineItemId(),
                seen.source(),
                seen.status(),
                new BigDecimal(points),
                seen.scoreMaximum(),
                seen.grade(),
                seen.visibility(),
                seen.late(),
                seen.cameAbout(),
                seen.occurredAt(),
                seen.recordedAt(),
                seen.reference(),
                seen.work());
    }

    private static final Terms ON_TIME =
            new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.DOES_NOT_COUNT, null);

    private static Line score(@Nullable Integer from, @Nullable Integer until, Observation... seen) {
        return new Score(
                        1,
                        new BigDecimal(80),
                        Rule.Unit.PERCENT,
                        Score.Take.LATEST,
                        new Period(march(from), march(until)),
                        Terms.STANDARD)
                .line(learner(seen));
    }

    private static Line submission(@Nullable Integer from, @Nullable Integer until, Terms terms, Observation... seen) {
        return new Submission(1, new Period(march(from), march(until)), terms).line(learner(seen));
    }

    private static TestLearner learner(Observation... seen) {
        return new TestLearner(CourseFacts.ofColumns(Map.of(1L, TestGrades.column(1)))).seen(seen);
    }

    private static @Nullable LocalDate march(@Nullable Integer day) {
        return day == null ? null : LocalDate.of(2026, 3, day);
    }

    private static Instant noon(int day) {
        return Instant.parse("2026-03-%02dT12:00:00Z".formatted(day));
    }

    private Observation submitted(int day, @Nullable Integer attempt, @Nullable Boolean late) {
        return seen(Status.SUBMITTED, noon(day), attempt, late, null);
    }

    private Observation nothing() {
        return seen(Status.NONE, noon(3), null, null, null);
    }

    private Observation graded(int day, @Nullable Integer handedIn, @Nullable Integer attempt, @Nullable Boolean late) {
        return seen(Status.GRADED, noon(day), attempt, late, handedIn == null ? null : noon(handedIn));
    }

    private Observation seen(
            Status status,
            Instant at,
            @Nullable Integer attempt,
            @Nullable Boolean late,
            @Nullable Instant handedInAt) {
        return new Observation(
                ++seq,
                1,
                7,
                1,
                "canvas",
                status,
                status == Status.GRADED ? new BigDecimal(95) : null,
                new BigDecimal(100),
                null,
                Visibility.POSTED,
                late,
                "poll",
                at,
                noon(20),
                Reference.next(),
                new Observation.Work(attempt, handedInAt, null));
    }
}
