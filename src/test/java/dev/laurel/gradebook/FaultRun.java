package dev.laurel.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;
import lms.Fault;
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

    /** One of the ways in which any platform fails, after some good answers and for some time. */
    public static Fault fault(Random dice) {
        Fault fault = switch (dice.nextInt(10)) {
            case 0 -> Fault.status(500);
            case 1 -> Fault.status(502);
            case 2 -> Fault.status(dice.nextBoolean() ? 401 : 403);
            case 3 -> Fault.status(404);
            case 4 -> Fault.html();
            case 5 -> Fault.cutOff();
            case 6 -> Fault.halfBody();
            case 7 -> Fault.closesConnection();
            case 8 -> Fault.loop();
            default ->
                dice.nextBoolean()
                        ? Fault.tooManyRequests(Duration.ofSeconds(60))
                        : Fault.unavailable(Duration.ofSeconds(60));
        };
        return fault.after(dice.nextInt(8)).times(1 + dice.nextInt(4));
    }

    /**
     * One course, or in a long run several at once, each with a seed of its own. They start one after the other.
     *
     * @param run fails while it runs, and closes nothing
     */
    public <C extends AutoCloseable> void over(long seed, LongFunction<C> start, ObjLongConsumer<C> run)
            throws Exception {
        int courses = longer.isZero() ? 1 : SIDE_BY_SIDE;
        List<C> started = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(courses);
        try {
            for (int i = 0; i < courses; i++) {
                started.add(start.apply(seed + i));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < courses; i++) {
                C course = started.get(i);
                long own = seed + i;
                running.add(threads.submit(() -> run.accept(course, own)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("seed " + seed, e.getCause());
        } finally {
            threads.shutdownNow();
            for (C course : started) {
                course.close();
            }
            LOG.info(
                    "{} failing at random, seed {}: {} courses, {} looks, {} of them incomplete",
                    source,
                    seed,
                    courses,
                    looks,
                    incomplete);
        }
    }
}
