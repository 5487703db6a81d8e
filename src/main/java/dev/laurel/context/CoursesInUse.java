package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;

/**
 * Whether badges are given in a course, told by whoever decides on them: it is looked at every day then, however long nobody
 * has opened Laurel there. Learners of a course without dates may come to the end of it at any time.
 */
public interface CoursesInUse {

    boolean isInUse(TenantId tenant, long contextId);
}
