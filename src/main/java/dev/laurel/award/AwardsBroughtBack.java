package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.Map;

/**
 * What had taken the place of earlier awards was undone: each of those has one in its place that says the same, and was
 * released. Published inside that transaction.
 *
 * @param again by the number of the earlier one
 */
public record AwardsBroughtBack(TenantId tenant, Map<Long, Award> again) {}
