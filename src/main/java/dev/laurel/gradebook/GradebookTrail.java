package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** How a grade came in: the launch that opened the course, the learner's place in it, the observation. */
@Component
class GradebookTrail implements Trail {

    private final ObservationRepository observations;

    private final Contexts contexts;

    GradebookTrail(
            ObservationRepository observations,
            Contexts contexts,
            SyncRepository syncs,
            StepMetrics metrics,
            Clock clock) {
        this.observations = observations;
        this.contexts = contexts;
        metrics.backlog(Step.GRADEBOOK, () -> syncs.oldestDue(clock.instant()));
    }

    @Override
    public List<Footprint> follow(TenantId tenant, Reference reference) {
        List<Footprint> footprints = new ArrayList<>();
        observations.byReference(tenant, reference).ifPresent(observation -> {
            contexts.find(tenant, observation.contextId())
                    .map(CourseContext::lastLaunchAt)
                    .ifPresent(at -> footprints.add(new Footprint(Step.LAUNCH, at, "the course was last launched")));
            contexts.member(tenant, observation.contextId(), observation.personId())
                    .ifPresent(member ->
                            footprints.add(new Footprint(Step.CONTEXT, observation.recordedAt(), place(member))));
            footprints.add(new Footprint(Step.GRADEBOOK, observation.recordedAt(), outcome(observation)));
        });
        return footprints;
    }

    private static String place(Member member) {
        if (!member.active()) {
            return "no longer a member of the course";
        }
        return member.earns() ? "member of the course, can earn badges" : "member of the course, earns no badges";
    }

    private static String outcome(Observation observation) {
        String how =
                " (" + observation.source() + ", " + observation.cameAbout() + ", number " + observation.seq() + ")";
        // Whoever runs the installation follows a grade without learning it.
        return (observation.score() == null ? "no score" : "a score") + how;
    }
}
