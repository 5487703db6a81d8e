package lms;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The faults that are set now, each with how often its service was called since. */
final class Faults {

    private static final class Armed {

        private final Fault fault;

        private long calls;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean strikes() {
            long call = calls++;
            return call >= fault.after() && call - fault.after() < fault.times();
        }
    }

    private final Map<Service, Armed> armed = new EnumMap<>(Service.class);

    private CountDownLatch silence = new CountDownLatch(1);

    synchronized void set(Service service, Fault fault) {
        armed.put(service, new Armed(fault));
    }

    synchronized void clear() {
        armed.clear();
        silence.countDown();
        silence = new CountDownLatch(1);
    }

    synchronized Optional<Fault> next(Service service) {
        Armed candidate = armed.get(service);
        return candidate != null && candidate.strikes() ? Optional.of(candidate.fault) : Optional.empty();
    }

    /** Blocks until the faults are cleared, at most two minutes. */
    void awaitEndOfSilence() {
        CountDownLatch latch;
        synchronized (this) {
            latch = silence;
        }
        try {
            latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
