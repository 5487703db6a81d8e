package dev.laurel.dashboard;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import org.springframework.stereotype.Component;

/** The platforms through which an institution launches; of others its administrator learns nothing. */
@Component
public class OwnPlatforms {

    private final Platforms platforms;

    OwnPlatforms(Platforms platforms) {
        this.platforms = platforms;
    }

    /** Answers 404 where it is none of theirs. */
    public Registration require(TenantId tenant, long registrationId) {
        boolean theirs = platforms.deployments().stream()
                .anyMatch(each -> each.registrationId() == registrationId && tenant.equals(each.tenant()));
        return platforms.registration(registrationId).filter(each -> theirs).orElseThrow(Allowed::notFound);
    }
}
