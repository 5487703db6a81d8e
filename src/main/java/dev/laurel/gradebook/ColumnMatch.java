package dev.laurel.gradebook;

import org.jspecify.annotations.Nullable;

/**
 * Which column of a copied course is a column of the course it was copied from.
 *
 * @param to {@code null}: none was found
 * @param by what they have in common
 * @param sure whether nobody need look at it
 */
public record ColumnMatch(LineItem from, @Nullable LineItem to, By by, boolean sure) {

    /** What two columns have in common, the stronger first. */
    public enum By {
        /** Our own id, in the custom parameters of the link that the column belongs to. */
        OWN_ID,
        RESOURCE_ID,
        TAG,
        TITLE,
        SIMILAR_TITLE,
        /** Somebody said so. */
        HAND,
        NOTHING
    }

    /** The same column with another one, or none, that somebody chose for it. */
    public ColumnMatch chosen(@Nullable LineItem choice) {
        return new ColumnMatch(from, choice, choice == null ? By.NOTHING : By.HAND, false);
    }
}
