package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;

/** One institution. */
public record Tenant(TenantId id, String name) {}
