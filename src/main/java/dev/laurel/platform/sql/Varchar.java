package dev.laurel.platform.sql;

/** Text made to fit a column. {@code VARCHAR(n)} counts characters of Unicode, and half of one cannot be stored or signed. */
public final class Varchar {

    private Varchar() {}

    /**
     * @param longest how many characters there may be
     * @return the first so many of them, never half of one
     */
    public static String fit(String text, int longest) {
        return fits(text, longest) ? text : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    /** As {@link #fit}, but an ellipsis, which counts, is the last character where anything is missing. */
    public static String fitWithEllipsis(String text, int longest) {
        return fits(text, longest) ? text : fit(text, longest - 1) + "…";
    }

    private static boolean fits(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest;
    }
}
