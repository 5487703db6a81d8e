package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf makes of results that are not plain scores. Hidden results always wait and provisional ones never count.
 *
 * @param excused what becomes of work that the learner is excused from
 * @param missing what becomes of work without a result
 * @param late whether work that was late counts
 * @param decimals to how many decimals the score is rounded before it is compared (half up, as an LMS displays it);
 *     {@code null}: it is compared exactly
 */
public record Terms(
        Excused excused,
        Missing missing,
        Late late,
        @Nullable Integer decimals) {

    public static final Terms STANDARD = new Terms(Excused.IGNORED, Missing.WAITS, Late.COUNTS, null);

    /** As rules of the first version meant it. */
    static final Terms VERSION_1 = new Terms(Excused.WAITS, Missing.WAITS, Late.COUNTS, null);

    public enum Excused {
        /** The rule does without it. */
        IGNORED(Verdict.IGNORED),
        MET(Verdict.MET),
        NOT_MET(Verdict.NOT_MET),
        /** It stays open until there is a result. */
        WAITS(Verdict.UNDECIDED);

        private final Verdict verdict;

        Excused(Verdict verdict) {
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }

    public enum Missing {
        WAITS(Verdict.UNDECIDED),
        /** As if it were graded with nothing. */
        NOT_MET(Verdict.NOT_MET);

        private final Verdict verdict;

        Missing(Verdict verdict) {
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }

    public enum Late {
        COUNTS,
        DOES_NOT_COUNT
    }
}
