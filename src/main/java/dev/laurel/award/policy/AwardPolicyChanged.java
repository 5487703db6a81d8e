package dev.laurel.award.policy;

import dev.laurel.platform.tenant.TenantId;

/** Another policy is in force; published inside the changing transaction. */
public record AwardPolicyChanged(TenantId tenant, long ruleSetId, AwardPolicy policy) {}
