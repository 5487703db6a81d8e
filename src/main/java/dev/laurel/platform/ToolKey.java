package dev.laurel.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the tool's keys, without the key.
 *
 * @param signsUntil when its successor takes over; {@code null}: it has none yet
 * @param publishedUntil until when platforms can still verify with it; {@code null}: it has no successor yet
 * @param retiredAt when its private part was destroyed
 */
public record ToolKey(
        String kid,
        Instant publishedFrom,
        Instant signsFrom,
        @Nullable Instant signsUntil,
        @Nullable Instant publishedUntil,
        @Nullable Instant retiredAt) {}
