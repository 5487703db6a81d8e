package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** New awards, never one that was there before; published inside the deciding transaction. */
public record AwardsDecided(TenantId tenant, List<Award> awards) {}
