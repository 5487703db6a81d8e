package dev.laurel.gradebook;

import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a source says about one learner and one line item at one time.
 *
 * @param seq the place in the change log of the course, without gaps
 * @param score points out of {@code scoreMaximum}; {@code null} where there is none
 * @param grade the letter, as the LMS shows it; {@code null} where there is none
 * @param late {@code null} where the source cannot know
 * @param cameAbout how it came about: {@code poll}, {@code launch}, {@code event}, {@code manual}, {@code import}
 * @param occurredAt when it happened as the source says, UTC
 * @param recordedAt when Laurel saw it, UTC
 */
public record Observation(
        long seq,
        long contextId,
        long personId,
        long lineItemId,
        String source,
        Status status,
        @Nullable BigDecimal score,
        @Nullable BigDecimal scoreMaximum,
        @Nullable String grade,
        Visibility visibility,
        @Nullable Boolean late,
        String cameAbout,
        @Nullable Instant occurredAt,
        Instant recordedAt,
        Reference reference,
        Work work) {

    /**
     * The work that is graded, as far as the source tells of it.
     *
     * @param attempt which attempt of the learner it is of, from 1; {@code null} where the source does not say; see
     *     {@link Observation#isWithoutWork}. Earlier attempts may come later in the log: only what is of the last one is the
     *     latest
     * @param handedInAt when the work was handed in that a grade is of, UTC; {@code null} where the source does not say. Of
     *     what is no grade only some sources tell it
     * @param grader of a grade: who gave it; {@code null} where the source does not say
     */
    public record Work(
            @Nullable Integer attempt,
            @Nullable Instant handedInAt,
            @Nullable Grader grader) {

        /** Of a source that tells nothing of it. */
        public static final Work UNTOLD = new Work(null, null, null);
    }

    /** The {@code source} of results from files. */
    public static final String FROM_FILE = "csv";

    /** What {@code cameAbout} says of results from files. */
    public static final String IMPORTED = "import";

    /** The {@code attempt} of a grade of nothing. */
    public static final int WITHOUT_WORK = 0;

    /** See {@link Work#attempt}. */
    public @Nullable Integer attempt() {
        return work.attempt();
    }

    /** See {@link Work#handedInAt}. */
    public @Nullable Instant handedInAt() {
        return work.handedInAt();
    }

    /** See {@link Work#grader}. */
    public @Nullable Grader grader() {
        return work.grader();
    }

    /** Whether the source says that it is a grade for work that is missing, whatever points that gives. */
    public boolean isWithoutWork() {
        return Objects.equals(attempt(), WITHOUT_WORK);
    }

    /**
     * When the work was handed in, where the source tells that of a grade; else when it happened as the source says, or when
     * Laurel saw it. Work that was handed in anew after it was graded is not what the grade is of.
     */
    public Instant workedAt() {
        Instant at = occurredAt == null ? recordedAt : occurredAt;
        Instant handedInAt = handedInAt();
        return handedInAt != null && handedInAt.isBefore(at) ? handedInAt : at;
    }

    /** Whether somebody brought it in a file. */
    public boolean isImported() {
        return cameAbout.equals(IMPORTED);
    }

    /** What state the work is in. */
    public enum Status {
        NONE,
        SUBMITTED,
        PROVISIONAL,
        GRADED,
        EXCUSED,
        /**
         * The source says something that cannot be understood, so that nothing is known now. What was read last, if anything,
         * stands beside it: score, letter, visibility and when it happened.
         */
        UNREADABLE
    }

    /** Who gave a grade, as the source says. */
    public enum Grader {
        /** The source names somebody. */
        PERSON,
        /** The source names a quiz or another tool, which may pass on what a person gave there. */
        TOOL
    }

    /** Whether the student may see the score. AGS cannot say, so it is unknown there. */
    public enum Visibility {
        POSTED,
        HIDDEN,
        UNKNOWN
    }
}
