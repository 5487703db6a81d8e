package dev.laurel.award;

/** Why a person decided something, in words that the student may read. */
public final class Reason {

    public static final int LONGEST = 500;

    private Reason() {}

    public static boolean isOne(String words) {
        String bare = bare(words);
        return !bare.isEmpty() && bare.length() <= LONGEST;
    }

    /** One way to end a line: browsers send two characters, and count one. */
    public static String bare(String words) {
        return words.replace("\r\n", "\n").strip();
    }

    /** @throws IllegalArgumentException where nothing is said, or more than {@link #LONGEST} characters */
    public static String require(String words) {
        if (!isOne(words)) {
            throw new IllegalArgumentException("A reason has 1 to " + LONGEST + " characters");
        }
        return bare(words);
    }
}
