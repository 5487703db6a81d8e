package lms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How patient a Canvas is with one caller: what requests cost fills a bucket of which 10 a second run out. Each counts as 50
 * while it runs and as its real cost from then on; one that does not fit under 700 is refused. Safe for several threads.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.throttling.html">Canvas, throttling</a>
 */
final class CanvasBucket {

    private static final double WHILE_RUNNING = 50;

    private static final double FULL = 700;

    private static final double RUNS_OUT_PER_SECOND = 10;

    private final InstantSource clock;

    private final AtomicInteger refused = new AtomicInteger();

    private double content;

    private double most;

    private Instant leaked = Instant.EPOCH;

    CanvasBucket(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a request in; {@code false} where it is too much. */
    synchronized boolean begin() {
        leak();
        most = Math.max(most, content + WHILE_RUNNING);
        if (content + WHILE_RUNNING > FULL) {
            refused.incrementAndGet();
            return false;
        }
        content += WHILE_RUNNING;
        return true;
    }

    /** A request that was taken in is over. Answers what remains. */
    synchronized double end(double cost) {
        leak();
        content = Math.max(0, content - WHILE_RUNNING + cost);
        return FULL - content;
    }

    synchronized void fill(double cost) {
        leak();
        content = cost;
    }

    synchronized double most() {
        return most;
    }

    int refused() {
        return refused.get();
    }

    private void leak() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(leaked, now).toMillis() / 1000.0);
        content = Math.max(0, content - Math.min(seconds, 3600) * RUNS_OUT_PER_SECOND);
        leaked = now;
    }
}
