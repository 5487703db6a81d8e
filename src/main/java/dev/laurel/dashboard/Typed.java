package dev.laurel.dashboard;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people type, understood kindly. */
public final class Typed {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}([.,]\\d{1,4})?");

    /** A thousand to some and one to others. */
    private static final Pattern EITHER = Pattern.compile("[1-9]\\d{0,2},\\d{3}");

    private Typed() {}

    /** Whether a comma may be meant as one between thousands just as well as one before decimals: {@code 1,000}. */
    public static boolean isAmbiguous(String bare) {
        return EITHER.matcher(bare).matches();
    }

    /**
     * A number with a point or a comma and perhaps a percent sign; {@code null} where it is none, or may be either of
     * two.
     */
    public static @Nullable BigDecimal number(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String bare = typed.replace("%", "").replace('\u00a0', ' ').strip();
        return NUMBER.matcher(bare).matches() && !isAmbiguous(bare) ? new BigDecimal(bare.replace(',', '.')) : null;
    }

    /** One way to end a line: browsers send two characters. */
    public static String text(@Nullable String typed) {
        return typed == null ? "" : typed.replace("\r\n", "\n").strip();
    }
}
