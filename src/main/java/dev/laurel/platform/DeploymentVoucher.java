package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;

/** Knows whose the first deployment of a registration is, where an operator has said so beforehand. */
public interface DeploymentVoucher {

    /** @param platformGuid what the platform calls the institution that launches, signed */
    Optional<TenantId> vouch(Registration registration, String platformGuid);
}
