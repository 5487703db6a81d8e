package dev.laurel.context.link;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/**
 * These persons are one human now, or are not any more; published inside the transaction. What one of them has counts for
 * the others, or has to be looked at without them.
 */
public record PersonLinksChanged(TenantId tenant, Set<Long> personIds) {}
