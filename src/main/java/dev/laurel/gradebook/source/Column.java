package dev.laurel.gradebook.source;

import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A column as a source lists it. {@code externalId} is how the source finds it again.
 *
 * @param group what the source files it under, {@code null} where it says none
 * @param mastery points from which the source speaks of mastery
 */
public record Column(
        String externalId,
        String label,
        LineItem.Kind kind,
        @Nullable String group,
        @Nullable BigDecimal mastery,
        @Nullable BigDecimal scoreMaximum,
        @Nullable String resourceId,
        @Nullable String tag,
        @Nullable String resourceLinkId) {

    /** A column of points, as AGS has them: no kind, group or mastery. */
    public static Column ofScores(
            String externalId,
            String label,
            @Nullable BigDecimal scoreMaximum,
            @Nullable String resourceId,
            @Nullable String tag,
            @Nullable String resourceLinkId) {
        return new Column(
                externalId, label, LineItem.Kind.SCORE, null, null, scoreMaximum, resourceId, tag, resourceLinkId);
    }
}
