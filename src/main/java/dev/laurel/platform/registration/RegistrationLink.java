package dev.laurel.platform.registration;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that lets one platform register itself for one institution.
 *
 * @param renewsId the registration that is registered again; {@code null}: a new one
 * @param registrationId what it made; {@code null} while it waits
 */
record RegistrationLink(
        TenantId tenant,
        long id,
        byte[] salt,
        @Nullable Long renewsId,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Long registrationId) {

    boolean isUsed() {
        return usedAt != null;
    }

    boolean isOpen(Instant now) {
        return !isUsed() && expiresAt.isAfter(now);
    }
}
