package dev.laurel.award;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the decision about an award rested on, read back from its record: the parts of the rule that were met, and how the
 * badge was assessed. Nothing in it names anybody.
 *
 * @param asked the type of each part of the rule, met or not
 * @param byHand a person gave the award, whatever the results say
 * @param attempts which of several attempts counted, where the rule says so: {@code best}, {@code first}, {@code latest}
 * @param evidenceUrl what whoever gave it named as evidence; {@code null} where nothing was
 */
public record Grounds(
        List<Met> met,
        List<String> asked,
        boolean byHand,
        List<String> attempts,
        @Nullable String evidenceUrl) {

    public Grounds {
        met = List.copyOf(met);
        asked = List.copyOf(asked);
        attempts = List.copyOf(attempts);
    }

    /** Who brought the result to Laurel. */
    public enum Origin {
        /** It was read where it was given. */
        READ,
        /** A member of staff entered it in Laurel. */
        ENTERED,
        /** It was in a file that somebody brought. */
        FILE
    }

    /** Who gave a grade, as the LMS says. */
    public enum Grader {
        /** It names a person. */
        PERSON,
        /** It names a quiz or another tool. */
        TOOL
    }

    /**
     * One part of the rule that was met.
     *
     * @param type of the part, as in the JSON form of rules
     * @param label what it is about
     * @param value what was reached, in points or a count; {@code null} where nothing was counted
     * @param percent value as percent of maximum
     * @param letter as the LMS shows the result, where it is a letter
     * @param unit of {@code required}: {@code percent}, {@code points}, {@code letter}, {@code items}, {@code credits}, {@code done}
     * @param required the number or letter that it took
     * @param grader of a single score: who gave it; {@code null} where the LMS does not say
     */
    public record Met(
            String type,
            String label,
            @Nullable BigDecimal value,
            @Nullable BigDecimal maximum,
            @Nullable BigDecimal percent,
            @Nullable String letter,
            String unit,
            String required,
            Origin origin,
            @Nullable Grader grader) {}
}
