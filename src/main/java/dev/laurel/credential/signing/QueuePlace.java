package dev.laurel.credential.signing;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a run goes on in a queue in which it left some as they are, so that they hold up nothing behind them.
 *
 * @param since moment of the last one that it has seen; all of an earlier moment are done, left, or in the hands of another lane
 * @param left those of that very moment that it left: a cohort comes all at one
 */
record QueuePlace(Instant since, Set<Long> left) {

    static final QueuePlace HEAD = new QueuePlace(Instant.EPOCH, Set.of());

    /**
     * @param last moment of the last one of those found from here
     * @param leftNow those of them that are left, by award, with their moments
     */
    QueuePlace after(Instant last, Map<Long, Instant> leftNow) {
        if (leftNow.isEmpty()) {
            // What was done is not found again.
            return this;
        }
        Set<Long> there = new HashSet<>(last.equals(since) ? left : Set.of());
        leftNow.forEach((award, moment) -> {
            if (moment.equals(last)) {
                there.add(award);
            }
        });
        return new QueuePlace(last, there);
    }
}
