package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.ags.AgsNumbers;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** How numbers are written in a file: with a point or a comma before the decimals. One way per file, never guessed. */
public enum Decimals {
    POINT('.', ','),
    COMMA(',', '.');

    private static final int LONGEST = 80;

    private static final Pattern UNCLEAR = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

    private final Pattern plain;

    private final Pattern grouped;

    private final char mark;

    Decimals(char mark, char group) {
        this.mark = mark;
        this.plain = Pattern.compile("[+-]?\\d{1,30}(?:" + Pattern.quote(String.valueOf(mark)) + "\\d{1,30})?");
        String groups = "[" + (group == '.' ? "." : ",") + "'\\u2019\\u00a0\\u202f ]";
        this.grouped = Pattern.compile(
                "[+-]?[1-9]\\d{0,2}(?:" + groups + "\\d{3})+(?:" + Pattern.quote(String.valueOf(mark)) + "\\d{1,30})?");
    }

    /** What a text tells of the way in which numbers are written. */
    enum Evidence {
        NO_NUMBER,
        /** A whole number, which is the same either way. */
        WHOLE,
        POINT,
        COMMA,
        /** {@code 1,234}: a thousand and more, or one and a bit. */
        UNCLEAR
    }

    static Evidence evidence(String text) {
        // Most fields are words, and there are millions of them.
        if (text.isEmpty() || text.length() > LONGEST || "+-0123456789".indexOf(text.charAt(0)) < 0) {
            return Evidence.NO_NUMBER;
        }
        String number = withoutPercent(text);
        if (UNCLEAR.matcher(number).matches()) {
            return Evidence.UNCLEAR;
        }
        boolean point = POINT.isNumber(number);
        boolean comma = COMMA.isNumber(number);
        if (point && comma) {
            return Evidence.WHOLE;
        }
        if (point) {
            return Evidence.POINT;
        }
        return comma ? Evidence.COMMA : Evidence.NO_NUMBER;
    }

    static boolean isPercent(String text) {
        return text.endsWith("%");
    }

    /**
     * Empty where it is none in this way of writing. Never rounded up but for the noise of floating point numbers, so that
     * 79.9999999 stays below 80.
     */
    Optional<BigDecimal> read(String text) {
        String number = withoutPercent(text);
        if (!isNumber(number)) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        for (char character : number.toCharArray()) {
            if (character == mark) {
                digits.append('.');
            } else if (Character.isDigit(character) || character == '-') {
                digits.append(character);
            }
        }
        return Optional.of(AgsNumbers.cut(new BigDecimal(digits.toString())));
    }

    private boolean isNumber(String number) {
        return plain.matcher(number).matches() || grouped.matcher(number).matches();
    }

    private static String withoutPercent(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        int end = number.length();
        while (end > 0 && Character.isSpaceChar(number.charAt(end - 1))) {
            end--;
        }
        return number.substring(0, end);
    }
}
