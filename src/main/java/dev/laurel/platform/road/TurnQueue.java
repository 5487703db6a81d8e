package dev.laurel.platform.road;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;

/**
 * So many may have a turn at once. Whoever waits gets the next free one in the order of the moments by which each should
 * have it: so what may wait lets through what is urgent, but not for ever.
 */
class TurnQueue {

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

    private int free;

    private long asked;

    TurnQueue(int turns) {
        this.free = turns;
    }

    /** @param number by which those of one moment keep their order */
    private record Waiting(long by, long number, CountDownLatch turn) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            return by == other.by ? Long.compare(number, other.number) : Long.compare(by - other.by, 0);
        }
    }

    /**
     * Waits for a turn.
     *
     * @param patience how long it may wait where others are in more of a hurry
     * @throws InterruptedException it has no turn then
     */
    void take(Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiting own;
        synchronized (this) {
            if (free > 0) {
                free--;
                return;
            }
            own = new Waiting(System.nanoTime() + patience.toNanos(), asked++, new CountDownLatch(1));
            waiting.add(own);
        }
        try {
            own.turn().await();
        } catch (InterruptedException e) {
            leave(own);
            throw e;
        }
    }

    /** It may have been given a turn at the same moment. */
    private synchronized void leave(Waiting own) {
        if (!waiting.remove(own)) {
            giveBack();
        }
    }

    synchronized void giveBack() {
        Waiting next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.turn().countDown();
        }
    }

    synchronized int length() {
        return waiting.size();
    }
}
