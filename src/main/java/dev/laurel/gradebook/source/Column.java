package dev.laurel.gradebook.source;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A column as a source lists it. {@code externalId} is how the source finds it again. */
public record Column(
        String externalId,
        String label,
        @Nullable BigDecimal scoreMaximum,
        @Nullable String resourceId,
        @Nullable String tag,
        @Nullable String resourceLinkId) {}
