package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Starts something at fixed moments, whether or not the ones before have finished, and measures each from the moment at
 * which it was due: a slow server cannot slow the clock down.
 */
final class ArrivalRate {

    /** What came of it; {@code perSecond} counts those that finished. */
    record Outcome(Latencies latencies, int failures, double perSecond, String firstFailure) {}

    private ArrivalRate() {}

    static Outcome run(int perSecond, Duration time, int workers, IntConsumer action) throws InterruptedException {
        int total = (int) (perSecond * time.toSeconds());
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        List<Long> finished = Collections.synchronizedList(new ArrayList<>(total));
        AtomicInteger failures = new AtomicInteger();
        List<String> messages = Collections.synchronizedList(new ArrayList<>());
        Semaphore done = new Semaphore(0);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        long start = System.nanoTime();
        for (int i = 0; i < total; i++) {
            int number = i;
            long due = start + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            pool.execute(() -> {
                try {
                    action.accept(number);
                    finished.add(System.nanoTime() - due);
                } catch (RuntimeException e) {
                    failures.incrementAndGet();
                    messages.add(String.valueOf(e.getMessage()));
                } finally {
                    done.release();
                }
            });
        }
        done.acquire(total);
        double seconds = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        return new Outcome(
                Latencies.of(List.copyOf(finished)),
                failures.get(),
                finished.size() / seconds,
                messages.isEmpty() ? "" : messages.get(0));
    }
}
