package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Registrations, deployments and the tenants they belong to. */
@Component
public class Platforms {

    /** Active registrations of this issuer; {@code clientId} may be absent in a login request. */
    public Optional<Registration> registration(String issuer, @Nullable String clientId) {
        throw new UnsupportedOperationException();
    }

    public Optional<Registration> registration(long id) {
        throw new UnsupportedOperationException();
    }

    public List<Registration> registrations() {
        throw new UnsupportedOperationException();
    }

    /** The deployment, recorded as pending where it was never seen. */
    public Deployment deployment(Registration registration, String deploymentId) {
        throw new UnsupportedOperationException();
    }

    public List<Deployment> deployments() {
        throw new UnsupportedOperationException();
    }

    public String tenantName(TenantId tenant) {
        throw new UnsupportedOperationException();
    }
}
