package dev.laurel;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import java.net.URI;
import java.util.List;
import lms.PlatformFacts;
import lms.ReferenceLms;
import lms.Tool;

/** Makes platforms of the package {@code lms} known to a running Laurel. */
public final class TestRegistrations {

    private TestRegistrations() {}

    public static List<Registration> register(Platforms platforms, List<PlatformFacts> facts) {
        return facts.stream()
                .map(platform -> platforms.register(entry(platform), false))
                .toList();
    }

    /** Of an institution of its own. */
    public static Registration alone(Platforms platforms, ReferenceLms lms, String deployment, String tenant) {
        return platforms.register(
                new RegistrationEntry(
                        "Northfield College LMS",
                        lms.issuer(),
                        Tool.LAUREL_CLIENT_ID,
                        URI.create(lms.authUrl()),
                        URI.create(lms.tokenUrl()),
                        null,
                        URI.create(lms.jwksUrl()),
                        lms.issuer(),
                        true,
                        null,
                        List.of(new RegistrationEntry.DeploymentEntry(deployment, tenant))),
                false);
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
