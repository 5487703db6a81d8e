package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Exact numbers, and one way to write them: {@code 80}, never {@code 80.000000} or {@code 8E+1}. */
final class Numbers {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Numbers() {}

    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static BigFraction exact(BigDecimal number) {
        return number.scale() <= 0
                ? BigFraction.of(number.toBigIntegerExact())
                : BigFraction.of(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
    }

    /** Exact: a division by one hundred only moves the point. */
    static BigDecimal ofHundred(BigDecimal percent, BigDecimal whole) {
        return percent.multiply(whole).movePointLeft(2);
    }

    static BigDecimal hundred() {
        return HUNDRED;
    }

    /** The least number that is rounded (half up) to {@code threshold}: reaching it is reaching the threshold as displayed. */
    static BigDecimal roundedTo(BigDecimal threshold, @Nullable Integer decimals) {
        return decimals == null ? threshold : threshold.subtract(new BigDecimal("0.5").movePointLeft(decimals));
    }

    /** The score as it is compared, half up as {@link #roundedTo} undoes it; {@code null} where it is compared exactly. */
    static @Nullable BigDecimal rounded(
            BigDecimal score, Rule.Unit unit, @Nullable BigDecimal maximum, @Nullable Integer decimals) {
        if (decimals == null) {
            return null;
        }
        return unit == Rule.Unit.POINTS || maximum == null
                ? score.setScale(decimals, RoundingMode.HALF_UP)
                : score.multiply(HUNDRED).divide(maximum, decimals, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal maximum(Observation seen, @Nullable BigDecimal ofColumn) {
        return seen.scoreMaximum() == null ? ofColumn : seen.scoreMaximum();
    }

    /**
     * Whether it is nearer to a threshold in this unit: by points, or by share of the maximum. What has no share never
     * reaches a percentage.
     */
    static boolean isBetter(Observation one, Observation other, Rule.Unit unit, @Nullable BigDecimal ofColumn) {
        BigDecimal score = one.score();
        BigDecimal otherScore = other.score();
        if (score == null || otherScore == null) {
            return score != null;
        }
        BigDecimal maximum = maximum(one, ofColumn);
        BigDecimal otherMaximum = maximum(other, ofColumn);
        boolean share = maximum != null && maximum.signum() > 0;
        boolean otherShare = otherMaximum != null && otherMaximum.signum() > 0;
        if (unit == Rule.Unit.PERCENT && maximum != null && otherMaximum != null && share && otherShare) {
            return score.multiply(otherMaximum).compareTo(otherScore.multiply(maximum)) > 0;
        }
        return unit == Rule.Unit.PERCENT && share != otherShare ? share : score.compareTo(otherScore) > 0;
    }
}
