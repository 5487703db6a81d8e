package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** These awards do not count for now; published inside the writing transaction. */
public record AwardsSuspended(TenantId tenant, List<Award> awards) {}
