package dev.laurel.criteria;

import dev.laurel.context.CoursesInUse;
import dev.laurel.platform.tenant.TenantId;
import org.springframework.stereotype.Component;

/** Courses with an active badge. */
@Component
class CoursesWithBadges implements CoursesInUse {

    private final RuleSetRepository ruleSets;

    CoursesWithBadges(RuleSetRepository ruleSets) {
        this.ruleSets = ruleSets;
    }

    @Override
    public boolean isInUse(TenantId tenant, long contextId) {
        return !ruleSets.active(tenant, contextId).isEmpty();
    }
}
