package bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long each of many things took, and what that says about most of them. */
record Latencies(long[] sortedNanos) {

    static Latencies of(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return sortedNanos.length;
    }

    /** The time that this share (0 to 1) of them did not exceed. */
    Duration percentile(double share) {
        if (sortedNanos.length == 0) {
            return Duration.ZERO;
        }
        int index = (int) Math.ceil(share * sortedNanos.length) - 1;
        return Duration.ofNanos(sortedNanos[Math.max(0, index)]);
    }

    String describe() {
        return "p50 %d ms, p95 %d ms, p99 %d ms, max %d ms"
                .formatted(
                        percentile(0.5).toMillis(),
                        percentile(0.95).toMillis(),
                        percentile(0.99).toMillis(),
                        percentile(1).toMillis());
    }
}
