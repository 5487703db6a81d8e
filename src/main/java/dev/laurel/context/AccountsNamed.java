package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/**
 * A platform told by which of its own ids it knows these persons: whose id is the same, those are one account there.
 * Published inside the transaction.
 */
public record AccountsNamed(TenantId tenant, Set<Long> sameAccount) {}
