package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.Set;

/**
 * A platform told by which of its own ids it knows these persons, for the first time or others than before. Published
 * inside the transaction.
 *
 * @param same of these persons and all others of the platform, those whose id is the same: they are one account there
 */
public record AccountsNamed(TenantId tenant, long registrationId, Set<Long> personIds, Collection<Set<Long>> same) {}
