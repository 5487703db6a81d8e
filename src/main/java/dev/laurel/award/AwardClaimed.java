package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;

/** The holder accepted her badge; published inside the writing transaction. */
public record AwardClaimed(TenantId tenant, Award award) {}
