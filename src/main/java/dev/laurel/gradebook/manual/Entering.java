package dev.laurel.gradebook.manual;

import dev.laurel.platform.tenant.TenantId;

/** The member of the staff who enters something, and in which course. Whoever calls has checked that she may. */
public record Entering(TenantId tenant, long contextId, long personId) {}
