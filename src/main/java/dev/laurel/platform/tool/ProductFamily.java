package dev.laurel.platform.tool;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The LMS products whose habits we know. */
public enum ProductFamily {
    CANVAS("canvas", "Canvas"),
    MOODLE("moodle", "Moodle"),
    BLACKBOARD("blackboard", "Blackboard"),
    D2L("desire2learn", "Brightspace"),
    SAKAI("sakai", "Sakai"),
    OTHER("", "LMS");

    private final String code;

    private final String label;

    ProductFamily(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** The family of a {@code product_family_code}; {@link #OTHER} where it is none that we know. */
    public static ProductFamily of(@Nullable String code) {
        String known = code == null ? "" : code.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(family -> known.startsWith(family.code))
                .findFirst()
                .orElse(OTHER);
    }
}
