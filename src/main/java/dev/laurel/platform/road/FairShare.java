package dev.laurel.platform.road;

import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares some threads of this node among tenants. One tenant may use all of them while nobody else wants any; whoever wants
 * one and has fewer comes first, and within a tenant whoever waits longest. What has to wait does so in the queue, without
 * a thread, and a thread is kept free for it only when it is about to come back.
 */
class FairShare {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Who was put off and is not back by then was taken by another node. */
    private static final Duration LATE = Duration.ofSeconds(5);

    /** How much one run counts in the average of how long they take. */
    private static final double WEIGHT = 0.2;

    private final int threads;

    private final InstantSource clock;

    private final Map<TenantId, Work> tenants = new HashMap<>();

    FairShare(int threads, InstantSource clock) {
        this.threads = Math.max(1, threads);
        this.clock = clock;
    }

    /** Of one tenant. */
    private static final class Work {

        private int running;

        /** When each that was put off is to come back, in the order in which they came first. */
        private final Map<String, Instant> waiting = new LinkedHashMap<>();

        private double averageMillis = SHORTEST_PAUSE.toMillis();

        int placeOf(String work) {
            return new ArrayList<>(waiting.keySet()).indexOf(work) + 1;
        }

        boolean isBackBy(Instant time) {
            return waiting.values().stream().anyMatch(back -> !back.isAfter(time));
        }

        /** How many that came before this work are back by then. */
        long before(String work, Instant time) {
            return waiting.entrySet().stream()
                    .takeWhile(each -> !each.getKey().equals(work))
                    .filter(each -> !each.getValue().isAfter(time))
                    .count();
        }
    }

    /**
     * Runs this work, or puts it off.
     *
     * @param name the same each time, to keep its place among what waits
     * @return when to run again: what the work answers, or when a thread may be free
     */
    @Nullable
    Instant run(TenantId tenant, String name, Supplier<@Nullable Instant> work) {
        Duration pause = begin(tenant, name);
        if (!pause.isZero()) {
            return clock.instant().plus(pause);
        }
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            end(tenant, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Zero where it may run now. */
    synchronized Duration begin(TenantId tenant, String name) {
        Instant now = clock.instant();
        forgetLate(now);
        Work own = tenants.computeIfAbsent(tenant, id -> new Work());
        int running = tenants.values().stream().mapToInt(each -> each.running).sum();
        Instant soon = now.plus(SHORTEST_PAUSE);
        long first = tenants.values().stream()
                .filter(each -> each.running < own.running && each.isBackBy(soon))
                .count();
        if (running + first + own.before(name, soon) < threads) {
            own.running++;
            own.waiting.remove(name);
            return Duration.ZERO;
        }
        own.waiting.putIfAbsent(name, now);
        Duration pause = pause(own, own.placeOf(name));
        own.waiting.put(name, now.plus(pause));
        return pause;
    }

    /** About until those before it have had their turn. */
    private Duration pause(Work own, int place) {
        long present = tenants.values().stream()
                .filter(each -> each.running > 0 || !each.waiting.isEmpty())
                .count();
        double share = Math.max(1.0, (double) threads / Math.max(1, present));
        Duration pause = Duration.ofMillis((long) (own.averageMillis * place / share));
        // Who has less than its share is always about to come back, or others would take its place again and again.
        boolean isOwed = place == 1 && own.running < (int) share;
        if (isOwed || pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void forgetLate(Instant now) {
        tenants.values()
                .forEach(each ->
                        each.waiting.values().removeIf(back -> back.plus(LATE).isBefore(now)));
        tenants.values().removeIf(each -> each.running == 0 && each.waiting.isEmpty());
    }

    synchronized void end(TenantId tenant, Duration took) {
        Work own = tenants.get(tenant);
        if (own == null) {
            throw new IllegalStateException("Nothing of this tenant runs");
        }
        own.running--;
        own.averageMillis = (1 - WEIGHT) * own.averageMillis + WEIGHT * took.toMillis();
    }
}
