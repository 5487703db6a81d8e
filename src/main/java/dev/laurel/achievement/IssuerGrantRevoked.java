package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;

/** This course may not speak for the institution's issuer any more; published inside the writing transaction. */
public record IssuerGrantRevoked(TenantId tenant, long contextId) {}
