package dev.laurel.credential.signing;

import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.SetAsideWork;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Credentials that could not be signed, while others of the same job were. */
@Component
class SetAsideCredentials implements SetAsideWork {

    private final CredentialRepository credentials;

    private final Jobs jobs;

    private final Clock clock;

    SetAsideCredentials(CredentialRepository credentials, Jobs jobs, Clock clock) {
        this.credentials = credentials;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "credentials";
    }

    @Override
    public List<Waiting> waiting() {
        return credentials.setAside();
    }

    @Override
    @Transactional
    public int tryAgain(TenantId tenant) {
        int cleared = credentials.clearSetAside(tenant);
        if (cleared > 0) {
            jobs.schedule(EmbeddedSigning.KIND, tenant, "again", clock.millis());
            jobs.schedule(JwtSigning.KIND, tenant, "again", clock.millis());
        }
        return cleared;
    }
}
