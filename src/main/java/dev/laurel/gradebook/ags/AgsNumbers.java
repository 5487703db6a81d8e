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

    /**
     * Platforms compute with floating point numbers and tell 4.2 as 4.199999999999999, while they show 4.2. From here on it is
     * that noise.
     */
    private static final int EXACT_DECIMALS = 10;

    private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(DECIMALS);

    private AgsNumbers() {}

    public static boolean isAbsent(@Nullable JsonNode node) {
        return node == null
                || node.isNull()
                || (node.isString() && node.asString().isBlank());
    }

    /**
     * Empty where it is no number, or one that no gradebook has. Never rounded up but for the noise of floating point numbers,
     * so that 79.9999999 stays below 80.
     */
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
        if (number.signum() == 0 || whole < -EXACT_DECIMALS) {
            return Optional.of(ZERO);
        }
        return Optional.of(cut(number));
    }

    /** To the decimals that are kept: never rounded up, but for noise. */
    public static BigDecimal cut(BigDecimal number) {
        return number.setScale(EXACT_DECIMALS, RoundingMode.HALF_EVEN).setScale(DECIMALS, RoundingMode.FLOOR);
    }
}
