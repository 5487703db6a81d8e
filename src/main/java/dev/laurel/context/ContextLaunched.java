package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;

/** Somebody launched from this course; published inside the transaction of the launch. */
public record ContextLaunched(TenantId tenant, long contextId, long personId, boolean staff) {}
