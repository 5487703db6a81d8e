package dev.laurel.dashboard;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people type, understood kindly. */
public final class Typed {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}([.,]\\d{1,4})?");

    private Typed() {}

    /** A number with a point or a comma and perhaps a percent sign; {@code null} where it is none. */
    public static @Nullable BigDecimal number(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String bare = typed.replace("%", "").replace('\u00a0', ' ').strip();
        return NUMBER.matcher(bare).matches() ? new BigDecimal(bare.replace(',', '.')) : null;
    }

    /** One way to end a line: browsers send two characters. */
    public static String text(@Nullable String typed) {
        return typed == null ? "" : typed.replace("\r\n", "\n").strip();
    }
}
