package dev.laurel.launch;

import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.springframework.stereotype.Component;

/** A launch has a reference number too: when somebody came in, and by which message. */
@Component
class LaunchTrail implements Trail {

    private final Launches launches;

    LaunchTrail(Launches launches) {
        this.launches = launches;
    }

    @Override
    public List<Footprint> follow(TenantId tenant, Reference reference) {
        return launches.find(tenant, reference).stream()
                .map(launch -> new Footprint(Step.LAUNCH, launch.at(), "launched by " + launch.messageType()))
                .toList();
    }
}
