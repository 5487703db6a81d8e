package dev.laurel.gradebook.source;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/** Reasons to look at a course before its time. */
public interface Hints {

    /**
     * Something is new of these people, it is said. They are read as soon as the platform allows.
     *
     * @param people our numbers; empty where it is not known of whom
     */
    void hint(TenantId tenant, long contextId, Set<Long> people);
}
