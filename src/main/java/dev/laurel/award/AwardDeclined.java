package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;

/** The holder does not want her badge; published inside the writing transaction. */
public record AwardDeclined(TenantId tenant, long awardId) {}
