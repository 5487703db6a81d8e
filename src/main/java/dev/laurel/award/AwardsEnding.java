package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** These awards run their time soon, and what happens from now on can renew them; each is told of once. */
public record AwardsEnding(TenantId tenant, List<Award> awards) {}
