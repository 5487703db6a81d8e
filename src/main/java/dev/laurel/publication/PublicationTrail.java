package dev.laurel.publication;

import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
class PublicationTrail implements Trail {

    private final ShareRepository shares;

    private final PassbackRepository passback;

    private final Clock clock;

    PublicationTrail(ShareRepository shares, PassbackRepository passback, StepMetrics metrics, Clock clock) {
        this.shares = shares;
        this.passback = passback;
        this.clock = clock;
        metrics.backlog(Step.PUBLICATION, passback::oldestUnsent);
    }

    @Override
    public List<Footprint> follow(TenantId tenant, Reference reference) {
        return Stream.concat(
                        passback.traces(tenant, reference).stream().map(PublicationTrail::score),
                        shares.traces(tenant, reference, clock.instant()).stream()
                                .flatMap(PublicationTrail::share))
                .toList();
    }

    private static Footprint score(PassbackRepository.Trace trace) {
        if (trace.withdrawnAt() != null && trace.givenUpAt() == null) {
            return trace.sentAt() == null
                    ? new Footprint(Step.PUBLICATION, null, "score waits to be taken away")
                    : new Footprint(Step.PUBLICATION, trace.sentAt(), "score taken away with the badge");
        }
        if (trace.sentAt() != null) {
            return new Footprint(Step.PUBLICATION, trace.sentAt(), "score sent to the LMS");
        }
        return trace.givenUpAt() != null
                ? new Footprint(Step.PUBLICATION, trace.givenUpAt(), "score given up on")
                : new Footprint(Step.PUBLICATION, null, "score waits to be sent");
    }

    private static Stream<Footprint> share(ShareRepository.Trace trace) {
        Footprint shared = new Footprint(Step.PUBLICATION, trace.createdAt(), "shared by its holder");
        return trace.withdrawnAt() == null
                ? Stream.of(shared)
                : Stream.of(shared, new Footprint(Step.PUBLICATION, trace.withdrawnAt(), "no longer shared"));
    }
}
