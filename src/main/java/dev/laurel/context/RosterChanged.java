package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/** These people joined, left, changed between earning and not earning, or are in other groups; published inside the writing transaction. */
public record RosterChanged(TenantId tenant, long contextId, Set<Long> personIds) {}
