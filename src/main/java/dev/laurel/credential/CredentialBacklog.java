package dev.laurel.credential;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long the oldest unsigned credential has waited, in seconds. */
@Component
class CredentialBacklog implements MeterBinder {

    private final CredentialRepository credentials;

    private final Clock clock;

    CredentialBacklog(CredentialRepository credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("laurel.step.backlog.age", this, CredentialBacklog::seconds)
                .tag("step", "credential")
                .baseUnit("seconds")
                .register(registry);
    }

    private double seconds() {
        return credentials
                .oldestUnsigned()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
