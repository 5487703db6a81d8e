package dev.laurel.platform.road;

import java.security.SecureRandom;

/**
 * A short number that a person can read out. An observation carries one through all seven steps; an error page shows
 * one that the log repeats.
 */
public record Reference(String value) {

    /** Crockford's base 32: no I, L, O, U, so nothing is misread. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Sixty random bits as {@code XXXX-XXXX-XXXX}. */
    public static Reference next() {
        long bits = RANDOM.nextLong();
        StringBuilder text = new StringBuilder(14);
        for (int i = 0; i < 12; i++) {
            if (i == 4 || i == 8) {
                text.append('-');
            }
            text.append(ALPHABET.charAt((int) (bits & 31)));
            bits >>>= 5;
        }
        return new Reference(text.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
