package dev.laurel.platform.road;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * How long each step takes and how often it fails: {@code laurel_step_latency} (from the step before to this one) and
 * {@code laurel_step_errors}, both by {@code step}; and, of the steps that have a queue, the age of the oldest work in it,
 * {@code laurel_step_backlog_age}.
 */
@Component
public class StepMetrics {

    private final Map<Step, Timer> latencies = new EnumMap<>(Step.class);

    private final Map<Step, Counter> errors = new EnumMap<>(Step.class);

    private final MeterRegistry registry;

    private final Clock clock;

    StepMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        for (Step step : Step.values()) {
            String name = step.name().toLowerCase(Locale.ROOT);
            latencies.put(
                    step,
                    Timer.builder("laurel.step.latency")
                            .tag("step", name)
                            .publishPercentiles(0.5, 0.95, 0.99)
                            .register(registry));
            errors.put(
                    step,
                    Counter.builder("laurel.step.errors").tag("step", name).register(registry));
        }
    }

    /** Measures the queue of a step by the time since when its oldest work waits; empty: nothing waits. */
    public void backlog(Step step, Supplier<Optional<Instant>> oldest) {
        Gauge.builder(
                        "laurel.step.backlog.age",
                        () -> oldest.get().map(this::age).orElse(0.0))
                .description("Age of the oldest work that waits, in the whole installation")
                .tag("step", step.name().toLowerCase(Locale.ROOT))
                .baseUnit("seconds")
                .register(registry);
    }

    private double age(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1000.0;
    }

    /** One grade, launch or badge went through this step; {@code sincePrevious} is measured from the step before. */
    public void passed(Step step, Duration sincePrevious) {
        timer(step).record(sincePrevious.isNegative() ? Duration.ZERO : sincePrevious);
    }

    /** How long these steps took together, on average since this node started; empty where one was not taken yet. */
    public Optional<Duration> average(Step... steps) {
        long nanos = 0;
        for (Step step : steps) {
            Timer timer = timer(step);
            if (timer.count() == 0) {
                return Optional.empty();
            }
            nanos += (long) timer.mean(TimeUnit.NANOSECONDS);
        }
        return Optional.of(Duration.ofNanos(nanos));
    }

    public void failed(Step step) {
        Counter counter = errors.get(step);
        if (counter != null) {
            counter.increment();
        }
    }

    private Timer timer(Step step) {
        Timer timer = latencies.get(step);
        if (timer == null) {
            throw new IllegalStateException("No timer for " + step);
        }
        return timer;
    }
}
