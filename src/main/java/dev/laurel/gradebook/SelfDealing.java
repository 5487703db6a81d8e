package dev.laurel.gradebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at how the results behind an award came about for what somebody should look at. Each is a hint and no proof; none
 * ever takes a badge away.
 */
public final class SelfDealing {

    /** How near to the award a result must have been raised, and how soon after it lowered. */
    static final Duration NEAR = Duration.ofDays(7);

    private SelfDealing() {}

    /** What to look at. */
    public enum Hint {
        /** The learner entered a result of her own. */
        GRADER_IS_EARNER,
        /** A result was raised shortly before the award and lowered again shortly after it. */
        RAISED_AND_LOWERED,
        /** A result was entered after the course had ended. */
        AFTER_THE_END
    }

    /**
     * @param trails of the columns that the award rests on, all of the same learner
     * @param awardedAt {@code null} before anything is decided
     * @param courseEndedAt {@code null} where the course goes on, or nobody said when it ends
     */
    public static Set<Hint> hints(
            List<ResultTrail> trails, @Nullable Instant awardedAt, @Nullable Instant courseEndedAt) {
        Set<Hint> hints = EnumSet.noneOf(Hint.class);
        for (ResultTrail trail : trails) {
            List<ResultTrail.Entry> grades = grades(trail.entries());
            if (grades.stream().anyMatch(entry -> Objects.equals(entry.byPerson(), trail.personId()))) {
                hints.add(Hint.GRADER_IS_EARNER);
            }
            if (awardedAt != null && isRaisedAndLowered(trail.entries(), awardedAt)) {
                hints.add(Hint.RAISED_AND_LOWERED);
            }
            if (courseEndedAt != null && grades.stream().anyMatch(entry -> isLate(entry, courseEndedAt, awardedAt))) {
                hints.add(Hint.AFTER_THE_END);
            }
        }
        return hints;
    }

    /** Handing something in is no grade, and neither is handing it in again where the grade stays. */
    private static List<ResultTrail.Entry> grades(List<ResultTrail.Entry> entries) {
        List<ResultTrail.Entry> grades = new ArrayList<>();
        Observation before = null;
        for (ResultTrail.Entry entry : entries) {
            Observation now = entry.observation();
            if (now.status() == Observation.Status.GRADED && (before == null || !isHandedInAgain(before, now))) {
                grades.add(entry);
            }
            before = now;
        }
        return grades;
    }

    private static boolean isHandedInAgain(Observation before, Observation now) {
        return before.status() == Observation.Status.GRADED
                && now.handedInAt() != null
                && !now.handedInAt().equals(before.handedInAt())
                && Objects.equals(now.occurredAt(), before.occurredAt())
                && worth(now).compareTo(worth(before)) == 0;
    }

    /** What came after the award it did not rest on. */
    private static boolean isLate(ResultTrail.Entry entry, Instant end, @Nullable Instant awardedAt) {
        Instant at = entry.observation().recordedAt();
        return at.isAfter(end) && (awardedAt == null || !at.isAfter(awardedAt));
    }

    private static boolean isRaisedAndLowered(List<ResultTrail.Entry> entries, Instant awardedAt) {
        boolean raised = false;
        boolean lowered = false;
        for (int i = 0; i < entries.size(); i++) {
            Observation now = entries.get(i).observation();
            Observation before = i == 0 ? null : entries.get(i - 1).observation();
            int change = worth(now).compareTo(before == null ? BigDecimal.ZERO : worth(before));
            Instant at = now.recordedAt();
            // A first grade is no change of one, and neither is that of another attempt.
            boolean isChange = before != null
                    && before.status() == Observation.Status.GRADED
                    && Objects.equals(before.attempt(), now.attempt());
            if (isChange && change > 0 && !at.isAfter(awardedAt) && at.isAfter(awardedAt.minus(NEAR))) {
                raised = true;
            }
            if (isChange && change < 0 && at.isAfter(awardedAt) && at.isBefore(awardedAt.plus(NEAR))) {
                lowered = true;
            }
        }
        return raised && lowered;
    }

    /** As a share of the maximum, where there is one. Taking a grade away leaves nothing. */
    private static BigDecimal worth(Observation seen) {
        BigDecimal score = seen.score();
        BigDecimal maximum = seen.scoreMaximum();
        if (score == null) {
            return BigDecimal.ZERO;
        }
        return maximum == null || maximum.signum() <= 0 ? score : score.divide(maximum, MathContext.DECIMAL64);
    }
}
