package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a rule says of one learner, with one line per leaf in the order of the rule. */
public record Evaluation(Verdict verdict, List<Line> lines) {

    public Evaluation {
        lines = List.copyOf(lines);
    }

    /**
     * When the last of the results was seen that it looked at, of those where nobody can say whether the student sees them
     * in the LMS. UTC; empty where there is none.
     */
    public Optional<Instant> lastOfUnknownVisibility() {
        return lines.stream().flatMap(Line::unknownSince).max(Comparator.naturalOrder());
    }

    public enum Verdict {
        MET,
        NOT_MET,
        /** Not known yet: nothing graded, or the column is gone or cannot be read. */
        UNDECIDED,
        /** Of a line only: the learner is excused, and the rule does without it. */
        IGNORED
    }

    /** What a threshold and a value count. */
    public enum Unit {
        PERCENT,
        POINTS,
        /** Of several things, each met or not. */
        ITEMS,
        CREDITS,
        /** A letter of the course's grading scheme. */
        LETTER,
        /** Something is done, or not. */
        DONE
    }

    /**
     * One leaf explained.
     *
     * @param type the leaf's {@code type} in the JSON form
     * @param lineItemId the column it is about; 0 where it is about several or none
     * @param letter the letter asked for, {@code null} where none is
     * @param value what is reached, in points or a count; {@code null} where there is nothing that counts
     * @param maximum points possible, or how many there are
     * @param percent value as percent of maximum, rounded down to two places (79.999 never reads as 80), {@code null} where
     *     there is none
     * @param counted what was compared with the threshold, in its unit, where results are rounded first; else {@code null}
     * @param shown the value as the LMS shows it, where it shows a letter
     * @param thresholdPoints the threshold in points, {@code null} where the maximum is not known
     * @param missing how many points, things, credits or letters of the scheme are missing, zero when met, {@code null} when not
     *     known, as of the lowest letter
     * @param visibility whether the student may see what counted; {@code null} where nothing was looked at
     * @param seq the observation that counted, in the change log of the course
     * @param seenAt when that was recorded, UTC
     * @param grader who gave the grade that counted, as its source says; {@code null} where nothing says it
     * @param reason why it is as it is where a number does not say it, or empty: {@code no-score}, {@code submitted},
     *     {@code provisional}, {@code excused}, {@code hidden}, {@code late}, {@code late-unknown}, {@code unreadable} (the source says what
     *     nobody can read; {@code value} is what was read last),
     *     {@code first} (a later one would not count), {@code earlier-attempt} (one that is not known may count), {@code no-points} (a letter only), {@code no-maximum},
     *     {@code deleted-column}, {@code unreadable-column}, {@code own-column}, {@code own-column-in-total},
     *     {@code no-scheme}, {@code no-total}, {@code no-mastery}, {@code no-submission}, {@code empty-group}, {@code not-held}, {@code not-brought}, {@code other-group}
     * @param parts what it was worked out from, where that is several results
     */
    public record Line(
            String type,
            long lineItemId,
            String label,
            BigDecimal threshold,
            Unit unit,
            @Nullable String letter,
            @Nullable BigDecimal value,
            @Nullable BigDecimal maximum,
            @Nullable BigDecimal percent,
            @Nullable BigDecimal counted,
            @Nullable String shown,
            @Nullable BigDecimal thresholdPoints,
            @Nullable BigDecimal missing,
            String source,
            Observation.@Nullable Visibility visibility,
            @Nullable Long seq,
            @Nullable Instant seenAt,
            Observation.@Nullable Grader grader,
            Verdict verdict,
            String reason,
            List<Part> parts) {

        public Line {
            parts = List.copyOf(parts);
        }

        /** Whether it says of which sections or groups the learner is, which is nothing that she earned. */
        public boolean isAudience() {
            return type.equals(InGroup.TYPE);
        }

        /** The badges by their names that are not held and it asks for; empty where it asks for something else. */
        public List<String> badgesMissing() {
            if (verdict != Verdict.NOT_MET
                    || !Set.of(HeldBadge.TYPE, BroughtBadge.TYPE, Credits.TYPE).contains(type)) {
                return List.of();
            }
            return type.equals(Credits.TYPE)
                    ? parts.stream()
                            .filter(part -> part.verdict() == Verdict.NOT_MET)
                            .map(Part::label)
                            .toList()
                    : List.of(label);
        }

        private Stream<Instant> unknownSince() {
            return Stream.concat(
                    unknown(visibility, seenAt),
                    parts.stream().flatMap(part -> unknown(part.visibility(), part.seenAt())));
        }

        private static Stream<Instant> unknown(Observation.@Nullable Visibility visibility, @Nullable Instant seenAt) {
            return visibility == Observation.Visibility.UNKNOWN ? Stream.ofNullable(seenAt) : Stream.empty();
        }
    }

    /**
     * One of several results that a line was worked out from.
     *
     * @param visibility as of a line
     * @param seenAt as of a line
     * @param reason as of a line, or {@code dropped}: the lowest are left out
     */
    public record Part(
            long lineItemId,
            String label,
            @Nullable BigDecimal value,
            @Nullable BigDecimal maximum,
            Observation.@Nullable Visibility visibility,
            @Nullable Instant seenAt,
            Verdict verdict,
            String reason) {

        public Part {
            value = value == null ? null : Numbers.plain(value);
            maximum = maximum == null ? null : Numbers.plain(maximum);
        }
    }
}
