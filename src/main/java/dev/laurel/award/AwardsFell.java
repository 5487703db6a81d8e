package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** The results of these awards fell, and something follows unless their holders object; published in that transaction. */
public record AwardsFell(TenantId tenant, List<Award> awards) {}
