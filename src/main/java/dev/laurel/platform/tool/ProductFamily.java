package dev.laurel.platform.tool;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The LMS products whose habits we know. */
public enum ProductFamily {
    CANVAS("canvas"),
    MOODLE("moodle"),
    BLACKBOARD("blackboardlearn"),
    D2L("desire2learn"),
    SAKAI("sakai"),
    OTHER("");

    private final String code;

    ProductFamily(String code) {
        this.code = code;
    }

    /** The family of a {@code product_family_code}; {@link #OTHER} where it is none that we know. */
    public static ProductFamily of(@Nullable String code) {
        String known = code == null ? "" : code.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(family -> family.code.equals(known))
                .findFirst()
                .orElse(OTHER);
    }
}
