package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/**
 * From now on the holders may know of these awards, and whatever tells of them may begin. Each award is released once;
 * published inside the releasing transaction.
 */
public record AwardsReleased(TenantId tenant, List<Award> awards) {}
