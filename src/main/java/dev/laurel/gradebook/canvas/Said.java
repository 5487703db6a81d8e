package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.ags.AgsNumbers;
import dev.laurel.platform.sql.Varchar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What stands in Canvas's JSON. */
final class Said {

    private static final int LONGEST = 500;

    private Said() {}

    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null
                || node.isNull()
                || node.isContainer()
                || node.asString().isBlank()) {
            return null;
        }
        return Varchar.fit(node.asString().strip(), LONGEST);
    }

    static String label(@Nullable JsonNode node) {
        String text = text(node);
        return text == null ? "(no name)" : text;
    }

    /** {@code null} where there is none, or none that can be read. */
    static @Nullable BigDecimal number(@Nullable JsonNode node) {
        return AgsNumbers.read(node).orElse(null);
    }

    /** Whether something stands there that is no number. */
    static boolean isNoNumber(@Nullable JsonNode node) {
        return !AgsNumbers.isAbsent(node) && AgsNumbers.read(node).isEmpty();
    }

    static @Nullable Instant time(@Nullable JsonNode node) {
        try {
            String text = text(node);
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
