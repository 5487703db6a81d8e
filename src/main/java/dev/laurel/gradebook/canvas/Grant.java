package dev.laurel.gradebook.canvas;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody allowed Laurel to read in their name.
 *
 * @param contextId the course it is for; {@link #INSTITUTION}: every course
 * @param ownerUser Canvas's number of the owner
 * @param shard of the school, see {@link CanvasIds}
 * @param endedAt since when Canvas does not accept it any more, UTC
 */
record Grant(
        TenantId tenant,
        long registrationId,
        long contextId,
        long ownerPerson,
        @Nullable String ownerUser,
        long shard,
        @Nullable String refreshToken,
        String accessToken,
        @Nullable Instant accessUntil,
        Set<CanvasCapability> capabilities,
        Instant grantedAt,
        @Nullable Instant endedAt) {

    static final long INSTITUTION = 0;

    Grant {
        capabilities = Set.copyOf(capabilities);
    }

    /** @param shardNow as Canvas tells it now */
    Grant renewed(String token, @Nullable Instant until, long shardNow) {
        return new Grant(
                tenant,
                registrationId,
                contextId,
                ownerPerson,
                ownerUser,
                shardNow,
                refreshToken,
                token,
                until,
                capabilities,
                grantedAt,
                endedAt);
    }

    boolean isOfInstitution() {
        return contextId == INSTITUTION;
    }

    @Override
    public String toString() {
        return "Grant[" + registrationId + "/" + contextId + "]";
    }
}
