package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** These released awards were taken back by a person; published inside the revoking transaction. */
public record AwardsRevoked(TenantId tenant, List<Award> awards) {}
