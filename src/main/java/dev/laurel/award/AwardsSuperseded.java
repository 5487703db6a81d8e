package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** Newer awards of the same badges were released in place of these; published inside that transaction. */
public record AwardsSuperseded(TenantId tenant, List<Award> awards) {}
