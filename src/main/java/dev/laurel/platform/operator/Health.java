package dev.laurel.platform.operator;

import dev.laurel.platform.road.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the seven steps do on this node: the numbers of the metrics, for people. */
@Component
class Health {

    private final MeterRegistry registry;

    Health(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * One step.
     *
     * @param backlog age of the oldest work that waits; {@code null} where the step has no queue
     * @param p95 from the step before to this one, lately; {@code null} where nothing came by
     */
    record StepHealth(
            Step step,
            long passed,
            long errors,
            @Nullable Duration p95,
            @Nullable Duration backlog) {}

    List<StepHealth> steps() {
        return Arrays.stream(Step.values()).map(this::health).toList();
    }

    private StepHealth health(Step step) {
        String name = step.name().toLowerCase(Locale.ROOT);
        Timer timer = registry.find("laurel.step.latency").tag("step", name).timer();
        Counter errors = registry.find("laurel.step.errors").tag("step", name).counter();
        Gauge backlog =
                registry.find("laurel.step.backlog.age").tag("step", name).gauge();
        return new StepHealth(
                step,
                timer == null ? 0 : timer.count(),
                errors == null ? 0 : (long) errors.count(),
                timer == null || timer.count() == 0 ? null : p95(timer),
                backlog == null ? null : seconds(backlog.value()));
    }

    private static @Nullable Duration p95(Timer timer) {
        for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
            if (value.percentile() == 0.95) {
                return Duration.ofNanos((long) value.value(TimeUnit.NANOSECONDS));
            }
        }
        return null;
    }

    private static @Nullable Duration seconds(double value) {
        return Double.isNaN(value) ? null : Duration.ofMillis((long) (value * 1000));
    }
}
