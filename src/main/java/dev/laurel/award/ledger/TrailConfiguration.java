package dev.laurel.award.ledger;

import dev.laurel.award.Award;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.Trail;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this step says to whoever follows one grade. */
@Configuration(value = "awardTrailConfiguration", proxyBeanMethods = false)
class TrailConfiguration {

    @Bean
    Trail awardTrail(AwardRepository awards) {
        return (tenant, reference) -> awards.byReference(tenant, reference).stream()
                .flatMap(TrailConfiguration::footprints)
                .toList();
    }

    private static Stream<Footprint> footprints(Award award) {
        Instant releasedAt = award.releasedAt();
        return Stream.of(
                        footprint(award, award.decidedAt(), "decided"),
                        footprint(award, award.decidedAt().equals(releasedAt) ? null : releasedAt, "released"),
                        footprint(award, award.claimedAt(), "claimed"),
                        footprint(award, award.revokedAt(), "revoked"))
                .flatMap(Optional::stream);
    }

    private static Optional<Footprint> footprint(Award award, @Nullable Instant at, String what) {
        return Optional.ofNullable(at)
                .map(moment -> new Footprint(Step.AWARD, moment, "award " + what + ", number " + award.id()));
    }
}
