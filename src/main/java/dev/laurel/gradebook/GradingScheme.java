package dev.laurel.gradebook;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How a course turns percent into letters.
 *
 * @param steps the best first
 */
public record GradingScheme(List<Step> steps) {

    /** A course grades without letters. */
    public static final GradingScheme NONE = new GradingScheme(List.of());

    public GradingScheme {
        steps = List.copyOf(steps);
    }

    /** @param fromPercent the least percent that gives the letter */
    public record Step(String letter, BigDecimal fromPercent) {

        /** The same number is the same step, however a source or the database writes it. */
        public Step {
            fromPercent = fromPercent.stripTrailingZeros();
        }
    }

    /** How good a letter is: 0 is the best; empty where the scheme does not have it. */
    public OptionalInt place(String letter) {
        return IntStream.range(0, steps.size())
                .filter(place -> steps.get(place).letter().equals(letter))
                .findFirst();
    }

    /** The best place whose percentage is reached; as many as there are letters where none is: a scheme may end above nothing. */
    public int place(BigDecimal score, BigDecimal maximum) {
        int place = 0;
        while (place < steps.size()
                && score.compareTo(
                                steps.get(place).fromPercent().multiply(maximum).movePointLeft(2))
                        < 0) {
            place++;
        }
        return place;
    }

    /** Whether whoever has this letter, or none, may have nothing at all. */
    public boolean isLowest(int place) {
        return place >= steps.size() || steps.get(place).fromPercent().signum() <= 0;
    }
}
