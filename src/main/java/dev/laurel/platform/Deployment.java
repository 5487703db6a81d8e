package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment_id under a registration. It belongs to one tenant, or to none yet while it is pending.
 *
 * @param seen what its launches said before it was approved, and what the platform calls the institution
 */
public record Deployment(
        long pk,
        long registrationId,
        String deploymentId,
        @Nullable TenantId tenant,
        Status status,
        Instant firstSeenAt,
        Seen seen) {

    /**
     * Signed words of the platform about a deployment, none of them about a person.
     *
     * @param platformGuid the platform's own id of the institution, where it has one
     * @param attempts launches that were refused because nobody had approved it
     */
    public record Seen(
            @Nullable String platformName,
            @Nullable String platformGuid,
            @Nullable String courseTitle,
            int attempts,
            @Nullable Instant lastAt) {

        public static final int LONGEST_GUID = 255;

        static final Seen NOTHING = new Seen(null, null, null, 0, null);
    }

    public enum Status {
        ACTIVE,
        PENDING,
        DISABLED
    }
}
