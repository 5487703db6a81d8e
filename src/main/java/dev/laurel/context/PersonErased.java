package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Set;

/**
 * What says who somebody was is destroyed; published inside the erasing transaction, so that what others keep of the number
 * goes, or stops being of any use, with it.
 *
 * @param accounts hashes by which {@link ErasedCameBack} names her accounts, and which lead to nobody before
 */
public record PersonErased(TenantId tenant, long personId, Set<String> accounts, Instant at) {}
