package dev.laurel.publication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long the oldest unsent score has waited, in seconds. */
@Component
class ScoreBacklog implements MeterBinder {

    private final PassbackRepository passback;

    private final Clock clock;

    ScoreBacklog(PassbackRepository passback, Clock clock) {
        this.passback = passback;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("laurel.step.backlog.age", this, ScoreBacklog::seconds)
                .tag("step", "publication")
                .baseUnit("seconds")
                .register(registry);
    }

    private double seconds() {
        return passback.oldestUnsent()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
