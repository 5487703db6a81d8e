package dev.laurel.gradebook.csv;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with a column from a file.
 *
 * @param after the name that it has since; {@code null} where it was taken away
 * @param at UTC
 */
public record ColumnAct(
        long lineItemId, String before, @Nullable String after, long byPerson, Instant at) {

    public boolean isRemoval() {
        return after == null;
    }
}
