package dev.laurel.context;

import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a launch or a roster with this reference did to a membership, and how late rosters are. */
@Component
class ContextTrail implements Trail {

    private final MembershipRepository memberships;

    ContextTrail(MembershipRepository memberships, ContextRepository contexts, MeterRegistry registry, Clock clock) {
        this.memberships = memberships;
        Gauge.builder(
                        "laurel.step.backlog.age",
                        () -> contexts.oldestDue(clock.instant())
                                .map(due ->
                                        Duration.between(due, clock.instant()).toMillis() / 1000.0)
                                .orElse(0.0))
                .tag("step", "context")
                .baseUnit("seconds")
                .register(registry);
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
