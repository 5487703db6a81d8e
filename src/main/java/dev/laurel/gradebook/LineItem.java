package dev.laurel.gradebook;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A column of a gradebook.
 *
 * @param source which source reads it: {@code ags}, later {@code canvas}, {@code moodle}, {@code csv}, {@code manual}
 * @param output Laurel writes it, so it can never be an input of a rule
 * @param readable false: needs a reading key
 * @param deleted it is gone from the LMS; rules that name it become undecided and say so
 */
public record LineItem(
        long id,
        long contextId,
        String source,
        String externalId,
        String label,
        @Nullable BigDecimal scoreMaximum,
        boolean output,
        boolean createdHere,
        boolean readable,
        boolean deleted) {}
