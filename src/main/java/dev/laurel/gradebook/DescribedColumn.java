package dev.laurel.gradebook;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A column by what it can be known again, without its course.
 *
 * @param number ours, or the one that a file gave it
 * @param group what the LMS files it under
 * @param badgeId our own id in the custom parameters of its link
 */
public record DescribedColumn(
        long number,
        String title,
        LineItem.Kind kind,
        @Nullable String group,
        @Nullable BigDecimal maximum,
        @Nullable String badgeId,
        @Nullable String resourceId,
        @Nullable String tag) {

    /** The same under another number. */
    public DescribedColumn numbered(long other) {
        return new DescribedColumn(other, title, kind, group, maximum, badgeId, resourceId, tag);
    }

    /** As a column of no course, for pages that speak of it. */
    public LineItem asItem() {
        return new LineItem(number, 0, "file", "", title, kind, group, null, maximum, false, false, true, false);
    }
}
