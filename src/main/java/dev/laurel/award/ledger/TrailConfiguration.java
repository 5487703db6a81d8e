package dev.laurel.award.ledger;

import dev.laurel.platform.road.Trail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this step says to whoever follows one grade. */
@Configuration(value = "awardTrailConfiguration", proxyBeanMethods = false)
class TrailConfiguration {

    @Bean
    Trail awardTrail(AwardRepository awards) {
        return awards::follow;
    }
}
