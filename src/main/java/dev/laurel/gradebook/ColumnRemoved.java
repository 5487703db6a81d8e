package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;

/** Somebody had Laurel take a column away that it had made, and the platform did; published inside the writing transaction. */
public record ColumnRemoved(TenantId tenant, long lineItemId, long byPerson) {}
