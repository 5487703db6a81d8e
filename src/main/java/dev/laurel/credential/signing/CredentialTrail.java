package dev.laurel.credential.signing;

import dev.laurel.credential.signing.CredentialRepository.Trace;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
class CredentialTrail implements Trail {

    private final CredentialRepository credentials;

    CredentialTrail(CredentialRepository credentials, StepMetrics metrics) {
        this.credentials = credentials;
        metrics.backlog(Step.CREDENTIAL, credentials::oldestUnsigned);
    }

    @Override
    public List<Footprint> follow(TenantId tenant, Reference reference) {
        return credentials.traces(tenant, reference).stream()
                .flatMap(CredentialTrail::footprints)
                .toList();
    }

    private static Stream<Footprint> footprints(Trace trace) {
        Footprint proof = trace.signedAt() != null
                ? new Footprint(Step.CREDENTIAL, trace.signedAt(), "signed")
                : new Footprint(
                        Step.CREDENTIAL,
                        null,
                        trace.setAside() == null ? "waits to be signed" : "set aside: " + trace.setAside());
        if (trace.jwtSignedAt() == null) {
            return Stream.of(proof);
        }
        return Stream.of(proof, new Footprint(Step.CREDENTIAL, trace.jwtSignedAt(), "signed as a JWT too"));
    }
}
