package dev.laurel.gradebook.csv;

import dev.laurel.platform.tenant.TenantId;

/** Who brings results to which course. */
public record Importing(TenantId tenant, long contextId, long personId) {}
