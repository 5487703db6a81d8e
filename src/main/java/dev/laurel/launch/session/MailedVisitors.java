package dev.laurel.launch.session;

import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;

/** Knows whom an e-mail address leads to. Whoever keeps the addresses says so, at every request anew. */
public interface MailedVisitors {

    /**
     * @param addressId of an address that one person confirmed
     * @return the person; empty once she removed or changed it, or was erased
     */
    Optional<Long> personOf(TenantId tenant, long addressId);
}
