package dev.laurel.gradebook;

import static dev.laurel.gradebook.SelfDealing.Hint.AFTER_THE_END;
import static dev.laurel.gradebook.SelfDealing.Hint.GRADER_IS_EARNER;
import static dev.laurel.gradebook.SelfDealing.Hint.RAISED_AND_LOWERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is hinted at where the results behind an award look odd, and what is not. */
class SelfDealingTests {

    private static final long ADA = 7;

    private static final long TEACHER = 1;

    private static final Instant AWARDED = Instant.parse("2026-11-20T10:00:00Z");

    private final List<ResultTrail.Entry> entries = new ArrayList<>();

    @Test
    void anOrdinaryAwardHasNoHint() {
        said("2026-11-10T10:00:00Z", "70", TEACHER);
        said("2026-11-20T09:59:00Z", "85", TEACHER);
        said("2026-11-21T10:00:00Z", "90", TEACHER);

        assertThat(hints("2026-12-01T00:00:00Z")).isEmpty();
    }

    @Test
    void whoGradesHerselfIsNamedButNotWhoHandsIn() {
        said("2026-11-10T10:00:00Z", Observation.Status.SUBMITTED, null, ADA);
        assertThat(hints(null)).isEmpty();

        said("2026-11-11T10:00:00Z", "100", ADA);
        assertThat(hints(null)).containsExactly(GRADER_IS_EARNER);
    }

    @Test
    void aGradeRaisedForTheAwardAndLoweredAgainIsAHint() {
        said("2026-11-01T10:00:00Z", "60", null);
        said("2026-11-19T10:00:00Z", "95", null);
        assertThat(hints(null)).isEmpty();

        said("2026-11-22T10:00:00Z", "60", null);
        assertThat(hints(null)).containsExactly(RAISED_AND_LOWERED);
    }

    @Test
    void aGradeTakenAwayAfterTheAwardCountsAsLowered() {
        said("2026-11-18T10:00:00Z", "60", null);
        said("2026-11-19T10:00:00Z", "95", null);
        said("2026-11-22T10:00:00Z", Observation.Status.NONE, null, null);

        assertThat(hints(null)).containsExactly(RAISED_AND_LOWERED);
    }

    @Test
    void aFirstGradeIsNoRaiseAndALateCorrectionNoLowering() {
        said("2026-11-19T10:00:00Z", "95", null);
        said("2026-11-22T10:00:00Z", "60", null);
        assertThat(hints(null)).isEmpty();

        entries.clear();
        said("2026-11-01T10:00:00Z", "60", null);
        said("2026-11-19T10:00:00Z", "95", null);
        said("2026-11-28T10:00:00Z", "60", null);
        assertThat(hints(null)).isEmpty();
    }

    @Test
    void aResultAfterTheEndOfTheCourseIsAHintUnlessTheAwardWasThereBefore() {
        said("2026-11-19T10:00:00Z", "95", null);
        assertThat(hints("2026-11-18T00:00:00Z")).containsExactly(AFTER_THE_END);
        assertThat(hints("2026-11-19T12:00:00Z")).isEmpty();

        said("2026-11-25T10:00:00Z", "96", null);
        assertThat(hints("2026-11-24T00:00:00Z")).isEmpty();
    }

    private Set<SelfDealing.Hint> hints(@Nullable String end) {
        return SelfDealing.hints(
                List.of(new ResultTrail(ADA, 3, entries)), AWARDED, end == null ? null : Instant.parse(end));
    }

    private void said(String at, String score, @Nullable Long by) {
        said(at, Observation.Status.GRADED, score, by);
    }

    private void said(String at, Observation.Status status, @Nullable String score, @Nullable Long by) {
        entries.add(ResultTrail.Entry.of(
                new Observation(
                        entries.size() + 1,
                        2,
                        ADA,
                        3,
                        by == null ? "ags" : "manual",
                        status,
                        score == null ? null : new BigDecimal(score),
                        score == null ? null : new BigDecimal("100"),
                        null,
                        Observation.Visibility.POSTED,
                        null,
                        by == null ? "poll" : "manual",
                        Instant.parse(at),
                        Instant.parse(at),
                        Reference.next(),
                        Observation.Work.UNTOLD),
                by));
    }
}
