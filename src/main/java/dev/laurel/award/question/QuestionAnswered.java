package dev.laurel.award.question;

import dev.laurel.platform.tenant.TenantId;

/** Questions about a badge were answered for which something may have waited; published inside the writing transaction. */
public record QuestionAnswered(TenantId tenant, long ruleSetId) {}
