package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;

/**
 * What says who somebody was is destroyed; published inside the erasing transaction, so that what others keep of the number
 * goes, or stops being of any use, with it.
 */
public record PersonErased(TenantId tenant, long personId, Instant at) {}
