package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * Nothing follows any more from the fall of these awards: their results are back, or a person decided that they stay.
 * Published inside that transaction.
 */
public record AwardsStay(TenantId tenant, List<Award> awards) {}
