package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment_id under a registration. It belongs to one tenant, or to none yet while it is pending.
 *
 * @param leftBehind no launch can come from it, because the platform registered again under another client id
 * @param seen what its launches said before it was approved, what the platform calls the institution, and when one came
 */
public record Deployment(
        long pk,
        long registrationId,
        String deploymentId,
        @Nullable TenantId tenant,
        Status status,
        Instant firstSeenAt,
        boolean leftBehind,
        Seen seen) {

    /**
     * Whether a deployment that waits may be this one under a new id, as after Laurel was removed from the platform and
     * installed again: this one launched for the same institution, and has not launched since the other one appeared.
     *
     * @param shared several institutions may launch by the registration: then the platform itself has to say that they
     *     are of the same one
     */
    boolean mayBe(Deployment waiting, boolean shared) {
        String guid = seen.platformGuid();
        String other = waiting.seen.platformGuid();
        boolean sameInstitution = guid == null || other == null ? !shared : guid.equals(other);
        return waiting.status == Status.PENDING
                && status == Status.ACTIVE
                && registrationId == waiting.registrationId
                && sameInstitution
                && (seen.lastAt() == null || seen.lastAt().isBefore(waiting.firstSeenAt));
    }

    /**
     * Signed words of the platform about a deployment, none of them about a person.
     *
     * @param platformGuid the platform's own id of the institution, where it has one
     * @param attempts launches that were refused because nobody had approved it
     * @param lastAt when a launch came last; that of an approved deployment is exact to a few minutes
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
