package dev.laurel;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import java.net.URI;
import java.util.List;
import lms.PlatformFacts;

/** Makes platforms of the package {@code lms} known to a running Laurel. */
public final class TestRegistrations {

    private TestRegistrations() {}

    public static List<Registration> register(Platforms platforms, List<PlatformFacts> facts) {
        return facts.stream()
                .map(platform -> platforms.register(entry(platform), false))
                .toList();
    }

    private static RegistrationEntry entry(PlatformFacts facts) {
        return new RegistrationEntry(
                facts.name(),
                facts.issuer(),
                facts.clientId(),
                URI.create(facts.auth()),
                URI.create(facts.token()),
                null,
                URI.create(facts.jwks()),
                facts.issuer(),
                facts.tellsAssistants(),
                2,
                facts.deployments().stream()
                        .map(id -> new RegistrationEntry.DeploymentEntry(id, facts.tenant()))
                        .toList());
    }
}
