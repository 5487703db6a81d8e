package dev.laurel.gradebook.ags;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Scores as platforms send them: numbers, or numbers in quotes. Anything else is not understood rather than guessed. */
public final class AgsNumbers {

    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,14}(\\.\\d{1,40})?");

    private static final int LONGEST_WHOLE = 14;

    private static final int DECIMALS = 6;

    private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(DECIMALS);

    private static final BigDecimal LEAST_BELOW_ZERO =
            BigDecimal.ONE.movePointLeft(DECIMALS).negate();

    private AgsNumbers() {}

    public static boolean isAbsent(@Nullable JsonNode node) {
        return node == null
                || node.isNull()
                || (node.isString() && node.asString().isBlank());
    }

    /** Empty where it is no number, or one that no gradebook has. Never rounded up, so that 79.9999999 stays below 80. */
    public static Optional<BigDecimal> read(@Nullable JsonNode node) {
        if (node == null) {
            return Optional.empty();
        }
        BigDecimal number;
        if (node.isNumber()) {
            number = node.decimalValue();
        } else if (node.isString() && PLAIN.matcher(node.asString().strip()).matches()) {
            number = new BigDecimal(node.asString().strip());
        } else {
            return Optional.empty();
        }
        // A few characters can name a number whose digits fill the memory once they are written out.
        long whole = (long) number.precision() - number.scale();
        if (number.signum() != 0 && whole > LONGEST_WHOLE) {
            return Optional.empty();
        }
        if (number.signum() == 0 || whole < -DECIMALS) {
            return Optional.of(number.signum() < 0 ? LEAST_BELOW_ZERO : ZERO);
        }
        return Optional.of(number.setScale(DECIMALS, RoundingMode.FLOOR));
    }
}
