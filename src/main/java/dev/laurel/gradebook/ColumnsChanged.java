package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/** These columns were deleted in the LMS, or are there again; published inside the writing transaction. */
public record ColumnsChanged(TenantId tenant, long contextId, Set<Long> lineItemIds) {}
