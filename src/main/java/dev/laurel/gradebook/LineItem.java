package dev.laurel.gradebook;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a gradebook.
 *
 * @param source which source reads it: {@link #AGS}, {@code canvas}, {@code moodle}, {@code csv}, {@code manual}
 * @param kind what a result in it means
 * @param group what the LMS files it under: assignment group, category or module; {@code null} where it says none
 * @param mastery points from which the LMS speaks of mastery, {@code null} where it does not
 * @param output Laurel writes it, so it can never be an input of a rule
 * @param readable false: needs a reading key
 * @param deleted it is gone from the LMS; rules that name it become undecided and say so
 * @param stillThere of one that is {@code deleted}: why it is still there in the LMS; {@code null} where it is not, or nobody
 *     says
 */
public record LineItem(
        long id,
        long contextId,
        String source,
        String externalId,
        String label,
        Kind kind,
        @Nullable String group,
        @Nullable BigDecimal mastery,
        @Nullable BigDecimal scoreMaximum,
        boolean output,
        boolean createdHere,
        boolean readable,
        boolean deleted,
        @Nullable StillThere stillThere) {

    /** The {@link #source} of what is read over the Assignment and Grade Services of LTI. */
    public static final String AGS = "ags";

    /** One that is there, or of which no more is known than that it is gone. */
    public LineItem(
            long id,
            long contextId,
            String source,
            String externalId,
            String label,
            Kind kind,
            @Nullable String group,
            @Nullable BigDecimal mastery,
            @Nullable BigDecimal scoreMaximum,
            boolean output,
            boolean createdHere,
            boolean readable,
            boolean deleted) {
        this(
                id,
                contextId,
                source,
                externalId,
                label,
                kind,
                group,
                mastery,
                scoreMaximum,
                output,
                createdHere,
                readable,
                deleted,
                null);
    }

    /** Whether it was deleted in the LMS. Over AGS nobody says whether what is not listed any more is only not published. */
    public boolean isRemoved() {
        return deleted && stillThere == null && !source.equals(AGS);
    }

    /** Whether other columns make it up, so that one that Laurel writes may count in it. */
    public boolean isTotal() {
        return Kind.TOTALS.contains(kind);
    }

    /**
     * Whether its results are out of nothing, so that a percentage of them means nothing: of a scale of words, or where
     * nobody says the maximum. Over AGS a result may tell one that its column does not.
     */
    public boolean isWithoutMaximum() {
        return scoreMaximum == null && !source.equals(AGS);
    }

    /** Why a column that its source does not read any more is still there in the LMS. */
    public enum StillThere {
        /** Students do not see it. */
        UNPUBLISHED,
        /** It is read over AGS, or cannot be told from one that is. */
        OVER_AGS
    }

    /** What a result in a column means. */
    public enum Kind {
        /** Points for a piece of work. */
        SCORE,
        /** The course so far, of what is graded. */
        TOTAL_CURRENT,
        /** The course as it would end now: what is missing counts as nothing. */
        TOTAL_FINAL,
        /** Several columns together that is asked for by its name, like a score: a category, or a total from a file. */
        SUBTOTAL,
        /** An activity, module or course is complete: graded 1 of 1. */
        COMPLETION,
        /** An outcome or competency, by the points of its scale. */
        OUTCOME,
        /** One row of a rubric, by its points. */
        RUBRIC_ROW,
        /** A session that one attends: graded 1 of 1, or 0. */
        ATTENDANCE,
        /** Work that a learner hands in to Laurel: submitted, then graded 1 of 1 (accepted) or 0. */
        EVIDENCE,
        /** What an instructor confirms in Laurel: graded 1 of 1. */
        CONFIRMATION;

        /** Those that other columns make up. */
        public static final Set<Kind> TOTALS =
                Collections.unmodifiableSet(EnumSet.of(TOTAL_CURRENT, TOTAL_FINAL, SUBTOTAL));
    }
}
