package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment_id under a registration. It belongs to one tenant, or to none yet while it is pending. */
public record Deployment(
        long pk,
        long registrationId,
        String deploymentId,
        @Nullable TenantId tenant,
        Status status,
        Instant firstSeenAt) {

    public enum Status {
        ACTIVE,
        PENDING,
        DISABLED
    }
}
