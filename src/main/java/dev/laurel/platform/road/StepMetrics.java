package dev.laurel.platform.road;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How long each step takes and how often it fails: {@code laurel_step_latency} (from the step before to this one) and
 * {@code laurel_step_errors}, both by {@code step}. The age of a backlog is a gauge that each module registers itself as
 * {@code laurel.step.backlog.age}.
 */
@Component
public class StepMetrics {

    private final Map<Step, Timer> latencies = new EnumMap<>(Step.class);

    private final Map<Step, Counter> errors = new EnumMap<>(Step.class);

    StepMetrics(MeterRegistry registry) {
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

    /** One grade, launch or badge went through this step; {@code sincePrevious} is measured from the step before. */
    public void passed(Step step, Duration sincePrevious) {
        timer(step).record(sincePrevious.isNegative() ? Duration.ZERO : sincePrevious);
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
