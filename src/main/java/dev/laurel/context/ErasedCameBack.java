package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;

/**
 * Somebody who was erased launched again by one of her accounts; published inside the transaction of the launch. Nothing of
 * what she was is known any more.
 *
 * @param personId her new number
 * @param account one of those of {@link PersonErased}
 */
public record ErasedCameBack(TenantId tenant, long personId, String account, Instant at) {}
