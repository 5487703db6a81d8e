package dev.laurel.launch.oidc;

import dev.laurel.platform.Registration;

/** A launch that holds, from a deployment that nobody approved yet. */
class DeploymentPendingException extends LaunchRefusedException {

    private static final long serialVersionUID = 1L;

    private final transient Registration registration;

    private final String deploymentId;

    DeploymentPendingException(Registration registration, String deploymentId, String detail) {
        super(Refusal.DEPLOYMENT_PENDING, detail, registration.id());
        this.registration = registration;
        this.deploymentId = deploymentId;
    }

    /** It is known already. */
    @Override
    LaunchRefusedException from(long registrationId) {
        return this;
    }

    Registration registration() {
        return registration;
    }

    String deploymentId() {
        return deploymentId;
    }
}
