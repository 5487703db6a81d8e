package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.platform.road.Jobs;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

@LaurelTest
class RestoredWatchTests {

    @Autowired
    Restored restored;

    @Autowired
    EndedAgain ended;

    @Autowired
    Jobs jobs;

    /** An executor repeats nothing that threw. */
    @Test
    void aLookThatFailsIsNotTheLast() {
        AtomicInteger looks = new AtomicInteger();
        InstantSource failing = () -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("Not now");
            }
            return Instant.now();
        };
        RestoredWatch watch = new RestoredWatch(restored, List.of(), ended, jobs, failing.withZone(ZoneOffset.UTC));
        try {
            ReflectionTestUtils.invokeMethod(watch, "look");
            ReflectionTestUtils.invokeMethod(watch, "look");
        } finally {
            watch.stop();
        }

        assertThat(looks).hasValue(2);
    }
}
