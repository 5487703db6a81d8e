package dev.laurel.gradebook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the reading of one course's gradebook goes, for "last checked / next check". Times are UTC.
 *
 * @param reading columns, while a look takes long; {@code null} while none does
 * @param problem plain words for staff, {@code null} while all is well
 */
public record SyncStatus(
        @Nullable Instant lastCheckedAt,
        @Nullable Instant nextCheckAt,
        @Nullable LongWork reading,
        @Nullable String problem,
        @Nullable Instant problemSince) {}
