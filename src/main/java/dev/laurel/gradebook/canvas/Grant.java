package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.Member;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody allowed Laurel to read in their name.
 *
 * @param contextId the course it is for; {@link #INSTITUTION}: every course
 * @param ownerUser Canvas's number of the owner
 * @param shard see {@link CanvasIds}
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

    private static final Set<Role> STAFF = EnumSet.of(Role.INSTRUCTOR, Role.TEACHING_ASSISTANT);

    Grant {
        capabilities = Set.copyOf(capabilities);
    }

    Grant renewed(String token, @Nullable Instant until) {
        return new Grant(
                tenant,
                registrationId,
                contextId,
                ownerPerson,
                ownerUser,
                shard,
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

    /** Whoever gave it is not among the staff of its course any more: Canvas will end it once it notices. */
    boolean ownerLeft(Contexts contexts) {
        return !isOfInstitution()
                && contexts.member(tenant, contextId, ownerPerson)
                        .filter(Member::active)
                        .filter(member -> member.roles().stream().anyMatch(STAFF::contains))
                        .isEmpty();
    }

    @Override
    public String toString() {
        return "Grant[" + registrationId + "/" + contextId + "]";
    }
}
