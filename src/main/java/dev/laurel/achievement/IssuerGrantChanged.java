package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * This course may speak for another issuer of the institution than before; published inside the writing transaction.
 *
 * @param issuerId {@code null}: for none any more
 */
public record IssuerGrantChanged(
        TenantId tenant, long contextId, @Nullable Long issuerId) {}
