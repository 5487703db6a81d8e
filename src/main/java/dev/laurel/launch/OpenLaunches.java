package dev.laurel.launch;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Launches that still count: of a platform and deployment that are on, by somebody who was not taken off the staff since. */
@Component
public class OpenLaunches {

    private final Launches launches;

    private final EndedLaunches ended;

    private final Platforms platforms;

    OpenLaunches(Launches launches, EndedLaunches ended, Platforms platforms) {
        this.launches = launches;
        this.ended = ended;
        this.platforms = platforms;
    }

    public Optional<Launches.Stored> find(TenantId tenant, long launchId) {
        return launches.find(tenant, launchId)
                .filter(launch -> platforms.isOpen(launch.registrationId(), launch.deploymentPk()))
                .filter(launch -> !ended.hasEnded(launch));
    }

    /** Whether it counts no longer because the platform took its person off the staff. */
    public boolean hasEnded(TenantId tenant, long launchId) {
        return launches.find(tenant, launchId).filter(ended::hasEnded).isPresent();
    }
}
