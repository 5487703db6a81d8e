package dev.laurel.criteria;

import java.math.BigDecimal;

/** One way to write a number, so that equal numbers are equal text: {@code 80}, never {@code 80.000000} or {@code 8E+1}. */
final class Numbers {

    private Numbers() {}

    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
