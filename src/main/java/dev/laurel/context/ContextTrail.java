package dev.laurel.context;

import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a launch or a roster with this reference did to a membership, and how late rosters are. */
@Component
class ContextTrail implements Trail {

    private final MembershipRepository memberships;

    ContextTrail(MembershipRepository memberships, ContextRepository contexts, StepMetrics metrics, Clock clock) {
        this.memberships = memberships;
        metrics.backlog(Step.CONTEXT, () -> contexts.oldestDue(clock.instant()));
    }

    @Override
    public List<Footprint> follow(TenantId tenant, Reference reference) {
        return memberships.byReference(tenant, reference).stream()
                .map(seen -> new Footprint(
                        Step.CONTEXT,
                        seen.at(),
                        seen.earns()
                                ? "member of the course, can earn badges"
                                : "member of the course, earns no badges"))
                .toList();
    }
}
