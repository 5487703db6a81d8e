package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** These awards were suspended and count again; published inside the writing transaction. */
public record AwardsReinstated(TenantId tenant, List<Award> awards) {}
