package dev.laurel.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a platform fails at random, and how much at once: a few looks at one course in each build, and with
 * {@code -Dlaurel.faults=PT5M} for that long, four courses side by side. {@code -Dlaurel.faults.seed} repeats a run.
 */
public final class FaultRun {

    private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);

    private static final int SIDE_BY_SIDE = 4;

    private final String source;

    private final Duration longer = longer();

    private final Instant until = Instant.now().plus(longer);

    private final AtomicLong looks = new AtomicLong();

    private final AtomicLong incomplete = new AtomicLong();

    public FaultRun(String source) {
        this.source = source;
    }

    private static Duration longer() {
        return Duration.parse(System.getProperty("laurel.faults", "PT0S"));
    }

    /** @param usual those of each build; a long run has a new one each time */
    public static LongStream seeds(long... usual) {
        Long said = Long.getLong("laurel.faults.seed");
        return said != null
                ? LongStream.of(said)
                : longer().isZero() ? LongStream.of(usual) : LongStream.of(System.nanoTime());
    }

    /** Whether one more look is due, after so many. */
    public boolean goesOn(int done, int atLeast) {
        return done < atLeast || Instant.now().isBefore(until);
    }

    public void looked(boolean completely) {
        looks.incrementAndGet();
        if (!completely) {
            incomplete.incrementAndGet();
        }
    }

    /** One course, or in a long run several at once, each with a seed of its own. */
    public void over(long seed, LongConsumer course) {
        if (longer.isZero()) {
            course.accept(seed);
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<?>> courses = new ArrayList<>();
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                long own = seed + i;
                courses.add(threads.submit(() -> course.accept(own)));
            }
            for (Future<?> each : courses) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("seed " + seed, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
            LOG.info("{} failing at random, seed {}: {} looks, {} of them incomplete", source, seed, looks, incomplete);
        }
    }
}
