package lms;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** A grade as a teacher types it: digits with a decimal point or a decimal comma, between zero and the maximum. */
final class GradeInput {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}([.,]\\d{1,5})?");

    private GradeInput() {}

    /**
     * The number that was typed; empty clears the cell.
     *
     * @throws RefusedGradeException with a sentence for the teacher
     */
    static Optional<BigDecimal> parse(String typed, BigDecimal maximum) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new RefusedGradeException("“" + text + "” is not a number. Type one like 85 or 85.5.");
        }
        var score = new BigDecimal(text.replace(',', '.'));
        if (score.compareTo(maximum) > 0) {
            throw new RefusedGradeException(
                    "The highest grade here is " + maximum.stripTrailingZeros().toPlainString() + ".");
        }
        return Optional.of(score);
    }
}
