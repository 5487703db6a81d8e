package dev.laurel.platform.road;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one step says of one reference number: when it was done (UTC; {@code null} while it waits) and with what outcome.
 * The outcome is in plain words without personal data.
 */
public record Footprint(Step step, @Nullable Instant at, String outcome) {}
