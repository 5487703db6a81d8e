package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/**
 * Which results are needed attempt by attempt, told by whoever decides on them: a source that has to ask for earlier
 * attempts apart does so for these only.
 */
public interface AttemptsAsked {

    /** Our numbers of columns of the course, of every source. */
    Set<Long> columns(TenantId tenant, long contextId);
}
