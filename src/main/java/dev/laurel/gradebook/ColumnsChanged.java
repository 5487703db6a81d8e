package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What can be said of these columns is something else now: they are new, were deleted in the LMS or are there again, or
 * measure, count or are filed otherwise. Published inside the writing transaction.
 *
 * @param before those that were there, as they were: what looked at their old group must look again
 */
public record ColumnsChanged(TenantId tenant, long contextId, Set<Long> lineItemIds, List<LineItem> before) {

    public ColumnsChanged {
        lineItemIds = Set.copyOf(lineItemIds);
        before = List.copyOf(before);
    }

    /** They are as they were, but mean something else. */
    public ColumnsChanged(TenantId tenant, long contextId, Collection<Long> lineItemIds) {
        this(tenant, contextId, Set.copyOf(lineItemIds), List.of());
    }
}
