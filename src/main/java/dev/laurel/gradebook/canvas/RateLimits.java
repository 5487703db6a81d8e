package dev.laurel.gradebook.canvas;

import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How much Canvas still lets each token do. Canvas fills a bucket with what requests cost, counts each as 50 while it runs,
 * and lets 10 a second run out; where the bucket is full it answers 403. Laurel waits long before.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.throttling.html">Canvas, throttling</a>
 */
@Component
class RateLimits {

    static final double WHILE_RUNNING = 50;

    private static final double RUNS_OUT_PER_SECOND = 10;

    /** What others with the same token may need, and what one request may cost beyond what it was counted as. */
    static final double KEPT_FREE = 150;

    /** A job's thread is not for waiting; the rest of a look comes later. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration LATER = Duration.ofSeconds(30);

    /** With one token, so that a second node that does the same still fits into the bucket. */
    static final int AT_ONCE = 5;

    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private static final int MOST = 10_000;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private final Clock clock;

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    private static final class Bucket {

        /** {@code null} until Canvas has said. */
        private @Nullable Double remaining;

        private Instant saidAt = Instant.EPOCH;

        private int running;

        private boolean answered;

        /** One at first, which tells how much there is left. */
        boolean isFull() {
            return running >= (answered ? AT_ONCE : 1);
        }

        double left(Instant now) {
            if (remaining == null) {
                return Double.MAX_VALUE;
            }
            double since = Math.max(0, Duration.between(saidAt, now).toMillis() / 1000.0);
            return remaining + since * RUNS_OUT_PER_SECOND - running * WHILE_RUNNING;
        }
    }

    /**
     * Waits until one more request is safe, and few run at once.
     *
     * @throws ServiceProblem where that takes long
     */
    void begin(String token) {
        if (buckets.size() > MOST) {
            buckets.clear();
        }
        Bucket bucket = buckets.computeIfAbsent(token, any -> new Bucket());
        Instant giveUp = clock.instant().plus(LONGEST_WAIT);
        while (true) {
            Duration pause;
            synchronized (bucket) {
                double lacks = KEPT_FREE + WHILE_RUNNING - bucket.left(clock.instant());
                if (lacks <= 0 && !bucket.isFull()) {
                    bucket.running++;
                    return;
                }
                pause = lacks <= 0 ? A_MOMENT : Duration.ofMillis((long) Math.ceil(lacks / RUNS_OUT_PER_SECOND * 1000));
            }
            if (clock.instant().plus(pause).isAfter(giveUp)) {
                throw ServiceProblem.tooEarly(
                        "Canvas is busy with what Laurel asked already. Laurel reads the rest a little later.",
                        pause.compareTo(LATER) > 0 ? pause : LATER);
            }
            sleep(pause);
        }
    }

    /** @param response {@code null} where none came */
    void end(String token, @Nullable OutboundResponse response) {
        Bucket bucket = buckets.get(token);
        if (bucket == null) {
            return;
        }
        synchronized (bucket) {
            bucket.running = Math.max(0, bucket.running - 1);
            bucket.answered |= response != null;
            Double said = response == null ? null : number(response.headers().getFirst("X-Rate-Limit-Remaining"));
            if (said != null) {
                // Canvas counts what runs beside this one already; it is counted here, too.
                bucket.remaining = said + bucket.running * WHILE_RUNNING;
                bucket.saidAt = clock.instant();
            }
        }
    }

    private static @Nullable Double number(@Nullable String header) {
        return header != null && header.strip().matches("-?\\d{1,9}(\\.\\d{1,20})?")
                ? Double.valueOf(header.strip())
                : null;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(Math.max(1, pause.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceProblem.unreadable("Laurel is stopping. It goes on later.");
        }
    }
}
